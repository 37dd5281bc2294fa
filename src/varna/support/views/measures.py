"""Measures: what has been decided, and what has become of it."""

import uuid
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from varna.cases.models import Case
from varna.cases.queries import parts
from varna.cases.views.ground import (
    back_to,
    found_case,
    handling,
    show,
    status_of,
    tried,
)
from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Actor
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.support import actions as supporting
from varna.support import pages
from varna.support.forms import MeasureForm, MoveMeasureForm, OfferForm
from varna.support.models import Measure
from varna.support.rules import MeasureClass, MeasureState


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
        request, "support/measures.html", case, context, also=PROTECTION, status=status_of(form)
    )


def _decision(form: MeasureForm) -> supporting.Decision:
    asked = form.cleaned_data
    measure_class, _, code = asked["choice"].partition(":")
    return supporting.Decision(
        measure_class=MeasureClass(int(measure_class)), code=code, what=asked["what"],
        reason=asked["reason"], consent=asked["consent"], task=asked["task"],
        owner=asked["owner"].pk if asked["owner"] else None,
        starts_on=asked["starts_on"], due_on=asked["due_on"],
        offered_on=asked["offered_on"], answer=asked["answer"],
    )  # fmt: skip


def _measure(case: Case, measure_id: uuid.UUID) -> Measure:
    found = parts(Measure, case).filter(pk=measure_id).first()
    if found is None:
        raise Http404
    return found


def _one(request: HttpRequest, case: Case, row: Measure, form: Form) -> HttpResponse:
    """One measure, and what is asked about it."""

    def context(handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        shown = pages.measures(case, handle, today=clock.today())
        return {"form": form, "measure": next(m for m in shown if m.row.pk == row.pk)}

    return show(
        request, "support/measure.html", case, context, also=PROTECTION, status=status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def measure(request: HttpRequest, case_id: uuid.UUID, measure_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    row = _measure(case, measure_id)
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

    return _one(request, case, row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def offered(request: HttpRequest, case_id: uuid.UUID, measure_id: uuid.UUID) -> HttpResponse:
    """The day when the person was offered a measure, and the answer."""
    case = found_case(request, case_id)
    row = _measure(case, measure_id)
    form = OfferForm(request.POST or None)
    if form.is_valid():
        asked, by, at = form.cleaned_data, acting(request), clock.now()
        if tried(
            form,
            lambda: supporting.offer_measure(
                row, asked["answer"], by=by, at=at, on=asked["offered_on"]
            ),
        ):
            return back_to(case, "measures")

    return _one(request, case, row, form)


@require_POST
@handling()
def review(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    supporting.review_measures(case, by=acting(request), at=clock.now(), on=clock.today())
    return back_to(case, "measures")
