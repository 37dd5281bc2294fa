"""What a reminder is, and on which days one is sent. Pure."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Due:
    """Something that some people should be reminded of, by its reference (`room:kind:id`).

    The reference is kept beside what was sent, and never stands in a mail.
    """

    about: str
    accounts: frozenset[uuid.UUID]


# A room tells, for a day, what is to be reminded of on it.
Reminders = Callable[[dt.date], Iterable[Due]]


# The same thing is told again to the same person after this many days, until it is done.
AGAIN_AFTER = dt.timedelta(days=7)


# A worker that was away at the digest's time makes up for it within so long. One that starts later
# does not: nothing is lost, for what is due is told the next working day, and a mail at an odd hour
# would tell whoever sees the screen that something has happened.
MADE_UP_WITHIN = dt.timedelta(hours=4)


def in_the_morning(moment: dt.datetime, leaves: dt.time) -> bool:
    """Between the digest's time and the last moment at which it is made up for."""
    since = dt.datetime.combine(moment.date(), leaves, moment.tzinfo)
    return since <= moment < since + MADE_UP_WITHIN


def digest_leaves(day: dt.date, *, is_workday: bool, quiet: frozenset[dt.date]) -> bool:
    """On working days that the municipality has not asked to be quiet."""
    return is_workday and day not in quiet


def to_tell(
    dues: Iterable[Due], told: Mapping[tuple[str, uuid.UUID], dt.date], day: dt.date
) -> set[tuple[str, uuid.UUID]]:
    """What is to be told to whom: what has not been told lately. `told`: the last day of each."""
    return {
        (due.about, account)
        for due in dues
        for account in due.accounts
        if day - told.get((due.about, account), dt.date.min) >= AGAIN_AFTER
    }
