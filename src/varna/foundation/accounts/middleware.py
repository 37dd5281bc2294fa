"""Every request knows its actor."""

import uuid
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from varna.foundation import clock
from varna.foundation.accounts.actions import actor_of
from varna.foundation.accounts.rules import ANONYMOUS, Actor, Strength


RECEIPT_IDLE_SECONDS = 20 * 60
RECEIPT_LIVES_SECONDS = 60 * 60
Respond = Callable[[HttpRequest], HttpResponse]


def know_the_actor(respond: Respond) -> Respond:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return respond(request)

    return middleware


def _actor(request: HttpRequest) -> Actor:
    # A request without a session cookie has no session to ask.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ANONYMOUS
    if not request.user.is_authenticated:
        return _with_receipt(request)
    return actor_of(request.user, strength=strength_of(request), at=clock.now())


def _with_receipt(request: HttpRequest) -> Actor:
    """The holder of a receipt code, while the code's session lives (20 minutes idle, an hour)."""
    report = request.session.get("receipt")
    if report is None:
        return ANONYMOUS
    if clock.now().timestamp() > request.session.get("receipt_until", 0):
        request.session.flush()
        return ANONYMOUS
    request.session.set_expiry(RECEIPT_IDLE_SECONDS)
    return Actor(report=uuid.UUID(report), strength=Strength.CODE)


def hold_receipt(request: HttpRequest, report: uuid.UUID) -> None:
    """Start a session that knows nothing but one report; whoever was signed in is not any more."""
    request.session.flush()
    request.session["receipt"] = str(report)
    request.session["receipt_until"] = clock.now().timestamp() + RECEIPT_LIVES_SECONDS
    request.session.set_expiry(RECEIPT_IDLE_SECONDS)


def strength_of(request: HttpRequest) -> Strength:
    """Read how this session was signed in, as allauth has written it down."""
    used = request.session.get("account_authentication_methods", [])
    kinds = {(way.get("method"), way.get("type")) for way in used if isinstance(way, dict)}
    if any(method == "mfa" for method, _ in kinds) or ("demo", None) in kinds:
        return Strength.STRONG
    return Strength.MAIL


def acting(request: HttpRequest) -> Actor:
    """The actor that the middleware found, with its type."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]
