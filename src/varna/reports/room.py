"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Reports",
    swedish="anmälan",
    purpose="somebody tells what happened",
    stands_on=("evidence",),
    shows_rows_to=("cases", "intake"),
)
