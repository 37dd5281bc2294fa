"""What the worker does for training, and whom it reminds."""

import datetime as dt
from collections.abc import Iterable

from varna.foundation import clock
from varna.foundation.accounts.queries import holders
from varna.foundation.accounts.rules import system
from varna.foundation.notices.rules import Due
from varna.invitations import queries as invitations
from varna.invitations.models import KEEPERS
from varna.training import queries
from varna.training.actions import asking


WORKER = system("training")
SOON = dt.timedelta(days=14)


def late_joiners(*, at: dt.datetime) -> int:
    """Once a day, invite those who have come into office since. Answer how many sessions."""
    waiting = queries.waiting_to_catch_up(clock.day_of(at))
    for session in waiting:
        asking.catch_up(session, by=WORKER, at=at)
    return len(waiting)


def unsent(day: dt.date) -> Iterable[Due]:
    """Sessions within two weeks that somebody has not been asked to: nobody has been invited, a
    mail could not be sent, or an invitation is to be given by hand.
    """
    at = clock.end_of(day)
    for session in queries.sessions(WORKER).filter(occasion__cancelled_at=None):
        if session.is_course or not day <= session.held_on <= day + SOON:
            continue
        lines = invitations.lines(WORKER, session.occasion_id, at=at)
        if not lines or not all(line.offered for line in lines):
            yield Due(f"training:session:{session.pk}", holders(*KEEPERS, at=at))
