"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Records",
    swedish="allmänna handlingar",
    purpose="which kinds of records, kept how long",
)
