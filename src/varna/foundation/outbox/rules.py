"""When mails leave, and how long to wait after a failure. Pure."""

import datetime as dt
from collections.abc import Sequence


BACK_OFF_MOST = dt.timedelta(minutes=15)
GIVE_UP_AFTER = dt.timedelta(days=3)


def next_leaving(moment: dt.datetime, times: Sequence[dt.time]) -> dt.datetime:
    """Answer the first of the day's fixed times at or after `moment`, in its own time zone."""
    for days in range(2):
        day = moment.date() + dt.timedelta(days=days)
        for time in sorted(times):
            leaving = dt.datetime.combine(day, time, moment.tzinfo)
            if leaving >= moment:
                return leaving
    raise ValueError("There must be at least one time a day")


def back_off(attempts: int) -> dt.timedelta:
    """One minute, two, four … and never more than fifteen."""
    return min(dt.timedelta(minutes=2 ** min(attempts - 1, 6)), BACK_OFF_MOST)
