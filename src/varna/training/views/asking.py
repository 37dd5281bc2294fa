"""Send the invitations, hand over by hand, try again."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.foundation.deeds import WhyNot
from varna.invitations import queries as invitations
from varna.invitations.actions import inviting
from varna.invitations.rules import Standing, is_over
from varna.invitations.words import STANDINGS
from varna.training import pages
from varna.training.actions import asking
from varna.training.models import Session
from varna.training.rules import NotNow
from varna.training.views.arranging import found_session, keeping


A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@keeping()
def send(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How many it would be today; then send."""
    session = found_session(request, pk)
    occasion = session.occasion
    if occasion.cancelled_at or is_over(occasion.starts_at, occasion.ends_at, clock.now()):
        raise Http404
    if request.method == "POST":
        try:
            asking.send(session, by=acting(request), at=clock.now())
        except WhyNot as why:
            if why.reason is not NotNow.NOBODY:  # the page below says so
                raise Http404 from None
        else:
            return redirect("training:session", pk)
    ask = pages.ask(session, clock.today())
    page = {"session": session, "ask": ask, "groups": pages.groups(session)}
    return render(request, "training/send.html", page, status=200 if ask.people else 422)


@require_http_methods(["GET", "HEAD", "POST"])
@keeping()
def invited(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who was invited, what became of it and what they answered; those without an address first."""
    session, actor, at = found_session(request, pk), acting(request), clock.now()
    if request.method == "POST":
        _given_or_renewed(request, session)
        return redirect(request.get_full_path())
    lines = invitations.lines(actor, session.occasion_id, at=at)
    only = request.GET.get("visa", "")
    if only in {standing.value for standing in Standing}:
        lines = [line for line in lines if line.standing == only]
    people = Paginator(pages.named(actor, lines, at=at), A_PAGE)
    page = {
        "session": session,
        "only": only,
        "page": people.get_page(request.GET.get("sida")),
        "standings": [(standing.value, label) for standing, label in STANDINGS.items()],
    }
    return render(request, "training/people.html", page)


DEEDS = {
    "given": inviting.give_by_hand,
    "renew": inviting.renew,
    "bounced": inviting.report_bounce,
}


def _given_or_renewed(request: HttpRequest, session: Session) -> None:
    """What the button that was pressed says of its invitation."""
    pressed = next((name for name in DEEDS if name in request.POST), None)
    rows = invitations.invitations_to(acting(request), session.occasion_id)
    found = rows.select_related("occasion")
    wanted = request.POST.get(pressed) if pressed else None
    row = next((row for row in found if str(row.pk) == wanted), None)
    if row is None or (pressed == "renew" and session.occasion.cancelled_at is not None):
        raise Http404
    DEEDS[str(pressed)](row, by=acting(request), at=clock.now())


@require_POST
@keeping()
def again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Try once more with what could not be sent."""
    session = found_session(request, pk)
    if session.occasion.cancelled_at is not None:
        raise Http404
    inviting.send_again(session.occasion, by=acting(request), at=clock.now())
    return redirect("training:session", pk)
