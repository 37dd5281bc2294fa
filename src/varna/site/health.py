"""For a load balancer: is the process alive, and is everything it needs well?"""

import datetime as dt

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from varna.foundation import clock, rooms
from varna.foundation.access.policies import policy
from varna.foundation.keys.providers import RootKeyError
from varna.foundation.keys.store import KeysMissingError, keystore
from varna.foundation.outbox.models import Pulse
from varna.foundation.vault.space import why_full


WORKER_MAY_BE_SILENT = dt.timedelta(seconds=30)


@require_safe
@policy("health")
def live(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@policy("health")
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when database, keystore, key provider and worker are well; else 503 and which is not.

    That nobody can read a report, or that there is no room for files, is told too, but does not
    make it 503: whoever takes us out of use for it stops reports from coming in.
    """
    parts = {"database": _database(), "keystore": _keys(), "worker": _worker()}
    well = all(parts.values())
    parts["receivers"] = parts["database"] and parts["keystore"] and _receivers()
    parts["files"] = _files()
    answer = {name: "ok" if good else "fault" for name, good in parts.items()}
    return JsonResponse(answer, status=200 if well else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _keys() -> bool:
    """The keystore can be read and the provider opens its newest key."""
    try:
        keystore().check()
    except (RootKeyError, KeysMissingError, OSError):
        return False
    return True


def _worker() -> bool:
    try:
        last = Pulse.unscoped.filter(name="worker").values_list("at", flat=True).first()
    except DatabaseError:
        return False
    return last is not None and clock.now() - last < WORKER_MAY_BE_SILENT


def _receivers() -> bool:
    """Somebody receives reports, and each that has come can be read by somebody."""
    return all(well(at=clock.now()) for well in rooms.handed("health.receivers"))


def _files() -> bool:
    """There is room for what may be sent."""
    try:
        return why_full() is None
    except OSError:
        return False
