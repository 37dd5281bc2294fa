"""The plan's own pages: its versions, what a new one changes, and the days of events."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.foundation import clock
from varna.foundation.access.policies import Files, policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Strength
from varna.foundation.deeds import WhyNot
from varna.plan import actions, queries, words
from varna.plan.forms import AdoptForm, EventForm, PlanForm
from varna.plan.models import OWNERS, READERS, Edition
from varna.plan.pages import review
from varna.plan.rules.faults import PlanRefusedError


READING = policy("plan.read", *READERS, strength=Strength.STRONG)
OWNING = policy("plan.own", *OWNERS, strength=Strength.STRONG)
READING_IN = policy("plan.own", *OWNERS, strength=Strength.STRONG, files=Files("file", most=1))
MOST_TOLD = 50


@require_safe
@READING
def versions(request: HttpRequest) -> HttpResponse:
    """Every version that has been read, and which are followed."""
    page = {"editions": queries.editions(), "owns": acting(request).has(*OWNERS)}
    return render(request, "plan/versions.html", page)


@require_http_methods(["GET", "POST"])
@READING_IN
def read(request: HttpRequest) -> HttpResponse:
    """Read a file. Nothing is followed before somebody has seen what it changes."""
    form = PlanForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if form.is_valid():
        try:
            edition = actions.read_plan(form.content(), by=acting(request), at=clock.now())
        except PlanRefusedError as refusal:
            faults = [words.fault(one) for one in refusal.faults]
        else:
            return redirect("plan:edition", edition.pk)
    page = {"form": form, "faults": faults[:MOST_TOLD], "more": max(0, len(faults) - MOST_TOLD)}
    return render(request, "plan/read.html", page)


def _edition(pk: uuid.UUID) -> Edition:
    found = queries.find_edition(pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@READING
def edition(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One version: what it promises, what it changes, what is asked; its owner may adopt it."""
    found, actor, at = _edition(pk), acting(request), clock.now()
    today = clock.today()
    owns = actor.has(*OWNERS)
    form = AdoptForm(request.POST or None, initial={"from_on": today.isoformat()})
    if request.method == "POST" and not owns:
        raise Http404
    if form.is_valid():
        try:
            actions.adopt_plan(
                found.pk,
                from_on=form.day(),
                decision=form.cleaned_data["decision"],
                by=actor,
                at=at,
            )
        except WhyNot as refusal:
            form.add_error("from_on", str(words.WHY_NOT_ADOPT[refusal.reason]))
        else:
            return redirect("plan:versions")
    page = {"edition": found, "form": form, "owns": owns, "review": review(found, today)}
    return render(request, "plan/edition.html", page)


@require_http_methods(["GET", "POST"])
@READING
def events(request: HttpRequest) -> HttpResponse:
    """The days that commitments wait for."""
    actor = acting(request)
    owns = actor.has(*OWNERS)
    form = EventForm(request.POST or None)
    if request.method == "POST" and not owns:
        raise Http404
    if form.is_valid():
        said = form.cleaned_data
        actions.note_event(said["name"], on=said["on"], by=actor, at=clock.now())
        return redirect("plan:events")
    page = {"form": form, "owns": owns, "events": queries.events()}
    return render(request, "plan/events.html", page)


@require_POST
@OWNING
def take_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    actions.take_back_event(pk, by=acting(request), at=clock.now())
    return redirect("plan:events")
