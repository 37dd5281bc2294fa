"""Quick exit, the stylesheet with the municipality's colour, and the error pages."""

from pathlib import Path

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from varna.foundation.access.policies import policy
from varna.foundation.ui.context import frame
from varna.foundation.ui.stylesheet import stylesheet


A_YEAR = 31_536_000
PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}


@require_safe
@policy("leave")
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: forget the session and what the browser keeps, and go to a neutral site."""
    response = HttpResponseRedirect(settings.EXIT_URL)
    if _is_a_click(request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.session.flush()
        leave_nothing(response)
    return response


def _is_a_click(request: HttpRequest) -> bool:
    """On one of our own pages, or written by hand: another site can neither show the address as a
    picture nor lead somebody to it, and so sign them out. An old browser does not say.
    """
    to, where = (request.headers.get(f"Sec-Fetch-{what}") for what in ("Dest", "Site"))
    return to in {None, "document"} and where in {None, "none", "same-origin"}


def leave_nothing(response: HttpResponseBase) -> None:
    """Let the browser keep nothing of ours. Our cookies go by name: asked to clear "cookies", a
    browser would sign everybody out of the municipality's other sites as well.
    """
    response["Clear-Site-Data"] = '"cache", "storage"'
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")


@require_safe
@policy("theme")
def theme(request: HttpRequest) -> HttpResponse:
    """The looks. Kept for a year by whoever asks for the version that is in force."""
    sheet = stylesheet()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        sheet.packed if packed else sheet.plain, content_type="text/css; charset=utf-8"
    )
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    kept = A_YEAR if request.GET.get("v") == sheet.version else 0
    response["Cache-Control"] = f"public, max-age={kept}" + (", immutable" if kept else "")
    return response


@require_safe
@policy("theme")
def logotype(_request: HttpRequest) -> HttpResponse:
    """The municipality's own picture, shown at the top of every page."""
    path = Path(settings.LOGOTYPE)
    kind = PICTURES.get(path.suffix.lower())
    if kind is None or not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type=kind)
    response["Cache-Control"] = "public, max-age=86400"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The same page, to the byte, for what is missing and for what one may not see."""
    return HttpResponse(render_to_string("errors/404.html", frame()), status=404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Asks neither the database nor the session: they may be what is broken."""
    return HttpResponse(render_to_string("errors/500.html", frame()), status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The page was open too long, or came from elsewhere."""
    return HttpResponse(render_to_string("errors/form_too_old.html", frame()), status=403)
