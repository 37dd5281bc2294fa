"""Whom requests without an answer remind."""

import datetime as dt
from collections.abc import Iterable

from varna.foundation import clock
from varna.foundation.accounts.queries import holders
from varna.foundation.notices.rules import Due
from varna.requests import queries
from varna.requests.models import ANSWERERS


def unanswered(day: dt.date) -> Iterable[Due]:
    """On the day when the answer is due, and until it has come."""
    told = holders(*ANSWERERS, at=clock.end_of(day))
    for row in queries.waiting():
        if queries.line_of(row, day).due_on <= day:
            yield Due(f"requests:request:{row.pk}", told)
