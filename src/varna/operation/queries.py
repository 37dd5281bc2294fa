"""Do the database and the keystore belong together? And is everything else well?"""

from django.db import connection

from varna.foundation.audit.models import Event
from varna.foundation.keys import rules
from varna.foundation.keys.models import Installation
from varna.foundation.keys.rules import Bond, Side
from varna.foundation.keys.store import keystore


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
    return rules.bond(database, here, own=all(store.gave(one) for one in said))
