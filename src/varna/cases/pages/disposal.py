"""What may be destroyed, what is asked for, and what has been done."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from varna.cases import words
from varna.cases.actions.disposal import ended, is_by_two
from varna.cases.models import Case, Disposal
from varna.cases.queries import asked_for, disposed_of
from varna.cases.retention import CASES
from varna.cases.rules.disposal import STANDS, why_not_destroy
from varna.cases.rules.steps import State
from varna.foundation import clock
from varna.foundation.accounts.queries import is_same_person, names
from varna.foundation.accounts.rules import Actor, Role
from varna.reports.models import Report
from varna.reports.retention import REPORTS
from varna.reports.rules import State as ReportState


MOST = 200


@dataclass(frozen=True, slots=True)
class Thing:
    """A case by its number, or a report by the day it came: nothing else is said of either."""

    id: uuid.UUID
    called: str
    ended_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Row:
    disposal: Disposal
    thing: Thing
    asked_by: str
    confirmed_by: str
    may_confirm: bool
    done_on: dt.date | None  # when it has stood its time
    why_not: str


@dataclass(frozen=True, slots=True)
class Disposals:
    over: list[Thing]  # past its time, and nobody has asked
    asked: list[Row]
    stands: list[Row]
    done: list[Row]


def thing_of(what: Case | Report) -> Thing:
    if isinstance(what, Case):
        return Thing(what.pk, what.number, clock.day_of(what.closed_at) if what.closed_at else None)
    came = date_format(clock.day_of(what.received_at), "j F Y")
    aside = clock.day_of(what.set_aside_at) if what.set_aside_at else None
    return Thing(what.pk, _("Report that came on %s") % came, aside)


def over(actor: Actor, *, at: dt.datetime) -> list[Thing]:
    """What this actor sees that is past its time and nobody has asked for, the oldest first."""
    if not actor.has(Role.LEAD):
        return []
    asked, today = asked_for(), clock.day_of(at)
    cases = _ended(
        Case.visible_to(actor, at=at).filter(state=State.CLOSED, shredded_at=None),
        "closed_at", CASES.ended_before(today),
    )  # fmt: skip
    reports = _ended(
        Report.visible_to(actor, at=at).filter(state=ReportState.SET_ASIDE),
        "set_aside_at", REPORTS.ended_before(today),
    )  # fmt: skip
    found = [*cases.exclude(pk__in=asked)[:MOST], *reports.exclude(pk__in=asked)[:MOST]]
    return [thing_of(one) for one in found]


def _ended(rows: QuerySet, at: str, before: dt.date | None) -> QuerySet:  # type: ignore[type-arg]
    if before is None:
        return rows.none()
    return rows.filter(**{f"{at}__lt": clock.start_of(before)}).order_by(at)


def disposals(actor: Actor, *, at: dt.datetime) -> Disposals:
    found = list(Disposal.standing_to(actor, at=at).order_by("-asked_at")[:MOST])
    rows = _rows(found, actor, at=at)
    return Disposals(
        over(actor, at=at),
        [row for row in rows if row.done_on is None and not row.disposal.carried_out_at],
        [row for row in rows if row.done_on is not None and not row.disposal.carried_out_at],
        [row for row in rows if row.disposal.carried_out_at],
    )


def _rows(found: Iterable[Disposal], actor: Actor, *, at: dt.datetime) -> list[Row]:
    rows = list(found)
    things = disposed_of(rows)
    called = names({one for row in rows for one in (row.asked_by, row.confirmed_by)})
    return [
        _row(row, things[row.about], called, actor, at=at) for row in rows if row.about in things
    ]


def _row(
    row: Disposal,
    what: Case | Report,
    called: dict[uuid.UUID | None, str],
    actor: Actor,
    *,
    at: dt.datetime,
) -> Row:
    stands = row.confirmed_at is not None and is_by_two(row)
    reason = why_not_destroy(ended(what), row.decision, clock.day_of(at))
    return Row(
        disposal=row,
        thing=thing_of(what),
        asked_by=called.get(row.asked_by, ""),
        confirmed_by=called.get(row.confirmed_by, ""),
        may_confirm=actor.has(Role.REGISTRAR) and not is_same_person(row.asked_by, actor),
        done_on=clock.day_of(row.confirmed_at + STANDS) if stands and row.confirmed_at else None,
        why_not=str(words.REFUSAL[reason]) if reason and not row.carried_out_at else "",
    )
