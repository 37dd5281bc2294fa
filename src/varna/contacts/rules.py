"""When a contact must be verified anew, and when somebody is reminded of it. Pure."""

import calendar
import datetime as dt
from collections.abc import Iterable
from enum import StrEnum


FRESH_MONTHS = 12
BEFORE = dt.timedelta(days=14)


class Freshness(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    NEVER = "never"  # named, and not verified once
    MISSING = "missing"  # nobody is named


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def goes_stale_on(verified: dt.date) -> dt.date:
    """The first day on which it is older than twelve months."""
    return months_after(verified, FRESH_MONTHS) + dt.timedelta(days=1)


def freshness(verified: Iterable[dt.date], day: dt.date) -> Freshness:
    last = max(verified, default=None)
    if last is None:
        return Freshness.NEVER
    return Freshness.STALE if goes_stale_on(last) <= day else Freshness.FRESH


def is_due(last: dt.date | None, day: dt.date) -> bool:
    """To be put right: never verified, or its twelve months are over in two weeks or less."""
    return last is None or day >= goes_stale_on(last) - BEFORE
