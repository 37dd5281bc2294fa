"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Invitations",
    swedish="kallelser",
    purpose="who was asked to what, and what they answered",
    stands_on=("organisation",),
    shows_rows_to=("cooperation", "documents", "training"),
    sweeps={"sweeps.reminders": 0},
    hands={"register.in_use": "queries.invited_among"},
)
