"""One's own sessions: where one is signed in, and how to put an end to it."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts import actions, queries
from varna.foundation.accounts.middleware import acting, forget
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Browser, Platform
from varna.foundation.accounts.sessions import stored
from varna.foundation.ui.views import leave_nothing


# However weak: the list holds nothing that anybody has written, and whoever has nothing but a
# mailbox must see that somebody else is in it.
own = policy("own_account", signed_in=True)
BROWSERS: dict[Browser, str | Promise] = {
    Browser.CHROME: "Chrome",
    Browser.EDGE: "Edge",
    Browser.FIREFOX: "Firefox",
    Browser.OPERA: "Opera",
    Browser.SAFARI: "Safari",
    Browser.SAMSUNG: "Samsung Internet",
    Browser.OTHER: _("Another browser"),
}
PLATFORMS: dict[Platform, str | Promise] = {
    Platform.ANDROID: "Android",
    Platform.APPLE_PHONE: _("iPhone or iPad"),
    Platform.LINUX: "Linux",
    Platform.MAC: "Mac",
    Platform.WINDOWS: "Windows",
    Platform.OTHER: _("another device"),
}
# The strongest way tells how the session was signed in.
WAYS: tuple[tuple[str, str | Promise], ...] = (
    ("webauthn", _("with a passkey")),
    ("totp", _("with a code by mail and an authenticator app")),
    ("code", _("with a code by mail")),
)


@require_safe
@own
def every_session(request: HttpRequest) -> HttpResponse:
    here = stored(request.session.session_key)
    rows = [
        {
            "session": one,
            "here": one.name == here,
            "browser": BROWSERS[one.browser],
            "platform": PLATFORMS[one.platform],
            "way": next((word for way, word in WAYS if way in one.ways), ""),
        }
        for one in queries.sessions_of(cast("Account", request.user), at=clock.now())
    ]
    rows.sort(key=lambda row: not row["here"])  # this one first; the rest as they were last used
    return render(request, "site/own_sessions.html", {"rows": rows})


@require_POST
@own
def end_one(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("session", "")
    account = cast("Account", request.user)
    actions.end_session(account, name, by=acting(request), at=clock.now())
    if name == stored(request.session.session_key):
        return _signed_out(request, reverse("account_login"))
    return redirect("own_sessions")


@require_POST
@own
def end_all(request: HttpRequest) -> HttpResponse:
    account = cast("Account", request.user)
    actions.sign_out_everywhere(account, by=acting(request), at=clock.now())
    return _signed_out(request, f"{reverse('account_login')}?klart=overallt")


def _signed_out(request: HttpRequest, where: str) -> HttpResponse:
    forget(request)
    response = redirect(where)
    leave_nothing(response)
    return response
