"""Kinds of records: what, why, how long they are kept, and how they are disposed of.

Each room declares its own, in its `retention.py`; whoever lists them knows no room by name.
"""

import datetime as dt
from dataclasses import dataclass

from varna.foundation import rooms


@dataclass(frozen=True, slots=True)
class RecordSeries:
    """One kind of record (handlingsslag) in the municipality's plan for its information.

    `keep_years` counts from the closing of what the record belongs to; None: kept for ever.
    Disposal needs a decision by the municipality (arkivlagen 10 §); `decision` names it, empty
    until it is taken.
    """

    key: str
    title: str
    models: tuple[str, ...]
    why: str
    keep_years: int | None
    disposal: str
    decision: str = ""

    def over_on(self, ended: dt.date) -> dt.date | None:
        """The first day on which what ended then may be disposed of: the years are counted to the
        end of the calendar year. None: never.
        """
        return None if self.keep_years is None else dt.date(ended.year + self.keep_years + 1, 1, 1)

    def ended_before(self, today: dt.date) -> dt.date | None:
        """What ended before this day may be disposed of today. None: nothing."""
        return None if self.keep_years is None else dt.date(today.year - self.keep_years, 1, 1)


def series() -> list[RecordSeries]:
    """Every series, from each room's retention."""
    return [one for room in rooms.modules("retention") for one in room.SERIES]
