"""Sessions and the self-study: list, plan, look, change, call off."""

import uuid
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Strength
from varna.foundation.deeds import WhyNot
from varna.invitations.models import KEEPERS
from varna.training import pages, queries
from varna.training.actions import arranging
from varna.training.forms import CourseForm, SessionForm, as_written
from varna.training.models import Session
from varna.training.words import course


keeping = partial(policy, "training.keep", *KEEPERS, strength=Strength.STRONG)


def found_session(request: HttpRequest, pk: uuid.UUID) -> Session:
    session = queries.find_session(acting(request), pk)
    if session is None:
        raise Http404
    return session


@require_safe
@keeping()
def sessions(request: HttpRequest) -> HttpResponse:
    """Every session with its four figures."""
    lines, total = pages.session_lines(queries.sessions(acting(request)), clock.today())
    return render(request, "training/sessions.html", {"lines": lines, "total": total})


@require_http_methods(["GET", "HEAD", "POST"])
@keeping()
def plan(request: HttpRequest) -> HttpResponse:
    return _planned(request, SessionForm(request.POST or None), "training/plan.html")


@require_http_methods(["GET", "HEAD", "POST"])
@keeping()
def open_course(request: HttpRequest) -> HttpResponse:
    """Open the self-study that comes with Värna."""
    suggested = {"title": str(course.TITLE), "text": str(course.TEXT)}
    form = CourseForm(request.POST or None, initial=suggested)
    return _planned(request, form, "training/open_course.html")


def _planned(request: HttpRequest, form: CourseForm, template: str) -> HttpResponse:
    if form.is_valid():
        made = arranging.plan(form.plan(), by=acting(request), at=clock.now())
        return redirect("training:session", made.pk)
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


@require_safe
@keeping()
def session(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = found_session(request, pk)
    page = pages.session_page(acting(request), found, at=clock.now())
    return render(request, "training/session.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@keeping()
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = found_session(request, pk)
    form_of = CourseForm if found.is_course else SessionForm
    form = form_of(request.POST or None, initial=as_written(found))
    if form.is_valid():
        try:
            arranging.change(found, form.plan(), by=acting(request), at=clock.now())
        except WhyNot:
            raise Http404 from None
        return redirect("training:session", pk)
    page = {"form": form, "session": found}
    return render(request, "training/change.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@keeping()
def cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Asked about once, because it is told to everybody who was invited."""
    found = found_session(request, pk)
    if request.method == "POST" and found.occasion.cancelled_at is None:
        arranging.cancel(found, by=acting(request), at=clock.now())
    if request.method == "POST":
        return redirect("training:session", pk)
    return render(request, "training/cancel.html", {"session": found})
