"""Ask for help, see where it stands, and answer."""

import uuid
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Role, Strength
from varna.foundation.ui.forms import tried
from varna.requests import actions, queries
from varna.requests.forms import AnswerForm, AskForm
from varna.requests.models import ANSWERERS
from varna.requests.rules import Subject
from varna.requests.words import REFUSAL


READING = policy("help.read", *ANSWERERS, Role.CONTACT, strength=Strength.STRONG)
ASKING = policy("help.ask", Role.CONTACT, strength=Strength.STRONG)


@require_safe
@READING
def overview(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    page = {"lines": queries.lines(actor, at=clock.now()), "asks": actor.has(Role.CONTACT)}
    return render(request, "requests/overview.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@ASKING
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        row = actions.ask(
            Subject(said["subject"]), said["question"], by=acting(request), at=clock.now()
        )
        return redirect("requests:one", row.pk)
    status = 422 if form.errors else 200
    return render(request, "requests/ask.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@READING
def one(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One request; those who answer do it here."""
    actor, at = acting(request), clock.now()
    row = queries.find(actor, pk, at=at)
    answers = actor.has(*ANSWERERS)
    if row is None or (request.method == "POST" and not answers):
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = partial(actions.answer, row, form.cleaned_data["answer"], by=actor, at=at)
        if tried(form, answer, REFUSAL, field="answer"):
            return redirect("requests:one", pk)
        row.refresh_from_db()
    with actions.reading(row, by=actor, at=at) as handle:
        texts = {name: handle.read(row, name, str) for name in ("question", "answer")}
    page = {
        "line": queries.line_of(row, clock.today()),
        "texts": texts,
        "form": form if answers and (row.answered_at is None or form.errors) else None,
    }
    return render(request, "requests/one.html", page, status=422 if form.errors else 200)
