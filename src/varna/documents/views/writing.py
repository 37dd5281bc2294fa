"""Read documents; write, send and adopt their versions."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.documents import queries, words
from varna.documents.actions import writing as actions
from varna.documents.forms import AdoptForm, DocumentForm, NumberForm, SendForm, TextForm
from varna.documents.models import WRITERS, Acknowledgement, Version, notes, writes
from varna.documents.rules.marks import html
from varna.documents.rules.versions import Reason
from varna.foundation import clock, deeds
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Actor, Role, Strength


READING = policy("documents.read", signed_in=True)
WRITING = policy("documents.write", *WRITERS, strength=Strength.STRONG)
Made = TypeVar("Made")


@require_safe
@READING
def overview(request: HttpRequest) -> HttpResponse:
    """Every document: what is in force, and what is under way."""
    actor = acting(request)
    page = {"shelves": queries.shelves(actor, clock.today()), "writes": writes(actor)}
    return render(request, "documents/overview.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@WRITING
def open_document(request: HttpRequest) -> HttpResponse:
    form = DocumentForm(request.POST or None)
    if form.is_valid():
        made = _try(
            form,
            "code",
            lambda: actions.open_document(
                code=form.wanted(),
                title=form.cleaned_data["title"],
                by=acting(request),
                at=clock.now(),
            ),
        )
        if made is not None:
            return redirect("documents:document", made.pk)
    return render(request, "documents/open.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@READING
def document(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A document's history; those who write begin a new version here."""
    actor = acting(request)
    shelf = queries.shelf(actor, pk, clock.today())
    if shelf is None:
        raise Http404
    if request.method == "POST" and not writes(actor):
        raise Http404
    form = NumberForm(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        made = _try(
            form,
            "number",
            lambda: actions.draft(shelf.document, number=number, by=actor, at=clock.now()),
        )
        if made is not None:
            return redirect("documents:write", made.pk)
    page = {"shelf": shelf, "form": form if writes(actor) else None}
    return render(request, "documents/document.html", page, status=_status(form))


def _version(request: HttpRequest, pk: uuid.UUID) -> Version:
    found = queries.find_version(acting(request), pk)
    if found is None:
        raise Http404
    return found


@require_safe
@READING
def version(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One version, in its own words."""
    actor = acting(request)
    found = _version(request, pk)
    page = {
        "version": found,
        "line": queries.line_of(found, clock.today()),
        "adopter": words.adopter(found.adopted_by),
        "text": mark_safe(html(found.text)),  # noqa: S308 (HTML in the text comes out as words)
        "writes": writes(actor),
        "notes": notes(actor) or actor.reads_as(Role.CONTACT),
        "mine": _mine(actor, found),
    }
    return render(request, "documents/version.html", page)


def _mine(actor: Actor, found: Version) -> dict[str, Acknowledgement | None] | None:
    """Whether whoever looks has taken part of it; None for those who are not in the register."""
    if actor.person is None or not found.is_adopted:
        return None
    return {"done": queries.who_has(found.pk, Acknowledgement.Kind.PERSON).get(actor.person)}


@require_safe
@READING
def file(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The adopted text as PDF, byte for byte as it was when its hash was taken."""
    found = _version(request, pk)
    if found.pdf is None:
        raise Http404
    name = f"{found.document.code}-{found.adopted_on}.pdf"
    return HttpResponse(
        bytes(found.pdf),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@WRITING
def write(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write in a draft."""
    found = _version(request, pk)
    initial = {"text": found.text, "seen": found.changed_at.isoformat()}
    form = TextForm(request.POST or None, initial=initial)
    if form.is_valid():
        saved = _try(
            form,
            "text",
            lambda: actions.write(
                pk,
                text=form.cleaned_data["text"].replace("\r\n", "\n"),
                seen=form.last_seen(),
                by=acting(request),
                at=clock.now(),
            ),
        )
        if saved is not None:
            return redirect("documents:version", pk)
        # To save once more is to have seen what the other one wrote.
        form.data = {**request.POST.dict(), "seen": found.changed_at.isoformat()}
    page = {"form": form, "version": found}
    return render(request, "documents/write.html", page, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@WRITING
def send(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send a draft for comment."""
    found = _version(request, pk)
    form = SendForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        _try(
            form,
            None,
            lambda: actions.send(
                pk, to=said["to"], until=said["until"], by=acting(request), at=clock.now()
            ),
        )
        if not form.errors:
            return redirect("documents:version", pk)
    page = {"form": form, "version": found}
    return render(request, "documents/send.html", page, status=_status(form))


@require_POST
@WRITING
def take_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _version(request, pk)
    if found.is_adopted:
        raise Http404
    actions.take_back(pk, by=acting(request), at=clock.now())
    return redirect("documents:version", pk)


FIELD_OF = {
    Reason.ADOPTED_LATER: "adopted_on",
    Reason.IN_FORCE_BEFORE_ADOPTED: "in_force_on",
    Reason.DAY_TAKEN: "in_force_on",
}


@require_http_methods(["GET", "HEAD", "POST"])
@WRITING
def adopt(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that a version has been adopted. Nothing in it can be changed afterwards."""
    found = _version(request, pk)
    form = AdoptForm(request.POST or None)
    if form.is_valid():
        try:
            actions.adopt(pk, form.decided(), by=acting(request), at=clock.now())
        except deeds.WhyNot as refused:
            form.add_error(FIELD_OF.get(refused.reason), str(words.WHY_NOT[refused.reason]))
        else:
            return redirect("documents:version", pk)
    page = {"form": form, "version": found}
    return render(request, "documents/adopt.html", page, status=_status(form))


def _try(form: forms.Form, field: str | None, deed: Callable[[], Made]) -> Made | None:
    """Do it, or say beside the field why not."""
    try:
        return deed()
    except deeds.WhyNot as refused:
        form.add_error(field, str(words.WHY_NOT[refused.reason]))
        return None


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200
