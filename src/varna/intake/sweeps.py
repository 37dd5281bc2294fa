"""Whom an unread report, a case that is due, and a report that nobody can read remind."""

import datetime as dt
from collections.abc import Iterable

from varna.foundation import clock
from varna.foundation.accounts.queries import holders
from varna.foundation.accounts.rules import Role
from varna.foundation.notices.actions import alarm
from varna.foundation.notices.rules import Due
from varna.intake import queries
from varna.intake.rules import Late


MENDERS = (Role.ACCESS_ADMIN, Role.PLAN_OWNER)


def waiting(day: dt.date) -> Iterable[Due]:
    """Nobody is forgotten: whoever has it is told, then the leads, then the plan's owner, once for
    however many there are.
    """
    found, at = list(queries.waiting_on(day)), clock.end_of(day)
    for waiting in found:
        yield queries.told_of(waiting, at=at)
    if any(waiting.late is Late.OWNER for waiting in found):
        yield Due("intake:late", holders(Role.PLAN_OWNER, at=at))


def nobody_reads(*, at: dt.datetime) -> int:
    """Tell those who can mend it, at once, of each report and case that nobody can open."""
    unread = queries.unread(at=at)
    told = holders(*MENDERS, at=at) if unread else frozenset()
    return alarm([Due(f"intake:unread:{one}", told) for one in sorted(unread)], at=at)
