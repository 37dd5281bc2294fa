"""For a load balancer, for whoever watches, and for those who run Värna: is everything well?"""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Role, Strength
from varna.foundation.deeds import WhyNot
from varna.operation import words
from varna.operation.actions.clock import confirm
from varna.operation.queries import believed_until, parts, seen


SERVING = ("database", "keystore")


@require_safe
@policy("health")
def live(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@policy("health")
def ready(_request: HttpRequest) -> HttpResponse:
    """For whoever sends visitors to us: 503 when we cannot serve, that is when database, keystore
    or key provider is not well. What else is wrong is told, and whoever took us out of use
    for it would stop reports from coming in.
    """
    found = parts(at=clock.now())
    return _answer(found, well=all(found[name] for name in SERVING))


@require_safe
@policy("health")
def watched(_request: HttpRequest) -> HttpResponse:
    """For whoever watches: 503 when anything at all is wrong."""
    found = parts(at=clock.now())
    return _answer(found, well=all(found.values()))


def _answer(found: dict[str, bool], *, well: bool) -> HttpResponse:
    answer = {name: "ok" if good else "fault" for name, good in found.items()}
    return JsonResponse(answer, status=200 if well else 503)


@require_safe
@policy("operation.read", Role.OPERATOR, strength=Strength.STRONG)
def overview(request: HttpRequest) -> HttpResponse:
    """The same in words, and what to do. Nothing about anybody's case, account or report."""
    at = clock.now()
    found = parts(at=at)
    rows = [
        (words.PARTS[name], good, "" if good else words.WHAT_TO_DO[name])
        for name, good in found.items()
    ]
    wrong = sum(not good for good in found.values())
    context: dict[str, object] = {
        "rows": rows,
        "wrong": wrong,
        "seen": seen(),
        "version": words.version(),
    }
    if not found["clock"] and found["keystore"]:
        context |= {"now": at, "believed": believed_until()}
    return render(request, "operation/overview.html", context)


@require_POST
@policy("operation.confirm_clock", Role.OPERATOR, strength=Strength.STRONG)
def confirm_clock(request: HttpRequest) -> HttpResponse:
    with suppress(WhyNot):  # somebody else was first, or it has been set right
        confirm(by=acting(request), at=clock.now())
    return redirect("operation:overview")
