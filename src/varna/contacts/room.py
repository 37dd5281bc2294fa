"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Contacts",
    swedish="kontakter",
    purpose="named contacts, and when they were verified",
    stands_on=("organisation",),
    reminders=("sweeps.unverified",),
    demonstration=5,
)
