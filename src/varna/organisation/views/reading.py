"""Look at the register: bodies, people, and who sits where on a day."""

import datetime as dt
import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Role, Strength
from varna.foundation.deeds import WhyNot
from varna.organisation import gathering, queries
from varna.organisation.actions import people
from varna.organisation.forms import (
    Asked,
    BodyForm,
    DayForm,
    DissolveForm,
    KindsForm,
    PeriodForm,
    SearchForm,
    words_of,
)
from varna.organisation.models import KEEPERS, READERS, Body, keeps_the_register
from varna.organisation.rules.roles import BodyKind, WhyNotSaid
from varna.organisation.sealed import Contact


READING = policy("register.read", *READERS, Role.CONTACT, strength=Strength.STRONG)
KEEPING = policy("register.keep", *KEEPERS, strength=Strength.STRONG)
A_PAGE = 50


def _day(form: DayForm) -> dt.date:
    """The day that was asked for, else today; the field says it when a day cannot be read."""
    asked = form.cleaned_data.get("dag") if form.is_valid() else None
    return asked or clock.today()


@require_safe
@READING
def overview(request: HttpRequest) -> HttpResponse:
    """Groups and bodies on a day. A contact sees the own boards, and no totals."""
    actor, at = acting(request), clock.now()
    form = DayForm(request.GET or None)
    day = _day(form)
    whole = not actor.has(Role.CONTACT) or actor.has(*READERS)
    page = {
        "form": form,
        "day": day,
        "groups": queries.group_lines(day) if whole else [],
        "lines": queries.body_lines(actor, day, at=at),
        "keeps": keeps_the_register(actor),
        "vouched_on": max(gathering.days_vouched(), default=None) if whole else None,
        "whole": whole,
        "unanswered": queries.unanswered(day) if whole else 0,
    }
    return render(request, "organisation/overview.html", page)


@require_POST
@KEEPING
def vouch(request: HttpRequest) -> HttpResponse:
    """The register is right today."""
    people.vouch(by=acting(request), at=clock.now())
    return redirect("register:overview")


def _body(request: HttpRequest, pk: uuid.UUID) -> Body:
    found = queries.find_body(acting(request), pk, at=clock.now())
    if found is None:
        raise Http404
    return found


@require_safe
@READING
def body(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One body, and who sits in it on a day."""
    actor, at = acting(request), clock.now()
    found = _body(request, pk)
    form = DayForm(request.GET or None)
    day = _day(form)
    page = {
        "body": found,
        "form": form,
        "day": day,
        "period": queries.mandate_period(found, day),
        "seats": queries.seats_of_body(actor, found.pk, day, at=at),
        "keeps": keeps_the_register(actor),
    }
    return render(request, "organisation/body.html", page)


@require_http_methods(["GET", "POST"])
@KEEPING
def keep_body(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a body's kind and administration."""
    found = _body(request, pk)
    was = {"kind": found.kind}
    if found.administration:
        was["administration"] = found.administration.name
    form = BodyForm(request.POST or None, initial=was)
    if form.is_valid():
        try:
            people.keep_body(
                pk,
                kind=form.body_kind(),
                administration=form.cleaned_data["administration"],
                by=acting(request),
                at=clock.now(),
            )
        except WhyNot:
            form.add_error("kind", words_of(WhyNotSaid.SECOND_COUNCIL))
        else:
            return redirect("register:body", pk)
    return render(request, "organisation/keep_body.html", {"body": found, "form": form})


@require_http_methods(["GET", "POST"])
@KEEPING
def kinds(request: HttpRequest) -> HttpResponse:
    """Say once what each body is, of those whose kind is only a guess."""
    found = Body.unanswered(clock.today())
    asked = [Asked(str(one.pk), one.name, BodyKind(one.kind)) for one in found]
    form = KindsForm(request.POST if request.method == "POST" else None, asked=asked)
    if form.is_valid():
        said = {uuid.UUID(key): kind for key, kind in form.kinds().items()}
        try:
            if said:
                people.say_kinds(said, by=acting(request), at=clock.now())
        except WhyNot:
            form.add_error(None, words_of(WhyNotSaid.SECOND_COUNCIL))
        else:
            return redirect("register:kinds" if len(said) < len(asked) else "register:overview")
    return render(request, "organisation/kinds.html", {"form": form})


@require_http_methods(["GET", "POST"])
@KEEPING
def set_period(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Set a mandate period other than the law's own."""
    found = _body(request, pk)
    form = PeriodForm(request.POST or None)
    if form.is_valid():
        try:
            people.set_period(pk, form.period(), by=acting(request), at=clock.now())
        except WhyNot:
            form.add_error("starts_on", _("The body already has a period on some of these days."))
        else:
            return redirect("register:body", pk)
    return render(request, "organisation/set_period.html", {"body": found, "form": form})


@require_http_methods(["GET", "POST"])
@KEEPING
def dissolve(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A body comes to its end. Asked twice: its members' assignments end with it."""
    found = _body(request, pk)
    if found.dissolved_on:
        raise Http404
    form = DissolveForm(request.POST or None)
    ends = None
    if form.is_valid():
        on = form.cleaned_data["on"]
        if form.cleaned_data["sure"]:
            people.dissolve(pk, on, by=acting(request), at=clock.now())
            return redirect("register:body", pk)
        ends = queries.seats_on(pk, on)
    page = {"body": found, "form": form, "ends": ends}
    return render(request, "organisation/dissolve.html", page)


@require_safe
@READING
def search(request: HttpRequest) -> HttpResponse:
    """People by name, a page at a time."""
    form = SearchForm(request.GET or None)
    text = form.cleaned_data.get("namn", "") if form.is_valid() else ""
    found = queries.search_people(acting(request), text, at=clock.now())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("sida"))
    return render(request, "organisation/people.html", {"form": form, "text": text, "page": page})


@require_safe
@READING
def person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One person, with assignments past and present."""
    return _person_page(request, pk)


@require_POST
@KEEPING
def contact(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Open how to reach somebody. Asked for with a button, because it leaves a line in the log."""
    details = people.read_contact(pk, by=acting(request), at=clock.now())
    return _person_page(request, pk, contact=details)


def _person_page(
    request: HttpRequest, pk: uuid.UUID, contact: Contact | None = None
) -> HttpResponse:
    actor, at = acting(request), clock.now()
    found = queries.find_person(actor, pk, at=at)
    if found is None:
        raise Http404
    page = {
        "person": found,
        "seats": queries.seats_of_person(actor, pk, clock.today(), at=at),
        "contact": contact,
        "keeps": keeps_the_register(actor),
    }
    return render(request, "organisation/person.html", page)


@require_POST
@KEEPING
def protect(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give or lift protected identity."""
    protected = request.POST.get("protected") == "yes"
    people.protect(pk, protected=protected, by=acting(request), at=clock.now())
    return redirect("register:person", pk)
