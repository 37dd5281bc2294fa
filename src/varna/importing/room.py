"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Importing",
    swedish="inläsning",
    purpose="a file becomes changes, looked at first",
    stands_on=("organisation",),
    sweeps={"sweeps.imports": 0},
)
