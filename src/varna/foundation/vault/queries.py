"""Can what is sealed still be read?"""

import operator
import uuid
from dataclasses import dataclass
from functools import reduce

from django.db.models import Model, Q

from varna.foundation.keys.store import keystore
from varna.foundation.vault.fields import SealedField
from varna.foundation.vault.sweeps import columns


@dataclass(frozen=True, slots=True)
class Keyless:
    """Of so many whose words stand sealed in the database, so many have no keys, and nobody has
    destroyed them.
    """

    owners: int
    missing: int


def keyless() -> Keyless:
    """Every row that holds something sealed is asked whose keys it needs."""
    store = keystore()
    known, needed = store.owners() | store.destroyed(), sealed_owners()
    return Keyless(len(needed), len(needed - known))


def sealed_owners() -> set[uuid.UUID]:
    """Everybody whose keys something in the database is sealed by."""
    found: set[uuid.UUID] = set()
    for model, owner in columns():
        rows = model._base_manager.filter(_holds_something(model, owner))  # noqa: SLF001 (every row)
        if isinstance(owner, uuid.UUID):
            found |= {owner} if rows.exists() else set()
        else:
            found |= set(rows.values_list(owner, flat=True).distinct())
    return found - {None}  # a row may belong to nobody


def _holds_something(model: type[Model], owner: str | uuid.UUID) -> Q:
    fields = model._meta.local_concrete_fields  # noqa: SLF001 (Django's public _meta)
    sealed = [f.name for f in fields if isinstance(f, SealedField) and f.owner == owner]
    return reduce(operator.or_, (Q(**{f"{name}__isnull": False}) for name in sealed))
