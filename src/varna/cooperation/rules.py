"""When a partner has been silent too long, and how figures are shown. Pure."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from varna.contacts.rules import months_after


SILENT_AFTER_MONTHS = 6  # a contact verified, and one logged, within this
SOON = dt.timedelta(days=14)


class Way(StrEnum):
    """How a contact was had."""

    CALL = "call"
    LETTER = "letter"  # mail too
    MEETING = "meeting"
    OTHER = "other"


class Ground(StrEnum):
    """On what ground something was shared."""

    CONSENT = "consent"
    OPEN = "open"
    CRIME = "crime"
    LAW_ENFORCEMENT = "law_enforcement"
    DUTY = "duty"
    BALANCED = "balanced"


class Reason(StrEnum):
    OVER = "over"  # the meeting has been cancelled
    NOBODY = "nobody"  # there is nobody to invite
    ENDS_BEFORE_START = "ends_before_start"
    MEANWHILE = "meanwhile"  # somebody else saved


def is_silent(last: dt.date | None, day: dt.date) -> bool:
    return last is None or day > months_after(last, SILENT_AFTER_MONTHS)


def last(days: Iterable[dt.date], day: dt.date) -> dt.date | None:
    """The latest day that has come."""
    return max((one for one in days if one <= day), default=None)
