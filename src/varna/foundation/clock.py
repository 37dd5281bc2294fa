"""The only place that asks what time it is. UTC inside, Europe/Stockholm outside."""

import datetime as dt
import functools
import time
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo


STOCKHOLM = ZoneInfo("Europe/Stockholm")
OFFICE_OPENS = dt.time(8, 0)
OFFICE_CLOSES = dt.time(17, 0)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@functools.cache
def boot() -> str:
    """Which start of the machine this is, as its kernel names it; empty where none says."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


def since_boot() -> dt.timedelta:
    """For how long the machine has been on, asleep or not: nobody sets this clock."""
    return dt.timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))


def today() -> dt.date:
    """The day it is in Sweden."""
    return now().astimezone(STOCKHOLM).date()


def day_of(moment: dt.datetime) -> dt.date:
    return moment.astimezone(STOCKHOLM).date()


def start_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, STOCKHOLM).astimezone(dt.UTC)


def end_of(day: dt.date) -> dt.datetime:
    """The day's last second: what holds until and including a day holds until then."""
    return start_of(day + dt.timedelta(days=1)) - dt.timedelta(seconds=1)


def end_of_office(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, OFFICE_CLOSES, STOCKHOLM).astimezone(dt.UTC)


@functools.lru_cache(maxsize=16)
def _free_days(year: int) -> frozenset[dt.date]:
    import holidays  # noqa: PLC0415 (a third of a second, which a start need not wait for)

    # Sundays are counted as holidays by the library unless told otherwise.
    found = set(holidays.country_holidays("SE", years=year, include_sundays=False))
    # The eves that offices keep as holidays though the law names only the day after.
    found |= {dt.date(year, 12, 24), dt.date(year, 12, 31)}
    midsummer = next(
        dt.date(year, 6, d) for d in range(19, 26) if dt.date(year, 6, d).weekday() == 4
    )
    return frozenset(found | {midsummer})


def is_workday(day: dt.date) -> bool:
    """Swedish working days: Monday to Friday, less public holidays and the three great eves."""
    return day.weekday() < 5 and day not in _free_days(day.year)


def workdays_after(day: dt.date, count: int) -> dt.date:
    """The day when `count` working days have passed after `day`; 0 is the first working day on
    or after it.
    """
    found = day
    while not is_workday(found):
        found += dt.timedelta(days=1)
        if count and is_workday(found):
            count -= 1
    while count:
        found += dt.timedelta(days=1)
        if is_workday(found):
            count -= 1
    return found
