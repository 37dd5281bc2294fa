"""Signing in: allauth's views behind our own doors, and the demonstration's short cut."""

import functools
import time
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.views import deactivate_totp as remove_an_app
from allauth.mfa.webauthn import views as webauthn

from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts import actions, codes, queries, rules, totp
from varna.foundation.accounts.middleware import acting, began_at, begin, forget
from varna.foundation.accounts.models import ROLE_LABELS, Account
from varna.foundation.accounts.rules import WhyNotEnrol
from varna.foundation.notices import adapter as notices
from varna.foundation.ui.views import leave_nothing
from varna.site import sign_in_forms as forms
from varna.site.sign_in_forms import AddApp


View = Callable[..., HttpResponseBase]


class AskForCode(account.RequestLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """Asks for a code. Whether the address is known, and whether one was sent, looks the same."""

    def form_valid(self, form: forms.AskForCode) -> HttpResponseBase:
        if form._user is not None:  # noqa: SLF001 (allauth's own views read it)
            notices.Adapter(self.request).ask(self.request, form._user)  # noqa: SLF001
        response: HttpResponseBase = super().form_valid(form)
        return response


@policy("sign_in")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """A passkey, or an address to send a code to."""
    response: HttpResponseBase = AskForCode.as_view(
        template_name="account/login.html",
        extra_context={"people": demo_people if settings.DEMO else None},
    )(request)
    return response


def demo_people() -> list[dict[str, object]]:
    """Everybody who works there, so that two can be two; and one of the elected."""
    return [
        {"account": somebody, "role": ROLE_LABELS[role]}
        for role, somebody in queries.somebody_to_be(at=clock.now())
    ]


@policy("sign_in")
@require_POST
def be_somebody(request: HttpRequest) -> HttpResponse:
    """The demonstration's short cut. Anywhere else it does not exist."""
    if not settings.DEMO:
        raise Http404
    somebody = Account.objects.in_force().filter(email=request.POST.get("email", "")).first()
    if somebody is None:
        raise Http404
    login(request, somebody, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["account_authentication_methods"] = [{"method": "demo", "at": time.time()}]
    begin(request, at=clock.now())
    actions.note_sign_in(somebody, ["demo"], at=clock.now())
    return redirect("home")


@policy("sign_in")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session, also one that a receipt code opened, and let the browser keep nothing."""
    if request.method != "POST" and acting(request).report is not None:
        return render(request, "account/logout.html")
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        forget(request)
        leave_nothing(response)
    return response


def told(view: View, why: str) -> View:
    """Where allauth leads back to the first page without a word, say why."""

    @functools.wraps(view)
    def telling(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.headers.get("Location") == _sign_in_page():
            return redirect(f"{_sign_in_page()}?fel={why}")
        return response

    return telling


def _sign_in_page() -> str:
    return reverse("account_login")


def why_not_enrol(request: HttpRequest) -> WhyNotEnrol | None:
    somebody = cast("Account", request.user)
    return rules.why_not_enrol(
        acting(request).strength,
        has_authenticator=actions.has_authenticator(somebody),
        may_enrol_until=somebody.may_enrol_until,
        at=clock.now(),
    )


def noting(view: View) -> View:
    """What comes and goes among somebody's passkeys and apps leaves a line. Whoever takes one away
    signs in anew with what is left, here as everywhere.
    """

    @functools.wraps(view)
    def noted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        somebody, began, by = cast("Account", request.user), began_at(request), acting(request)
        with actions.noting_authenticators(somebody, began_at=began, by=by, at=clock.now()) as held:
            request.user = held
            response = view(request, *args, **kwargs)
        if held.sessions_from == somebody.sessions_from:
            return response
        forget(request)
        return redirect(f"{_sign_in_page()}?klart=nyckel")

    return noted


def enrolling(view: View) -> View:
    """Whoever only reads somebody's mail must not add a key; allauth alone would let them."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if why_not_enrol(request) is not None:
            return redirect("stronger")
        return view(request, *args, **kwargs)

    return guarded


APP = "app"  # in the session, which is sealed: the secret of an app that is being added


@require_http_methods(["GET", "POST"])
def add_an_app(request: HttpRequest) -> HttpResponse:
    """Show a new secret, and keep it when the app has shown that it knows it."""
    somebody = cast("Account", request.user)
    if actions.has_app(somebody):
        return redirect("mfa_deactivate_totp")
    if request.method == "GET" or APP not in request.session:
        request.session[APP] = totp.new_secret()
    form = AddApp(request.POST or None, user=somebody, secret=request.session[APP])
    if form.is_valid():
        codes.add_app(somebody, form.secret, last=form.last)
        del request.session[APP]
        return redirect("mfa_index")
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(somebody, form.secret))
    return render(request, "mfa/totp/activate_form.html", {"form": form, "totp_svg": svg})


confirm_code = policy("sign_in")(told(account.confirm_login_code, "kod"))
passkey_sign_in = policy("sign_in")(told(webauthn.login_webauthn, "nyckel"))
add_passkey = policy("own_account", signed_in=True)(noting(enrolling(webauthn.add_webauthn)))
fresh = reauthentication_required(app="allauth.mfa")
add_app = policy("own_account", signed_in=True)(noting(enrolling(fresh(add_an_app))))
remove_passkey = policy("own_account", signed_in=True)(noting(webauthn.remove_webauthn))
remove_app = policy("own_account", signed_in=True)(noting(remove_an_app))
