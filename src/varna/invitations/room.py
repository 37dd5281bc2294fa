"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Invitations",
    swedish="kallelser",
    purpose="who was asked to what, and what they answered",
    stands_on=("organisation",),
    sweeps={"sweeps.reminders": 0},
)
