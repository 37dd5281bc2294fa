"""Answer an invitation by its link: no sign-in, no cookie. The link itself is what admits.

A room with more to show on the page calls `respond` with a template of its own.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.deeds import WhyNot
from varna.invitations import queries, rules, words
from varna.invitations.actions import answering
from varna.invitations.forms import AnswerForm
from varna.invitations.models import Invitation


LANGUAGES = {"sv", "en"}


# Nothing is sent with the request but the token in the address, which a stranger cannot know:
# there is no cookie that another site could make use of.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@policy("invitation.answer")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to, and an answer that can be changed."""
    return respond(request, token, "invitations/answer.html")


def written(request: HttpRequest) -> QueryDict | None:
    """What was sent. Not `POST or None`: a form without a chosen answer sends nothing at all."""
    return request.POST if request.method == "POST" else None


def show(
    request: HttpRequest, template: str, page: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """A page for the invited, in the languages that invitations are written in."""
    spoken = [(code, name) for code, name in settings.LANGUAGES if code in LANGUAGES]
    return render(request, template, page | {"languages": spoken}, status=status)


def unknown(request: HttpRequest) -> HttpResponse:
    """The same calm page for a link that never was and one that is no longer."""
    return show(request, "invitations/unknown.html", {}, status=404)


def respond(
    request: HttpRequest, token: str, template: str, more: dict[str, object] | None = None
) -> HttpResponse:
    invitation = queries.by_token(token)
    if invitation is None:
        return unknown(request)
    form = AnswerForm(written(request), initial={"answer": invitation.answer})
    if request.method == "POST" and form.is_valid():
        try:
            answering.answer(token, form.said(), by=acting(request), at=clock.now())
        except WhyNot:
            return HttpResponseRedirect(request.path)  # the page says why
        return HttpResponseRedirect(f"{request.path}?svarat=ja")
    page = answer_page(request, invitation, form) | (more or {})
    return show(request, template, page, status=422 if form.errors else 200)


def answer_page(
    request: HttpRequest, invitation: Invitation, form: AnswerForm
) -> dict[str, object]:
    occasion = invitation.occasion
    reason = rules.why_not_answer(
        cancelled=occasion.cancelled_at is not None,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        at=clock.now(),
    )
    starts = occasion.starts_at
    return {
        "invitation": invitation,
        "occasion": occasion,
        "when": words.when(starts, occasion.ends_at) if starts else "",
        "form": form,
        "why_not": words.WHY_NOT[reason] if reason else "",
        "answered": request.GET.get("svarat") == "ja",
    }
