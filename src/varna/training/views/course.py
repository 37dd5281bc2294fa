"""The self-study: a part a page, with questions whose wrong answers are explained."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.deeds import WhyNot
from varna.invitations.queries import by_token
from varna.invitations.views import show, unknown, written
from varna.training import queries, rules
from varna.training.actions import attending
from varna.training.forms import PartForm
from varna.training.rules import Option, Part
from varna.training.words.course import PARTS, TEXT, TITLE


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered, and what is said about the answer."""

    question: object
    chosen: Option


@require_safe
@policy("training.course", signed_in=True)
def start(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in and invited comes to their own; others see the same parts, and nothing
    is noted.
    """
    own = queries.own_course(acting(request))
    if own is not None:
        return redirect("training:invited", own)
    return render(request, "training/course.html", {"title": TITLE, "text": TEXT, "parts": PARTS})


@require_http_methods(["GET", "HEAD", "POST"])
@policy("training.course", signed_in=True)
def part(request: HttpRequest, number: int) -> HttpResponse:
    found = _part(number)
    form = PartForm(written(request), questions=found.questions)
    passed = form.is_valid() and rules.all_right(found, form.cleaned_data)
    return _page(request, number, form, passed=passed)


# Nothing is sent but the token in the address and the answers: no cookie to make use of.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@policy("training.invited")
def invited_part(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """By the link of an invitation: what one has gone through is noted."""
    invitation, found = by_token(token), _part(number)
    session = queries.session_of(invitation) if invitation is not None else None
    if invitation is None or session is None or not session.is_course:
        return unknown(request)
    if session.occasion.cancelled_at is not None:
        return redirect("training:invited", token)
    form = PartForm(written(request), questions=found.questions)
    try:
        passed = form.is_valid() and attending.pass_part(
            session, token, number, form.cleaned_data, by=acting(request), at=clock.now()
        )
    except WhyNot:
        return redirect("training:invited", token)
    done = number in queries.steps(session.pk, invitation.invitee)
    return _page(request, number, form, passed=passed, token=token, done=done)


def _part(number: int) -> Part:
    if not 1 <= number <= len(PARTS):
        raise Http404
    return PARTS[number - 1]


def _page(
    request: HttpRequest,
    number: int,
    form: PartForm,
    *,
    passed: bool,
    token: str = "",
    done: bool = False,
) -> HttpResponse:
    found = _part(number)
    answered = [
        Answered(question.text, question.options[form.cleaned_data[question.key]])
        for question in found.questions
        if form.is_bound and question.key in form.cleaned_data
    ]
    page = {
        "part": found,
        "number": number,
        "parts": len(PARTS),
        "next": number + 1 if number < len(PARTS) else None,
        "form": form,
        "answered": answered,
        "passed": passed,
        "done": done,
        "token": token,
        "title": TITLE,
    }
    return show(request, "training/part.html", page, status=422 if form.errors else 200)
