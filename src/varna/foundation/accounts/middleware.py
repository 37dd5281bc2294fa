"""Every request knows its actor, and a session ends when it has been left alone or is old."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from varna.foundation import clock
from varna.foundation.accounts import rules
from varna.foundation.accounts.actions import actor_of
from varna.foundation.accounts.rules import ANONYMOUS, Actor, SessionLimits, Strength
from varna.foundation.accounts.sessions import BEGAN, SEEN, WAYS, WITH


Respond = Callable[[HttpRequest], HttpResponse]
NOTED_EVERY = dt.timedelta(minutes=1)  # a session is not written at each request


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
    account, at = request.user, clock.now()
    actor = actor_of(account, strength=strength_of(request), at=at)
    if _has_ended(request, rules.limits_for(actor.roles), account.sessions_from, at=at):
        forget(request)
        return ANONYMOUS
    return actor


def _has_ended(
    request: HttpRequest,
    limits: SessionLimits,
    sessions_from: dt.datetime | None = None,
    *,
    at: dt.datetime,
) -> bool:
    began, seen = began_at(request), _moment(request, SEEN)
    if began is None or seen is None:  # nobody has signed in here
        return True
    if rules.is_over(limits, began_at=began, seen_at=seen, sessions_from=sessions_from, at=at):
        return True
    if at - seen >= NOTED_EVERY:
        request.session[SEEN] = at.timestamp()
    return False


def begin(request: HttpRequest, *, at: dt.datetime) -> None:
    """Somebody has just signed in here. When is held against what is taken away later; with what,
    in two coarse words, is for their own list.
    """
    line = request.headers.get("User-Agent", "")
    request.session[BEGAN] = request.session[SEEN] = at.timestamp()
    request.session[WITH] = [rules.browser_of(line), rules.platform_of(line)]


def began_at(request: HttpRequest) -> dt.datetime | None:
    return _moment(request, BEGAN)


def _moment(request: HttpRequest, name: str) -> dt.datetime | None:
    kept = request.session.get(name)
    return None if kept is None else dt.datetime.fromtimestamp(kept, dt.UTC)


def forget(request: HttpRequest) -> None:
    """End this session: nothing of it is kept, and whoever it was is nobody."""
    request.session.flush()
    request.user = AnonymousUser()


def _with_receipt(request: HttpRequest) -> Actor:
    """The holder of a receipt code, while the code's session lives."""
    report = request.session.get("receipt")
    if report is None:
        return ANONYMOUS
    if _has_ended(request, rules.RECEIPTS, at=clock.now()):
        forget(request)
        return ANONYMOUS
    return Actor(report=uuid.UUID(report), strength=Strength.CODE)


def hold_receipt(request: HttpRequest, report: uuid.UUID) -> None:
    """Start a session that knows nothing but one report; whoever was signed in is not any more."""
    request.session.flush()
    request.session["receipt"] = str(report)
    request.session[BEGAN] = request.session[SEEN] = clock.now().timestamp()


def strength_of(request: HttpRequest) -> Strength:
    """Read how this session was signed in, as allauth has written it down."""
    kinds = {(way.get("method"), way.get("type")) for way in _ways(request)}
    if any(method == "mfa" for method, _ in kinds):
        return Strength.STRONG
    if settings.DEMO and ("demo", None) in kinds:
        return Strength.STRONG
    return Strength.MAIL


def _ways(request: HttpRequest) -> list[dict[str, str]]:
    used = request.session.get(WAYS, [])
    return [way for way in used if isinstance(way, dict)]


def ways_of(request: HttpRequest) -> list[str]:
    """The ways this session was signed in, for the log: "code", "totp", "webauthn"."""
    return [way.get("type") or way.get("method", "") for way in _ways(request)]


def keys_of(request: HttpRequest) -> list[int]:
    """The passkeys and apps that this session was signed in with."""
    return [int(way["id"]) for way in _ways(request) if "id" in way]


def acting(request: HttpRequest) -> Actor:
    """The actor that the middleware found, with its type."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]
