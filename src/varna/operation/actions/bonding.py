"""Make the keys of a new installation, and only there; write down that it is one."""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varna.foundation.deeds import upkeep
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.models import Installation
from varna.foundation.keys.providers import make_root_file
from varna.foundation.keys.rules import Bond
from varna.foundation.keys.store import keystore
from varna.foundation.vault.queries import keyless
from varna.operation.queries import bond, database_side


NO_ROOT = _(
    "There is a keystore or a database but no root key. Put the root key back from its safe copy; "
    "a new one cannot open what is sealed."
)
FORGOTTEN: dict[Bond, str | Promise] = {
    Bond.NO_KEYSTORE: _(
        "The database is of an installation whose keystore is not at %(keystore)s. Put the newest "
        "keystore there (is the volume mounted, was a step of the restore forgotten?). A new one "
        "is not made: it could not open what is sealed."
    ),
    Bond.NO_DATABASE: _(
        "The keystore at %(keystore)s holds keys, and the database is empty. Put the database back "
        "(does DATABASE_URL name the right one?). To begin a new installation, move the keystore "
        "away."
    ),
    Bond.OTHER: _(
        "The keystore at %(keystore)s is not the one that this database was written with. Put the "
        "installation's own newest keystore there."
    ),
}


@upkeep
def make_keys() -> bool:
    """Make root key (provider file only) and keystore where nothing has lived yet; raise
    KeysMissingError, which says what was forgotten, where something has. Answer whether a root key
    was made.
    """
    there = database_side()
    fresh = settings.KEY_PROVIDER == "file" and not settings.ROOT_KEY_FILE.exists()
    if fresh:
        if settings.KEYSTORE.exists() or there.lived:
            raise KeysMissingError(str(NO_ROOT))
        make_root_file(settings.ROOT_KEY_FILE)
    stop_at(bond(there))
    keystore().create()
    return fresh


def stop_at(found: Bond) -> None:
    if found in FORGOTTEN:
        raise KeysMissingError(str(FORGOTTEN[found]) % {"keystore": settings.KEYSTORE})


@upkeep
def bind() -> None:
    """Let database and keystore say that they belong together. Two from before they could say so
    are compared by what they hold.
    """
    there = database_side()
    found = bond(there)
    if found is Bond.WELL:
        return
    stop_at(found)
    held = keyless()
    if held.owners and held.owners == held.missing:
        stop_at(Bond.OTHER)
    said = there.belonging or keystore().belonging()
    made = keystore().belong_to(said.id if said else uuid.uuid4())
    with transaction.atomic():
        Installation.unscoped.all().delete()
        Installation.unscoped.create(id=made.id, tag=made.tag)
