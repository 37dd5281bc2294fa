"""Do the database and the keystore belong together? And is everything else well?"""

import datetime as dt
import sqlite3

from django.conf import settings
from django.db import DatabaseError, connection

from varna.foundation import rooms
from varna.foundation.audit.models import Event
from varna.foundation.audit.queries import has_leapt, known_clock
from varna.foundation.keys import rules
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.models import Installation
from varna.foundation.keys.providers import RootKeyError
from varna.foundation.keys.rules import Bond, Side
from varna.foundation.keys.store import keystore
from varna.foundation.outbox.queries import last_beat, waits_since
from varna.foundation.vault import reserve
from varna.foundation.vault.space import why_full


DAMAGED = "keystore_damaged"  # a pulse that beats when the worker has read it through and says so
WORKER_MAY_BE_SILENT = dt.timedelta(seconds=30)


def database_side() -> Side:
    tables = connection.introspection.table_names()
    if Event._meta.db_table not in tables:  # noqa: SLF001 (Django's public _meta)
        return Side(lived=False)
    named = Installation._meta.db_table in tables  # noqa: SLF001
    said = Installation.belonging() if named else None
    return Side(said is not None or Event.unscoped.exists(), said)


def bond(database: Side) -> Bond:
    """What the keystore beside it is to a database."""
    store = keystore()
    if not store.is_there:
        return rules.bond(database, None, own=False)
    here = Side(store.holds_keys, store.belonging())
    said = [side.belonging for side in (database, here) if side.belonging is not None]
    own = not store.tells_whose or all(store.gave(one) for one in said)
    return rules.bond(database, here, own=own)


# ── is everything well? ───────────────────────────────────────────────────────────────────────
def parts(*, at: dt.datetime) -> dict[str, bool]:
    """Each part of the installation, and whether it is well."""
    found = {"database": _database(), "keystore": _keys(), "worker": _worker(at)}
    reads = found["database"] and found["keystore"]
    found["clock"] = reads and not has_leapt()
    found["receivers"] = reads and _receivers(at)
    found["mail"] = found["database"] and _mail(at)
    found["files"] = _files()
    found["reserve"] = reserve.held()
    found["backup"] = found["database"] and _backup(at)
    return found


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _keys() -> bool:
    """The provider opens the newest key, the keystore is the database's own, and the worker did not
    find it damaged.
    """
    try:
        keystore().check()
        return bond(database_side()) is Bond.WELL and last_beat(DAMAGED) is None
    except (RootKeyError, KeysMissingError, OSError, DatabaseError, sqlite3.Error):
        return False


def _worker(at: dt.datetime) -> bool:
    try:
        return _beats("worker", WORKER_MAY_BE_SILENT, at)
    except DatabaseError:
        return False


def _mail(at: dt.datetime) -> bool:
    """No mail has waited longer than it may."""
    since = waits_since(at=at)
    return since is None or at - since < dt.timedelta(minutes=settings.MAIL_LATE_MINUTES)


def _backup(at: dt.datetime) -> bool:
    """The last backup that was read again is not too old; without a limit nobody watches it."""
    hours = settings.BACKUP_HOURS
    return not hours or _beats("backup", dt.timedelta(hours=hours), at)


def _beats(name: str, within: dt.timedelta, at: dt.datetime) -> bool:
    last = last_beat(name)
    return last is not None and at - last < within


def _receivers(at: dt.datetime) -> bool:
    """Somebody receives reports, and each that has come can be read by somebody."""
    return all(well(at=at) for well in rooms.handed("health.receivers"))


def _files() -> bool:
    """There is room for what may be sent."""
    try:
        return why_full() is None
    except OSError:
        return False


def seen() -> dict[str, dt.datetime | None]:
    """When the worker last showed that it is alive, and when a copy was last read again."""
    return {name: last_beat(name) for name in ("worker", "backup")}


def believed_until() -> dt.datetime | None:
    """What the clock said when it was last believed, where it has leapt since."""
    known, _seen = known_clock()
    return known.at if known is not None and has_leapt() else None
