"""Mandate periods (mandatperioder), and who is in office on a day. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from varna.organisation.rules.roles import BodyKind


YEARS = 4
_DAY = dt.timedelta(days=1)


class WhyNotSet(StrEnum):
    OVERLAPS = "overlaps"  # the body already has a period on some of these days


@dataclass(frozen=True, slots=True)
class Period:
    """From and with one day, to and with another."""

    starts_on: dt.date
    ends_on: dt.date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.starts_on <= day <= self.ends_on


def in_office(starts_on: dt.date | None, ends_on: dt.date | None, day: dt.date) -> bool:
    """Both days count. No first day: since before the register was kept. No last: until further
    notice. A last day before the first: it was taken back before it began.
    """
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


def last_election(day: dt.date) -> int:
    """The latest ordinary election year up to this day's year (2022, 2026, 2030 …)."""
    return day.year - (day.year - 2) % YEARS


def council_period(day: dt.date) -> Period:
    """The council sits four years from 15 October of the election year.

    Source: kommunallagen (2017:725) 5:9.
    """
    year = last_election(day)
    if day < dt.date(year, 10, 15):
        year -= YEARS
    return Period(dt.date(year, 10, 15), dt.date(year + YEARS, 10, 14))


def board_period(day: dt.date) -> Period:
    """The executive board sits four years from 1 January after the election year, unless the
    council lets it begin when it is elected; the other boards as the council decides, and where
    nothing else is set they follow the executive board.

    Source: kommunallagen (2017:725) 6:18 and 6:19.
    """
    year = last_election(day)
    first = year + 1 if day >= dt.date(year + 1, 1, 1) else year - YEARS + 1
    return Period(dt.date(first, 1, 1), dt.date(first + YEARS - 1, 12, 31))


def default_period(kind: BodyKind, day: dt.date) -> Period:
    """The period that a body of this kind is in where the council has set nothing else.

    A preparatory committee of the council is elected from the council's own and follows it.
    """
    if kind in {BodyKind.COUNCIL, BodyKind.PREPARATORY}:
        return council_period(day)
    return board_period(day)


def last_day(starts_on: dt.date | None, day: dt.date) -> dt.date:
    """The last day of an assignment that somebody is found to have left on `day`.

    One that had not begun yet ends the day before it would have, and so never was in force.
    """
    if starts_on is not None and starts_on > day:
        return starts_on - _DAY
    return day
