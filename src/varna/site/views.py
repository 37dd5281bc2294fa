"""The first page, and where each of us goes from there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Role
from varna.site import sign_in


@require_safe
@policy("start")
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "site/start.html")


@require_safe
@policy("start")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, as DOS-lagen asks for it."""
    return render(
        request,
        "site/accessibility.html",
        {"statement": settings.ACCESSIBILITY, "email": settings.CONTACT_EMAIL},
    )


@require_safe
@policy("start")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html", {"protection_officer": settings.PROTECTION_OFFICER})


@require_safe
@policy("home", signed_in=True)
def home(request: HttpRequest) -> HttpResponse:
    """Lead each role to the page its day starts on."""
    return redirect(_first_page(acting(request).roles))


FIRST_PAGES = (
    (Role.HANDLER, "cases:desk"),
    (Role.LEAD, "cases:desk"),
    (Role.CONTACT, "cases:tasks"),
    (Role.ACCESS_ADMIN, "accounts:list"),
    (Role.REGISTRAR, "register:overview"),
    (Role.PLAN_OWNER, "register:overview"),
    (Role.OPERATOR, "operation:overview"),
    (Role.OFFICIAL, "cases:mine"),
)


def _first_page(roles: frozenset[Role]) -> str:
    return next((page for role, page in FIRST_PAGES if role in roles), "start")


@require_safe
@policy("stronger", signed_in=True)
def stronger(request: HttpRequest) -> HttpResponse:
    """A code by mail is not enough to read; say what is, and how to get it."""
    return render(
        request,
        "site/stronger.html",
        {"why": sign_in.why_not_enrol(request), "next": request.GET.get("next") or reverse("home")},
    )
