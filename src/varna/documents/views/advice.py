"""Advice for everybody, without signing in; the municipality confirms that it is still right."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from varna.documents import pages, queries
from varna.documents.actions import writing
from varna.documents.models import WRITERS, writes
from varna.documents.words import ADVICE
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Strength


READING = policy("advice.read")


@require_safe
@READING
def overview(request: HttpRequest) -> HttpResponse:
    tongue = pages.language()
    every = [(name, pages.written(name, tongue)[0]) for name in ADVICE]
    return render(request, "documents/advice_list.html", {"advice": every})


@require_safe
@READING
def one(request: HttpRequest, name: str) -> HttpResponse:
    """One printed page at most."""
    if name not in ADVICE:
        raise Http404
    title, text = pages.written(name, pages.language())
    page = {
        "name": name,
        "heading": title,
        "text": mark_safe(text),  # noqa: S308 (our own words, and HTML in them comes out as words)
        "right_on": queries.advice_confirmed(name) or pages.SHIPPED_ON,
        "writes": writes(acting(request)),
    }
    return render(request, "documents/advice.html", page)


@require_POST
@policy("advice.confirm", *WRITERS, strength=Strength.STRONG)
def confirm(request: HttpRequest, name: str) -> HttpResponse:
    """Somebody has read it today, and it is still right here."""
    if name not in ADVICE:
        raise Http404
    writing.confirm_advice(name, by=acting(request), at=clock.now())
    return redirect("documents:advice", name)
