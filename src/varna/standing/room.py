"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Standing",
    swedish="läge",
    purpose="what proves what, and how it stands",
    stands_on=("cooperation", "plan"),
)
