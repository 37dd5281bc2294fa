"""Can what is sealed still be read?"""

import operator
import uuid
from dataclasses import dataclass
from functools import reduce

from django.db.models import Q

from varna.foundation.keys.store import keystore
from varna.foundation.vault.fields import sealed_columns


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
    for model, fields in sealed_columns():
        for owner in {field.owner for field in fields}:
            assert owner is not None  # noqa: S101 (the field refuses to be made without)
            sealed = (Q(**{f"{f.name}__isnull": False}) for f in fields if f.owner == owner)
            rows = model._base_manager.filter(reduce(operator.or_, sealed))  # noqa: SLF001 (every row)
            if isinstance(owner, uuid.UUID):
                found |= {owner} if rows.exists() else set()
            else:
                found |= set(rows.values_list(owner, flat=True).distinct())
    return found - {None}  # a row may belong to nobody
