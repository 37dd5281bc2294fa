"""Partners: who they are, whom to call there, when we last spoke, and what was shared."""

import uuid
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.cooperation import queries, words
from varna.cooperation.actions import partners as deeds
from varna.cooperation.actions.sealing import reading
from varna.cooperation.forms import PartnerForm, PartyForm, PersonForm, SharingForm, TouchForm
from varna.cooperation.models import KEEPERS, Partner, PartnerContact
from varna.cooperation.rules import Ground, Way
from varna.cooperation.sealed import PartnerPerson
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Strength


KEEPING = policy("cooperation.keep", *KEEPERS, strength=Strength.STRONG)


def status_of(form: Any) -> int:  # noqa: ANN401 (any form)
    return 422 if form.errors else 200


@require_safe
@KEEPING
def overview(request: HttpRequest) -> HttpResponse:
    """The next meetings, and the partners, the silent first."""
    actor, at = acting(request), clock.now()
    lines = [line for line in queries.meeting_lines(actor) if not line.is_cancelled]
    page = {
        "partners": queries.partner_lines(actor, clock.today()),
        "parties": queries.party_lines(actor, clock.today()),
        "coming": [one for one in lines if one.occasion.ends_at and one.occasion.ends_at >= at],
        "tasks": len(queries.open_tasks()),
    }
    return render(request, "cooperation/overview.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def add(request: HttpRequest) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        made = deeds.add(
            name=form.cleaned_data["name"], kind=form.wanted(), by=acting(request),
            at=clock.now(), party=form.cleaned_data["party"],
        )  # fmt: skip
        return redirect("cooperation:partner", made.pk)
    page = {"form": form}
    return render(request, "cooperation/add.html", page, status=status_of(form))


def _partner(request: HttpRequest, pk: uuid.UUID) -> Partner:
    found = queries.find_partner(acting(request), pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def partner(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One partner: its contacts, and what has been had with it. A contact is noted here."""
    actor, at = acting(request), clock.now()
    found = _partner(request, pk)
    form = TouchForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        deeds.note_contact(
            found, on=said["on"], way=Way(said["way"]), line=said["line"], by=actor, at=at
        )
        return redirect("cooperation:partner", pk)
    with reading(pk, by=actor, at=at) as handle:
        contacts = [
            (row, handle.read(row, "person", PartnerPerson), last)
            for row, last in queries.contacts_of(found)
        ]
        touches = [(row, handle.read(row, "line", str)) for row in queries.touches(found)]
    page = {
        "partner": found, "kind": words.kind(found.kind), "contacts": contacts,
        "touches": touches, "form": form, "belongs": _belongs(found),
    }  # fmt: skip
    return render(request, "cooperation/partner.html", page, status=status_of(form))


def _belongs(found: Partner) -> PartyForm | None:
    """Asked while nobody has said which party a security organisation is of."""
    asks = found.kind == queries.PARTY_SECURITY and found.party is None
    return PartyForm(auto_id="party_%s") if asks else None


@require_POST
@KEEPING
def say_party(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    form = PartyForm(request.POST)
    if form.is_valid():
        party = form.cleaned_data["party"]
        deeds.say_party(_partner(request, pk), party, by=acting(request), at=clock.now())
    return redirect("cooperation:partner", pk)


@require_POST
@KEEPING
def alone(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A party in the council has no security organisation; or it has one all the same."""
    actor, at = acting(request), clock.now()
    line = next((one for one in queries.party_lines(actor, clock.today()) if one.id == pk), None)
    if line is None:
        raise Http404
    deed = deeds.take_back_alone if line.alone else deeds.say_alone
    deed(pk, by=actor, at=at)
    return redirect("cooperation:overview")


@require_POST
@KEEPING
def end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    deeds.end(_partner(request, pk), by=acting(request), at=clock.now())
    return redirect("cooperation:overview")


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def contact(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A new person at a partner."""
    return _person_page(request, _partner(request, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def correct(request: HttpRequest, pk: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    found = _partner(request, pk)
    return _person_page(request, found, _contact(found, contact))


def _contact(partner: Partner, pk: uuid.UUID) -> PartnerContact:
    found = queries.find_contact(partner, pk)
    if found is None:
        raise Http404
    return found


def _person_page(
    request: HttpRequest, partner: Partner, known: PartnerContact | None
) -> HttpResponse:
    actor, at = acting(request), clock.now()
    form = PersonForm(request.POST or None)
    if form.is_valid():
        row = deeds.name_contact(partner, form.person(), by=actor, at=at, known=known)
        if form.cleaned_data["verified"]:
            deeds.verify(row, by=actor, at=at)
        return redirect("cooperation:partner", partner.pk)
    if known is not None and not form.is_bound:
        with reading(partner.pk, by=actor, at=at) as handle:
            form.initial = asdict(handle.read(known, "person", PartnerPerson))
    page = {"form": form, "partner": partner, "known": known}
    return render(request, "cooperation/person.html", page, status=status_of(form))


@require_POST
@KEEPING
def verify(request: HttpRequest, pk: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    row = _contact(_partner(request, pk), contact)
    deeds.verify(row, by=acting(request), at=clock.now())
    return redirect("cooperation:partner", pk)


@require_POST
@KEEPING
def end_contact(request: HttpRequest, pk: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    row = _contact(_partner(request, pk), contact)
    deeds.end_contact(row, by=acting(request), at=clock.now())
    return redirect("cooperation:partner", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def shared(request: HttpRequest) -> HttpResponse:
    """The register of what has been shared with whom, when and on what ground."""
    actor, at = acting(request), clock.now()
    form = SharingForm(request.POST or None, partners=queries.partner_lines(actor, clock.today()))
    if form.is_valid():
        said = form.cleaned_data
        deeds.note_sharing(
            _partner(request, uuid.UUID(said["partner"])),
            on=said["on"], what=said["what"], ground=Ground(said["ground"]), by=actor, at=at,
        )  # fmt: skip
        return redirect("cooperation:shared")
    with reading(None, by=actor, at=at) as handle:
        rows = [(row, handle.read(row, "what", str)) for row in queries.sharings(actor)]
    page = {"form": form, "rows": rows}
    return render(request, "cooperation/shared.html", page, status=status_of(form))
