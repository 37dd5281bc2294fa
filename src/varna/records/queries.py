"""The record series that the rooms have declared."""

from varna.foundation import rooms
from varna.records.rules import RecordSeries


def series() -> list[RecordSeries]:
    """Every series, from each room's retention."""
    return [one for room in rooms.modules("retention") for one in room.SERIES]
