"""Can what is sealed still be read?"""

import operator
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Q, QuerySet

from varna.foundation.keys.rules import Compartment
from varna.foundation.keys.store import keystore
from varna.foundation.vault.fields import sealed_columns


@dataclass(frozen=True, slots=True)
class Keyless:
    """Of so many whose words stand sealed in the database, so many lack a key, of whichever
    compartment, and nobody has destroyed them.
    """

    owners: int
    missing: int


def keyless() -> Keyless:
    """Every row that holds something sealed is asked whose keys it needs."""
    store = keystore()
    needed = sealed_by()
    lacking = _owners_of(needed - store.held()) - store.destroyed()
    return Keyless(len(_owners_of(needed)), len(lacking))


def sealed_owners() -> set[uuid.UUID]:
    """Everybody whose keys something in the database is sealed by."""
    return _owners_of(sealed_by())


def _owners_of(keys: Iterable[tuple[uuid.UUID, Compartment]]) -> set[uuid.UUID]:
    return {owner for owner, _compartment in keys}


def sealed_by() -> set[tuple[uuid.UUID, Compartment]]:
    """Every key that something in the database is sealed by, whatever version of it."""
    found: set[tuple[uuid.UUID, Compartment]] = set()
    for model, fields in sealed_columns():
        for owner, compartment in {(field.owner, field.compartment) for field in fields}:
            mine = [f for f in fields if (f.owner, f.compartment) == (owner, compartment)]
            sealed = reduce(operator.or_, (Q(**{f"{f.name}__isnull": False}) for f in mine))
            rows = model._base_manager.filter(sealed)  # noqa: SLF001 (every row)
            found |= {(one, compartment) for one in _owners(rows, owner)}
    return found


def _owners(rows: QuerySet[Any], owner: uuid.UUID | str | None) -> set[uuid.UUID]:
    assert owner is not None  # noqa: S101 (the field refuses to be made without)
    if isinstance(owner, uuid.UUID):
        return {owner} if rows.exists() else set()
    return set(rows.values_list(owner, flat=True).distinct()) - {None}  # or it belongs to nobody
