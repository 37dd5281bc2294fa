"""What the invited meet by their link: the answer, the code in the room, the self-study and the
certificate. No sign-in, no cookie.
"""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from varna.foundation import clock
from varna.foundation.access.limits import BUCKETS, HOUR
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.ui.forms import tried
from varna.invitations.models import Invitation
from varna.invitations.queries import by_token
from varna.invitations.views import respond, show, unknown
from varna.training import queries, rules
from varna.training.actions import attending
from varna.training.forms import CodeForm
from varna.training.models import Session
from varna.training.words import HOW, RESULTS, course


TRIES = 10
invited_only = policy("training.invited")


def _behind(token: str) -> tuple[Invitation, Session] | None:
    invitation = by_token(token)
    session = queries.session_of(invitation) if invitation is not None else None
    return (invitation, session) if invitation is not None and session is not None else None


# Nothing is sent but the token in the address and what one writes: no cookie to make use of.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@invited_only
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """A session: answer, and write the code when one is there. A self-study: go on with it."""
    found = _behind(token)
    if found is None:
        return unknown(request)
    invitation, session = found
    code = CodeForm(request.POST if "code" in request.POST else None)
    if code.is_bound:
        if code.is_valid() and _attended(request, found, token, code):
            return redirect(request.path)
        request.method = "GET"  # the answer has not been asked for
    more = _more(invitation, session, code) | {"token": token}
    return respond(request, token, "training/invited.html", more)


def _more(invitation: Invitation, session: Session, code: CodeForm) -> dict[str, Any]:
    occasion, at = session.occasion, clock.now()
    came = queries.attended(session.pk).get(invitation.invitee)
    passed = queries.steps(session.pk, invitation.invitee)
    return {
        "session": session,
        "code": code,
        "takes_code": not occasion.cancelled_at
        and rules.code_counts(occasion.starts_at, occasion.ends_at, at),
        "how": HOW[rules.How(came)] if came else "",
        "parts": len(course.PARTS),
        "passed": len(passed),
        "resume": next((n for n in range(1, len(course.PARTS) + 1) if n not in passed), 1),
    }


def _attended(
    request: HttpRequest, found: tuple[Invitation, Session], token: str, code: CodeForm
) -> bool:
    invitation, session = found
    level = BUCKETS.level("attendance", str(invitation.pk), most=TRIES, seconds=HOUR)
    if level > 1.0:
        code.add_error("code", RESULTS["too_many"])
        return False
    written = code.cleaned_data["code"]
    attend = partial(attending.attend_by_code, session, token, written)
    return tried(code, lambda: attend(by=acting(request), at=clock.now()), RESULTS, field="code")


@require_safe
@invited_only
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """A page to print, for whoever took part."""
    found = _behind(token)
    if found is None:
        return unknown(request)
    invitation, session = found
    day = queries.attended_on(session, invitation.invitee)
    if day is None:
        return unknown(request)
    page = {
        "session": session,
        "occasion": session.occasion,
        "name": queries.certificate_name(invitation.invitee),
        "day": day,
        "token": token,
    }
    return show(request, "training/certificate.html", page)
