"""Measures, police and occupational health; and the administration's own page of tasks."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.cases.actions import supporting
from varna.cases.forms.support import HealthForm, MeasureForm, MoveMeasureForm, PoliceForm
from varna.cases.models import Case, HealthOffer, Measure, PoliceContact
from varna.cases.pages import case as pages
from varna.cases.pages import report as report_pages
from varna.cases.queries import parts, reports_of, task
from varna.cases.rules.measures import OPEN_MEASURES, MeasureClass, MeasureState
from varna.cases.views.ground import (
    back_to,
    found_case,
    handling,
    show,
    status_of,
    tried,
)
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.reports.queries import among


PROTECTION = {Compartment.PROTECTION, Compartment.TASK}


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def measures(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What has been decided, and a form to decide more."""
    case = found_case(request, case_id)
    form = MeasureForm(request.POST or None)
    if form.is_valid():
        decision, by, at = _decision(form), acting(request), clock.now()
        if tried(form, lambda: supporting.decide_measure(case, decision, by=by, at=at)):
            return back_to(case, "measures")

    def context(handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        return {"form": form, "measures": pages.measures(case, handle, today=clock.today())}

    return show(
        request, "cases/measures.html", case, context, also=PROTECTION, status=status_of(form)
    )


def _decision(form: MeasureForm) -> supporting.Decision:
    asked = form.cleaned_data
    measure_class, _, code = asked["choice"].partition(":")
    return supporting.Decision(
        measure_class=MeasureClass(int(measure_class)), code=code, what=asked["what"],
        reason=asked["reason"], consent=asked["consent"], task=asked["task"],
        owner=asked["owner"].pk if asked["owner"] else None,
        starts_on=asked["starts_on"], due_on=asked["due_on"],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def measure(request: HttpRequest, case_id: uuid.UUID, measure_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    row = parts(Measure, case).filter(pk=measure_id).first()
    if row is None:
        raise Http404
    form = MoveMeasureForm(request.POST or None, state=row.state)
    if form.is_valid():
        asked, by, at = form.cleaned_data, acting(request), clock.now()
        done = tried(
            form,
            lambda: supporting.move_measure(
                row,
                MeasureState(asked["to"]),
                by=by,
                at=at,
                on=asked["on"],
                effect=asked["effect"],
                words=asked["words"],
            ),
        )
        if done:
            return back_to(case, "measures")

    def context(handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        shown = pages.measures(case, handle, today=clock.today())
        return {"form": form, "measure": next(m for m in shown if m.row.pk == row.pk)}

    return show(
        request, "cases/measure.html", case, context, also=PROTECTION, status=status_of(form)
    )


@require_POST
@handling()
def review(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    supporting.review_measures(case, by=acting(request), at=clock.now(), on=clock.today())
    return back_to(case, "measures")


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def police(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Police reports: what is known, and a form for a new one or for what has come of one."""
    case = found_case(request, case_id)
    known = _known(case, request.GET.get("andra") or request.POST.get("known"))
    form = PoliceForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        said = {
            name: str(asked[name] or "")
            for name in (
                "reported_on", "reported_by", "number", "protected", "contact", "outcome",
            )
        }  # fmt: skip
        supporting.note_police(
            case,
            said,
            remind_on=asked["remind_on"],
            ended_on=asked["ended_on"],
            known=known,
            by=acting(request),
            at=clock.now(),
        )
        return back_to(case, "police")

    def context(handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        if known is not None and not form.is_bound:
            form.initial = handle.read(known, "what") | {
                "remind_on": known.remind_on, "ended_on": known.ended_on,
            }  # fmt: skip
        rows = [(row, handle.read(row, "what")) for row in parts(PoliceContact, case)]
        return {"form": form, "contacts": rows, "known": known}

    return show(request, "cases/police.html", case, context, status=status_of(form))


def _known(case: Case, written: str | None) -> PoliceContact | None:
    if not written:
        return None
    try:
        pk = uuid.UUID(written)
    except ValueError:
        raise Http404 from None
    found = parts(PoliceContact, case).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def health(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Occupational health: only whoever handles the case reads the answer."""
    case = found_case(request, case_id)
    form = HealthForm(request.POST or None)
    if form.is_valid():
        supporting.offer_health(
            case, form.cleaned_data["answer"], by=acting(request), at=clock.now()
        )
        return back_to(case, "health")
    may_read = _may_read_health(request, case)

    def context(handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        answers = dict(HealthForm.base_fields["answer"].choices)  # type: ignore[attr-defined]
        rows = parts(HealthOffer, case)
        shown = [(r, answers[handle.read(r, "answer")] if may_read else "") for r in rows]
        return {"form": form, "offers": shown, "may_read": may_read}

    also = {Compartment.HEALTH} if may_read else set()
    return show(request, "cases/health.html", case, context, also=also, status=status_of(form))


def _may_read_health(request: HttpRequest, case: Case) -> bool:
    return vault.may_open(acting(request), case.pk, {Compartment.HEALTH}, at=clock.now())


# ── the administration's contact ──────────────────────────────────────────────────────────────
contact = policy("measure.task", Role.CONTACT, strength=Strength.STRONG)


@require_safe
@contact
def tasks(request: HttpRequest) -> HttpResponse:
    """What the administration has been asked to do. The line of the task, and nothing else."""
    actor, at = acting(request), clock.now()
    shown = []
    for case in Case.shared_with(actor, at=at).filter(shredded_at=None):
        with vault.opened(
            case.pk, {Compartment.TASK}, by=actor, at=at, purpose=vault.Purpose.MEASURE
        ) as handle:
            rows = parts(Measure, case).exclude(task=None)
            more = vault.may_open(actor, case.pk, {Compartment.CONTENT}, at=at)
            shown += [
                {
                    "row": row,
                    "task": handle.read(row, "task"),
                    "open": row.state in OPEN_MEASURES,
                    "case": case if more else None,
                }
                for row in rows
            ]
    return render(request, "cases/tasks.html", {"tasks": shown})


@require_POST
@contact
def task_done(request: HttpRequest, measure_id: uuid.UUID) -> HttpResponse:
    actor, at = acting(request), clock.now()
    cases = Case.shared_with(actor, at=at)
    row = task(measure_id, cases)
    if row is None:
        raise Http404
    if row.state in OPEN_MEASURES:
        supporting.move_measure(row, MeasureState.DONE, by=actor, at=at, on=clock.today())
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
    return render(request, "cases/shared.html", {"reports": told})
