"""Can a copy be read? One sealed column, one row, with the keys of a copy."""

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models

from varna.foundation import tenant
from varna.foundation.keys import providers
from varna.foundation.keys.store import Keystore
from varna.foundation.vault import rules
from varna.foundation.vault.fields import SealedField


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a copy, as its columns stand: ids as text, what is sealed as bytes."""

    columns: dict[str, Any]

    def owner_by(self, field: SealedField) -> uuid.UUID:
        """Whose keys seal it."""
        owner = field.owner
        if isinstance(owner, str):
            owner = self.id_in(column_of(field.model, owner))
        assert owner is not None  # noqa: S101 (the field refuses to be made without)
        return owner

    def id_in(self, column: str) -> uuid.UUID:
        return uuid.UUID(str(self.columns[column]))


def keystore_copy(path: Path) -> Keystore:
    return Keystore(path, providers.chosen(), tenant.current().id)


def read_again(field: SealedField, row: Row, keys: Keystore) -> Any:  # noqa: ANN401 (a shape's own)
    """What is sealed in that row's column, read with these keys. Raises KeyError when the key is
    missing, BrokenError or SealBrokenError when it does not open.
    """
    owner = row.owner_by(field)
    blob = bytes(row.columns[str(field.column)])
    name = rules.named_key(blob)
    pk = row.id_in(column_of(field.model, "pk"))
    place = rules.Place(tenant.current().id, owner, *field.seal_name, pk)
    return json.loads(rules.unseal(keys.keys(owner, [name[0]])[name], place, blob))


def column_of(model: type[models.Model], field: str) -> str:
    options = model._meta  # noqa: SLF001 (Django's public _meta)
    found = options.pk if field == "pk" else options.get_field(field)
    return str(getattr(found, "column"))  # noqa: B009 (a relation backwards has none)
