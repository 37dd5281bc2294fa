"""Every request knows its actor."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from varna.foundation import clock
from varna.foundation.accounts.actions import actor_of
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import ANONYMOUS, Actor, Strength


Respond = Callable[[HttpRequest], HttpResponse]


def know_the_actor(respond: Respond) -> Respond:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return respond(request)

    return middleware


def _actor(request: HttpRequest) -> Actor:
    # A request without a session cookie must not touch the session: it would set a cookie.
    if not request.user.is_authenticated:
        return ANONYMOUS
    account = cast("Account", request.user)
    return actor_of(account, strength=strength_of(request), at=clock.now())


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
