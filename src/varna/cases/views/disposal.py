"""Disposal: a lead asks, a registrar confirms, and either takes back."""

import uuid
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.cases.actions import disposal
from varna.cases.forms.circle import EndForm
from varna.cases.forms.disposal import DecisionForm
from varna.cases.models import Case, Disposal
from varna.cases.pages import disposal as pages
from varna.cases.views.ground import status_of, tried
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.reports.models import Report


asking = partial(policy, "disposal.ask", Role.LEAD, strength=Strength.STRONG)
deciding = partial(policy, "disposal.decide", Role.LEAD, Role.REGISTRAR, strength=Strength.STRONG)
confirming = partial(policy, "disposal.confirm", Role.REGISTRAR, strength=Strength.STRONG)


@require_safe
@deciding()
def every(request: HttpRequest) -> HttpResponse:
    return _page(request, EndForm())


def _page(request: HttpRequest, form: EndForm) -> HttpResponse:
    actor = acting(request)
    context = {
        "found": pages.disposals(actor, at=clock.now()),
        "asks": actor.has(Role.LEAD),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "cases/disposals.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@asking()
def ask(request: HttpRequest, about: uuid.UUID) -> HttpResponse:
    what, form = _found(acting(request), about), DecisionForm(request.POST or None)
    if form.is_valid():
        decision, by, at = form.cleaned_data["decision"], acting(request), clock.now()
        if tried(form, lambda: disposal.ask(about, decision, by=by, at=at)):
            return redirect("cases:disposals")
    context = {"form": form, "thing": pages.thing_of(what), "is_case": isinstance(what, Case)}
    return render(request, "cases/dispose.html", context, status=status_of(form))


def _found(actor: Actor, about: uuid.UUID) -> Case | Report:
    """The case or the report, if this actor sees it."""
    at = clock.now()
    case = Case.visible_to(actor, at=at).filter(pk=about).first()
    found = case or Report.visible_to(actor, at=at).filter(pk=about).first()
    if found is None:
        raise Http404
    return found


@require_POST
@confirming()
def confirm(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _done(request, pk, disposal.confirm)


@require_POST
@deciding()
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _done(request, pk, disposal.withdraw)


def _done(request: HttpRequest, pk: uuid.UUID, deed: disposal.Said) -> HttpResponse:
    by, at = acting(request), clock.now()
    row = Disposal.standing_to(by, at=at).filter(pk=pk).first()
    if row is None:
        raise Http404
    form = EndForm(request.POST)
    if tried(form, lambda: deed(row, by=by, at=at)):
        return redirect("cases:disposals")
    return _page(request, form)
