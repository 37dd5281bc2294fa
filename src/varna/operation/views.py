"""For a load balancer: is the process alive, and is everything it needs well?"""

import datetime as dt

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from varna.foundation import clock, rooms
from varna.foundation.access.policies import policy
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.providers import RootKeyError
from varna.foundation.keys.rules import Bond
from varna.foundation.keys.store import keystore
from varna.foundation.outbox.queries import last_beat, waits_since
from varna.foundation.vault import reserve
from varna.foundation.vault.space import why_full
from varna.operation.queries import bond, database_side


WORKER_MAY_BE_SILENT = dt.timedelta(seconds=30)


@require_safe
@policy("health")
def live(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@policy("health")
def ready(_request: HttpRequest) -> HttpResponse:
    """For whoever sends visitors to us: 503 when we cannot serve, that is when database, keystore,
    key provider or worker is not well. What else is wrong is told, and whoever took us out of use
    for it would stop reports from coming in.
    """
    parts = _parts()
    return _answer(parts, well=all(parts[name] for name in SERVING))


@require_safe
@policy("health")
def watched(_request: HttpRequest) -> HttpResponse:
    """For whoever watches: 503 when anything at all is wrong."""
    parts = _parts()
    return _answer(parts, well=all(parts.values()))


SERVING = ("database", "keystore", "worker")


def _parts() -> dict[str, bool]:
    parts = {"database": _database(), "keystore": _keys(), "worker": _worker()}
    reads = parts["database"] and parts["keystore"]
    parts["receivers"] = reads and _receivers()
    parts["mail"] = parts["database"] and _mail()
    parts["files"] = _files()
    parts["reserve"] = reserve.held()
    parts["backup"] = parts["database"] and _backup()
    return parts


def _answer(parts: dict[str, bool], *, well: bool) -> HttpResponse:
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
    """The keystore can be read, the provider opens its newest key, and it is the database's own."""
    try:
        keystore().check()
        return bond(database_side()) is Bond.WELL
    except (RootKeyError, KeysMissingError, OSError, DatabaseError):
        return False


def _worker() -> bool:
    try:
        return _beats("worker", WORKER_MAY_BE_SILENT)
    except DatabaseError:
        return False


def _mail() -> bool:
    """No mail has waited longer than it may."""
    since = waits_since(at=clock.now())
    return since is None or clock.now() - since < dt.timedelta(minutes=settings.MAIL_LATE_MINUTES)


def _backup() -> bool:
    """The last backup that was read again is not too old; without a limit nobody watches it."""
    hours = settings.BACKUP_HOURS
    return not hours or _beats("backup", dt.timedelta(hours=hours))


def _beats(name: str, within: dt.timedelta) -> bool:
    last = last_beat(name)
    return last is not None and clock.now() - last < within


def _receivers() -> bool:
    """Somebody receives reports, and each that has come can be read by somebody."""
    return all(well(at=clock.now()) for well in rooms.handed("health.receivers"))


def _files() -> bool:
    """There is room for what may be sent."""
    try:
        return why_full() is None
    except OSError:
        return False
