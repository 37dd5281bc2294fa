"""Figures about people that others may see: none so small that it points at somebody, and none so
exact that one more is seen when it is added. The one rule for it (security.md D9, T19).
"""

import datetime as dt


FEWEST_SHOWN = 5  # a smaller number could point at somebody
ROUNDED_TO = 5  # nobody sees a single one come or go


def shown(count: int) -> int | None:
    """The number as it may be said, or None where it must not be."""
    if count < FEWEST_SHOWN:
        return None
    return round(count / ROUNDED_TO) * ROUNDED_TO


def whole_months(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date] | None:
    """The whole months between two days: from the first of one to the end of another. None where
    no month is whole.
    """
    begins = first if first.day == 1 else _next_month(first)
    ends = _next_month(last) if (last + dt.timedelta(days=1)).day == 1 else last.replace(day=1)
    return (begins, ends - dt.timedelta(days=1)) if begins < ends else None


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
