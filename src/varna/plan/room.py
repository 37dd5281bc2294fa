"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Plan",
    swedish="handlingsplan",
    purpose="what is promised, versions, the calendar",
    stands_on=("organisation",),
)
