"""What a reminder is, and on which days one is sent. Pure."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
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
