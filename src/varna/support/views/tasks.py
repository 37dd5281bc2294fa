"""The administration's own page of tasks, and what more has been shared with it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from varna.cases.models import Case
from varna.cases.pages import report as report_pages
from varna.cases.queries import parts, reports_of
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Role, Strength
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.reports.queries import among
from varna.support import actions as supporting
from varna.support.models import Measure
from varna.support.queries import task
from varna.support.rules import OPEN_MEASURES


contact = policy("measure.task", Role.CONTACT, strength=Strength.STRONG)


@require_safe
@contact
def tasks(request: HttpRequest) -> HttpResponse:
    """What the administration has been asked to do. The line of the task, and nothing else."""
    actor, at = acting(request), clock.now()
    shown, told = [], []
    for case in Case.shared_with(actor, at=at).filter(shredded_at=None):
        with vault.opened(
            case.pk, {Compartment.TASK}, by=actor, at=at, purpose=vault.Purpose.MEASURE
        ) as handle:
            rows = parts(Measure, case).exclude(task=None)
            if vault.may_open(actor, case.pk, {Compartment.CONTENT}, at=at):
                told.append(case)
            shown += [
                {
                    "row": row,
                    "task": handle.read(row, "task", str),
                    "open": row.state in OPEN_MEASURES,
                }
                for row in rows
            ]
    return render(request, "support/tasks.html", {"tasks": shown, "told": told})


@require_POST
@contact
def task_done(request: HttpRequest, measure_id: uuid.UUID) -> HttpResponse:
    actor, at = acting(request), clock.now()
    cases = Case.shared_with(actor, at=at)
    row = task(measure_id, cases)
    if row is None:
        raise Http404
    if row.state in OPEN_MEASURES:
        supporting.finish_task(row, by=actor, at=at, on=clock.today())
    return redirect("cases:tasks")


@require_safe
@contact
def shared(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What has happened, where a handler has shared that too: the reports' words, no more."""
    actor, at = acting(request), clock.now()
    case = Case.shared_with(actor, at=at).filter(pk=case_id, shredded_at=None).first()
    if case is None or not vault.may_open(actor, case.pk, {Compartment.CONTENT}, at=at):
        raise Http404
    told = []
    for report in among(reports_of(case)):
        with vault.opened(
            report.pk,
            {Compartment.CONTENT},
            by=actor,
            at=at,
            purpose=vault.Purpose.MEASURE,
            within=case.pk,
        ) as handle:
            told.append(report_pages.told(report, handle))
    return render(request, "support/shared.html", {"reports": told})
