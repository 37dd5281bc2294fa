"""A handler's first page, and the list of cases."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Q

from varna.cases import words
from varna.cases.models import Case
from varna.cases.queries import limits
from varna.cases.rules.steps import State, Waits
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.codes import word_for
from varna.foundation.vault import service as vault
from varna.reports.models import Report
from varna.reports.rules import Lane
from varna.reports.rules import State as ReportState


MOST_ROWS = 30  # in each list of the desk; the whole list has pages


@dataclass(frozen=True, slots=True)
class CaseRow:
    case: Case
    label: str
    due: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    report: Report
    due_on: dt.date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Desk:
    new: list[ReportRow]
    put_aside: int
    overdue: list[CaseRow]
    today: list[CaseRow]
    mine: list[CaseRow]
    waiting: list[CaseRow]
    unassigned: list[CaseRow]
    in_all: int
    most: ClassVar[int] = MOST_ROWS


def case_rows(cases: Iterable[Case], *, by: Actor, at: dt.datetime) -> list[CaseRow]:
    """Rows with their working names; one line in the log for the whole list."""
    found = list(cases)
    handles = vault.opened_for_list([case.pk for case in found], by=by, at=at)
    today = clock.day_of(at)
    rows = []
    for case in found:
        handle = handles.get(case.pk)
        label = ""
        if handle is not None and case.shredded_at is None:
            # An older database may not know that the keys were destroyed: the list still stands.
            with suppress(vault.GoneError):
                label = handle.read(case, "label", str)
        rows.append(
            CaseRow(
                case=case,
                label=label,
                due=word_for(words.CLOCK, case.due_clock),
                overdue=case.due_on is not None and case.due_on < today,
            )
        )
    return rows


def desk(actor: Actor, *, at: dt.datetime) -> Desk:
    today = clock.day_of(at)
    cases = Case.visible_to(actor, at=at).filter(shredded_at=None)
    open_cases = cases.exclude(state=State.CLOSED)
    mine = Q(handler=actor.account)
    lists = {
        "overdue": cases.filter(due_on__lt=today),
        "today": cases.filter(due_on=today),
        "mine": open_cases.filter(mine, due_on__gt=today),
        "waiting": open_cases.exclude(waits_for=Waits.NOBODY),
        "unassigned": open_cases.filter(handler=None),
    }
    picked = {name: list(query[:MOST_ROWS]) for name, query in lists.items()}
    every = {case.pk: case for some in picked.values() for case in some}
    rows = {row.case.pk: row for row in case_rows(every.values(), by=actor, at=at)}
    reports = Report.visible_to(actor, at=at).filter(state=ReportState.NEW)
    return Desk(
        new=report_rows(
            reports.filter(lane=Lane.NORMAL).order_by("received_at")[:MOST_ROWS], today
        ),
        put_aside=reports.filter(lane=Lane.QUARANTINE).count(),
        in_all=open_cases.count(),
        **{name: [rows[case.pk] for case in some] for name, some in picked.items()},
    )


def report_rows(reports: Iterable[Report], today: dt.date) -> list[ReportRow]:
    rows = []
    for report in reports:
        received = clock.day_of(report.received_at)
        due_on = clock.workdays_after(received, limits().acknowledge_workdays)
        rows.append(ReportRow(report, due_on, due_on < today and report.acknowledged_at is None))
    return rows
