"""Look at the mandate, at one promise, at what comes next; and the public's own page."""

import datetime as dt
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.following import actions, queries
from varna.following.forms import DeviationForm, StatementForm
from varna.following.models import OWNERS, READERS
from varna.following.pages import commitment as pages
from varna.following.pages import mandate as mandates
from varna.following.pages import xray as xrays
from varna.following.queries import Stand
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Strength
from varna.plan.rules.history import period_from
from varna.plan.rules.terms import Does
from varna.standing.rules.status import Row


READING = policy("plan.read", *READERS, strength=Strength.STRONG)
OWNING = policy("plan.own", *OWNERS, strength=Strength.STRONG)


def chosen_stand(request: HttpRequest) -> Stand | None:
    """The period that was asked for by its election day, else today's; None without a plan."""
    asked = request.GET.get("val", "")
    try:
        election = dt.date.fromisoformat(asked) if asked else None
    except ValueError:
        raise Http404 from None
    now = clock.now()
    found = queries.stand(now)
    if found is None or election in {None, found.election}:
        return found
    if election not in queries.elections(found.followed, clock.day_of(now)):
        raise Http404
    return queries.stand(now, election)


def _needed(request: HttpRequest) -> Stand:
    found = chosen_stand(request)
    if found is None:
        raise Http404
    return found


@require_safe
@READING
def mandate(request: HttpRequest) -> HttpResponse:
    """The whole period on one picture, and the same as a table."""
    found, owns = chosen_stand(request), acting(request).has(*OWNERS)
    if found is None:
        return render(request, "following/none.html", {"owns": owns})
    today = clock.today()
    page = {
        "page": mandates.mandate(found, today, request.GET.get("sida", 1)),
        "elections": periods(found),
        "chosen": found.election,
        "owns": owns,
        "public": queries.is_public(),
        "asked": xrays.about_text(found),
    }
    return render(request, "following/mandate.html", page)


def periods(found: Stand) -> list[tuple[dt.date, int, int]]:
    """The periods to choose among: election day, first year and last."""
    history = found.followed.history
    told = []
    for election in queries.elections(found.followed, found.today):
        period = period_from(history, election, found.today)
        told.append((election, period.starts_on.year, period.ends_on.year))
    return told


@require_safe
@READING
def ahead(request: HttpRequest) -> HttpResponse:
    """What each role is to do in the next ninety days."""
    found = queries.stand(clock.now())
    if found is None:
        return render(request, "following/none.html", {"owns": acting(request).has(*OWNERS)})
    mine = queries.roles_of(acting(request).account)
    owed = sorted(mandates.ahead(found, clock.today()), key=lambda one: one.role not in mine)
    page = {"owed": owed, "mine": mine}
    return render(request, "following/ahead.html", page)


@require_safe
@READING
def xray(request: HttpRequest) -> HttpResponse:
    """Where the figures rest on less than they look like."""
    found = queries.stand(clock.now())
    if found is None:
        return render(request, "following/none.html", {"owns": acting(request).has(*OWNERS)})
    return render(request, "following/xray.html", {"groups": xrays.xray(found)})


def _rows(found: Stand, name: str) -> list[Row]:
    rows = pages.rows_of(found, name)
    if not rows:
        raise Http404
    return rows


@require_safe
@READING
def commitment(request: HttpRequest, name: str) -> HttpResponse:
    """One promise, with its turns, what proves them and what has been said."""
    found, actor = _needed(request), acting(request)
    rows = _rows(found, name)
    page = {
        "page": pages.page(rows, by=actor, at=clock.now()),
        "speaks": actions.may_speak(actor, rows[-1].commitment.by),
        "owns": actor.has(*OWNERS),
        "account": actor.account,
        "chosen": found.election,
    }
    return render(request, "following/commitment.html", page)


def _row(request: HttpRequest, name: str, key: str) -> Row:
    row = pages.find_row(_needed(request), name, key)
    if row is None or not actions.may_speak(acting(request), row.commitment.by):
        raise Http404
    return row


def _back(request: HttpRequest, name: str) -> HttpResponse:
    response = redirect("compliance:commitment", name)
    if request.GET.get("val"):
        response["Location"] += f"?val={request.GET['val']}"
    return response


@require_http_methods(["GET", "POST"])
@READING
def state(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """State in writing that it is so."""
    row = _row(request, name, key)
    if not pages.may_be_stated(row):
        raise Http404
    survey = row.commitment.does is Does.MEASURE
    start = {"on": clock.today().isoformat()}
    form = StatementForm(request.POST or None, survey=survey, initial=start)
    if form.is_valid():
        said = form.cleaned_data
        actions.state(
            row,
            on=said["on"],
            reason=said["reason"],
            survey=survey,
            indicator=said.get("indicator", ""),
            by=acting(request),
            at=clock.now(),
        )
        return _back(request, name)
    page = {"form": form, "row": mandates.turns([row])[0], "promised": mandates.promised([row])}
    return render(request, "following/state.html", page)


@require_http_methods(["GET", "POST"])
@READING
def explain(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """Say why it was not kept in time, and what is done about it."""
    row = _row(request, name, key)
    form = DeviationForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        actions.explain(
            row, reason=said["reason"], remedy=said["remedy"], by=acting(request), at=clock.now()
        )
        return _back(request, name)
    page = {"form": form, "row": mandates.turns([row])[0], "promised": mandates.promised([row])}
    return render(request, "following/explain.html", page)


@require_POST
@READING
def take_back(request: HttpRequest, name: str, pk: uuid.UUID) -> HttpResponse:
    """It was not so, after all: the statement stays, and proves nothing any more."""
    row = queries.statements_of(name).filter(pk=pk, taken_back_at=None).first()
    if row is None or not actions.may_take_back(acting(request), row):
        raise Http404
    actions.take_back_statement(pk, by=acting(request), at=clock.now())
    return _back(request, name)


@require_POST
@READING
def confirm(request: HttpRequest, name: str, pk: uuid.UUID) -> HttpResponse:
    """Somebody else, in another role, agrees with what was stated."""
    row = queries.statements_of(name).filter(pk=pk, taken_back_at=None).first()
    if row is None or not actions.may_confirm(acting(request), row, at=clock.now()):
        raise Http404
    actions.confirm_statement(pk, by=acting(request), at=clock.now())
    return _back(request, name)


@require_POST
@OWNING
def publish(request: HttpRequest) -> HttpResponse:
    """Switch the public page on or off."""
    actions.publish(on=request.POST.get("on") == "yes", by=acting(request), at=clock.now())
    return redirect("compliance:mandate")


@require_safe
@policy("plan.public")
def public(request: HttpRequest) -> HttpResponse:
    """What the municipality has promised and how it stands, for everybody; if it is switched on."""
    found = queries.LATELY.stand(clock.now()) if queries.is_public() else None
    if found is None:
        raise Http404
    page = mandates.public(found, clock.today(), request.GET.get("sida", 1))
    return render(request, "following/public.html", {"page": page})
