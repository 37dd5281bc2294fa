"""What every answer carries: nothing is kept, nothing is told to other sites."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


Respond = Callable[[HttpRequest], HttpResponse]


def quiet_headers(respond: Respond) -> Respond:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    return middleware


def plain_errors(respond: Respond) -> Respond:
    """Keep Django from logging addresses: where somebody was is nobody's business."""
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    return respond
