"""The duty list: who answers, and what is handed over."""

import uuid
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.duty import actions, queries
from varna.duty.forms import FillForm, NoteForm, TurnForm
from varna.duty.queries import Line
from varna.duty.words import REFUSAL
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Role, Strength
from varna.foundation.ui.forms import tried


receives = policy("duty.read", Role.HANDLER, Role.LEAD, strength=Strength.STRONG)
leads = policy("duty.plan", Role.LEAD, strength=Strength.STRONG)


@require_safe
@receives
def every(request: HttpRequest) -> HttpResponse:
    actor, at = acting(request), clock.now()
    lines = queries.lines(actor, at=at)
    context = {
        "now": next((line for line in lines if line.now), None),
        "lines": lines,
        "leads": actor.has(Role.LEAD),
    }
    return render(request, "duty/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@leads
def fill(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    form = FillForm(request.POST or None, people=queries.handlers(at=at))
    if form.is_valid():
        asked = form.cleaned_data
        plan = partial(
            actions.fill,
            form.chosen,
            first=asked["first"],
            turns=asked["turns"],
            length=form.chosen_length,
            phone=asked["phone"],
        )
        if tried(form, lambda: plan(by=acting(request), at=at), REFUSAL, field="first"):
            return redirect("duty:list")
    status = 422 if form.is_bound else 200
    return render(request, "duty/fill.html", {"form": form}, status=status)


def _found(request: HttpRequest, pk: uuid.UUID) -> Line:
    found = queries.find(acting(request), pk, at=clock.now())
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@receives
def turn(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One turn with what is handed over; whoever has it, or leads, writes."""
    line, actor, at = _found(request, pk), acting(request), clock.now()
    form = NoteForm(request.POST or None)
    if form.is_valid():
        actions.hand_over(line.turn, form.cleaned_data["text"], by=actor, at=at)
        return redirect("duty:turn", pk)
    note = ""
    if line.turn.note is not None:
        with actions.reading(line.turn, by=actor, at=at) as handle:
            note = handle.read(line.turn, "note", str)
    if not form.is_bound:
        form.initial = {"text": note}
    context = {
        "line": line,
        "note": note,
        "form": form if line.is_in_the_hands_of(actor) else None,
        "leads": actor.has(Role.LEAD),
    }
    return render(request, "duty/turn.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@receives
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    line, at = _found(request, pk), clock.now()
    if not line.is_in_the_hands_of(acting(request)):
        raise Http404
    said = {
        "account": str(line.account),
        "substitute": str(line.substitute or ""),
        "phone": line.turn.phone,
    }
    form = TurnForm(request.POST or None, people=queries.handlers(at=at), initial=said)
    if form.is_valid():
        give = partial(actions.change, line.turn, *form.chosen, phone=form.cleaned_data["phone"])
        if tried(form, lambda: give(by=acting(request), at=at), REFUSAL, field="substitute"):
            return redirect("duty:turn", pk)
    status = 422 if form.is_bound else 200
    return render(request, "duty/change.html", {"form": form, "line": line}, status=status)


@require_POST
@leads
def cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    actions.cancel(_found(request, pk).turn, by=acting(request), at=clock.now())
    return redirect("duty:list")
