"""What every answer carries: nothing is kept, nothing is told to other sites."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from varna.foundation.vault.service import GoneError


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


class GonePage:
    """What has lost its keys is answered with a page that says so, whichever view asked for it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, GoneError):
            return None
        return render(request, "errors/gone.html", {"destroyed": fault.destroyed}, status=410)


def plain_errors(respond: Respond) -> Respond:
    """Keep Django from logging addresses: where somebody was is nobody's business."""
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    return respond
