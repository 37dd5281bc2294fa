"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Operation",
    swedish="drift",
    purpose="is everything well; copies, and how they are read back",
    sweeps={"sweeps.room_for_words": 60},
)
