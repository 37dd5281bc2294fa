"""Closing a case, and the check afterwards."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from varna.cases import words
from varna.cases.actions import closing
from varna.cases.forms.steps import AfterForm, CloseForm
from varna.cases.queries import facts_of, is_weighed
from varna.cases.rules.steps import why_not_close
from varna.cases.views.ground import back_to, found_case, handling, show, status_of, tried
from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Actor
from varna.foundation.vault import service as vault


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def close(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        asked, by, at = form.cleaned_data, acting(request), clock.now()
        ending = closing.Ending(
            done=asked["done"],
            helped=asked["helped"],
            content=asked["content"],
            told=asked["told"],
            lesson=asked["lesson"],
            no_lesson=asked["no_lesson"],
        )
        if tried(form, lambda: closing.close(case, ending, by=by, at=at)):
            return back_to(case)
    reason = why_not_close(facts_of(case))

    def context(_handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        return {"form": form, "why_not": words.REFUSAL[reason] if reason else ""}

    return show(request, "cases/close.html", case, context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def afterwards(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = AfterForm(request.POST or None, weighed=is_weighed(case))
    if form.is_valid():
        asked, by, at = form.cleaned_data, acting(request), clock.now()
        why = asked.get("no_lesson", "")
        if tried(
            form,
            lambda: closing.check_afterwards(case, asked["words"], no_lesson=why, by=by, at=at),
        ):
            return back_to(case)

    def context(_handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        return {"form": form}

    return show(request, "cases/afterwards.html", case, context, status=status_of(form))
