"""Quick exit, the theme and the error pages."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from varna.foundation.access.policies import policy


@require_safe
@policy("leave")
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: forget the session and what the browser keeps, and go to a neutral site."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_a_click(request):
        request.session.flush()
    response = HttpResponseRedirect(settings.EXIT_URL)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _is_a_click(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Dest", "document") == "document"


@require_safe
@policy("theme")
@cache_control(max_age=3600, public=True)
def theme(_request: HttpRequest) -> HttpResponse:
    """The municipality's colour, as one custom property."""
    colour = settings.BRAND_COLOUR
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        colour = "#1d5a7a"
    return HttpResponse(f":root{{--brand:{colour}}}", content_type="text/css; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The page was open too long, or came from elsewhere."""
    return render(request, "errors/form_too_old.html", status=403)
