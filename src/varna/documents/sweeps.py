"""What the worker does to make documents known, and whom it reminds."""

import datetime as dt
from collections.abc import Iterable

from varna.documents import queries
from varna.documents.actions import known
from varna.documents.models import WRITERS
from varna.foundation import clock
from varna.foundation.accounts.queries import holders
from varna.foundation.accounts.rules import system
from varna.foundation.notices.rules import Due


WORKER = system("documents")


def new_in_office(*, at: dt.datetime) -> int:
    """Once a day: ask those who have come into office, and remind those who have not read."""
    day = clock.day_of(at)
    waiting = [one for one in queries.askings(day) if one.caught_up_on != day]
    for asking in waiting:
        known.catch_up(asking, by=WORKER, at=at)
        known.remind(asking, by=WORKER, at=at)
    return len(waiting)


def to_give(day: dt.date) -> Iterable[Due]:
    """People without an address, who must be asked by hand."""
    at = clock.end_of(day)
    for asking in queries.askings(day):
        if queries.by_hand(WORKER, asking, at=at):
            yield Due(f"documents:asking:{asking.version_id}", holders(*WRITERS, at=at))
