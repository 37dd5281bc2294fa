"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Learning",
    swedish="lärande",
    purpose="a room as bad as one can be made",
    stands_on=("evidence",),
    sweeps={"sweeps.forgotten": 0},
)
