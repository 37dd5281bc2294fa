"""What waits too long, and what nobody can read: counts for those who can mend it, never which."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from varna.cases.models import Case
from varna.cases.queries import limits
from varna.cases.rules.clocks import Clock
from varna.cases.rules.steps import State
from varna.foundation import clock
from varna.foundation.access.queries import holders, receivers, without_reader
from varna.foundation.access.rules import Relation
from varna.foundation.accounts import queries as accounts
from varna.foundation.notices.rules import Due
from varna.intake.rules import Late, told_about
from varna.reports.models import Report
from varna.reports.rules import Lane
from varna.reports.rules import State as ReportState


@dataclass(frozen=True, slots=True)
class Alarm:
    """How many new reports and open cases nobody can open."""

    reports: int
    cases: int

    def __bool__(self) -> bool:
        return bool(self.reports or self.cases)


def unread(*, at: dt.datetime) -> set[uuid.UUID]:
    """Reports in no case and open cases that nobody can open."""
    found = without_reader(at=at)
    if not found:
        return set()
    reports = Report.unscoped.exclude(state=ReportState.LINKED).filter(shredded_at=None)
    cases = Case.unscoped.exclude(state=State.CLOSED).filter(shredded_at=None)
    return (found & set(reports.values_list("pk", flat=True))) | (
        found & set(cases.values_list("pk", flat=True))
    )


def alarm(*, at: dt.datetime) -> Alarm:
    found = unread(at=at)
    reports = Report.unscoped.filter(pk__in=found).count() if found else 0
    return Alarm(reports, len(found) - reports)


def somebody_receives(*, at: dt.datetime) -> bool:
    """Whether a report that comes now would be read, and nothing waits that nobody can read."""
    return bool(accounts.those_who_receive(at=at)) and not alarm(at=at)


# ── what is late ──────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Waiting:
    """A report, or a case with the clock that has run out, and how far the telling has come."""

    late: Late
    report: uuid.UUID | None = None
    case: uuid.UUID | None = None
    handler: uuid.UUID | None = None
    due: str = ""


def waiting_on(day: dt.date) -> Iterator[Waiting]:
    """Everything that waits for somebody on a day."""
    for pk, received_at in _unread_reports():
        on = clock.workdays_after(clock.day_of(received_at), limits().acknowledge_workdays)
        late = told_about(on, day, clock.workdays_after)
        if late is not None:
            yield Waiting(late, report=pk)
    due = Case.unscoped.filter(due_on__lte=day, shredded_at=None)
    for pk, due_on, due_clock, handler in due.values_list("pk", "due_on", "due_clock", "handler"):
        late = told_about(due_on or day, day, clock.workdays_after)
        if late is not None:
            yield Waiting(late, case=pk, handler=handler, due=due_clock)


def told_of(waiting: Waiting, *, at: dt.datetime) -> Due:
    """Whom it reminds."""
    if waiting.report is not None:
        told = _receivers(waiting.report, waiting.late, at=at)
        return Due(f"intake:report:{waiting.report}", told)
    assert waiting.case is not None  # noqa: S101 (it is one of the two)
    return Due(f"intake:case:{waiting.case}:{waiting.due}", _handlers(waiting, at=at))


def _unread_reports() -> Iterable[tuple[uuid.UUID, dt.datetime]]:
    unread = Report.unscoped.filter(
        state=ReportState.NEW, lane=Lane.NORMAL, acknowledged_at=None
    ).order_by("received_at")
    return unread.values_list("pk", "received_at")


def _receivers(report: uuid.UUID, late: Late, *, at: dt.datetime) -> frozenset[uuid.UUID]:
    """Those on duty; the leads a working day later, or at once where nobody has the duty."""
    every = receivers(report, at=at)
    leads = holders(report, Relation.LEAD, at=at)
    return frozenset(every if late >= Late.LEADS else (every - leads or leads))


def _handlers(waiting: Waiting, *, at: dt.datetime) -> frozenset[uuid.UUID]:
    """Whoever handles it; the leads a working day later, or at once where nobody does. A second
    opinion is asked of everybody who has a part in it.
    """
    case = waiting.case or uuid.UUID(int=0)
    given = holders(case, Relation.ASSIGNED, at=at)
    leads = holders(case, Relation.LEAD, at=at)
    if waiting.due == Clock.SECOND or waiting.late >= Late.LEADS:
        mine = given if waiting.due == Clock.SECOND else given & {waiting.handler}
        return frozenset(mine | leads)
    return frozenset(given & {waiting.handler} or leads)


def long_late(day: dt.date) -> int:
    """How many reports and cases have waited so long that the plan's owner is told, as a count."""
    return sum(1 for one in waiting_on(day) if one.late is Late.OWNER)
