"""Destroy the keys that never came to seal anything that was kept."""

import datetime as dt
import uuid
from collections.abc import Iterator

from django.db import models

from varna.foundation.audit.destroying import destroys
from varna.foundation.keys.store import keystore
from varna.foundation.vault.fields import sealed_columns


UNUSED_KEYS_LIVE = dt.timedelta(hours=24)  # keys are made before the row that needs them
SOME = 500


def unused_keys(*, at: dt.datetime) -> int:
    """Every column that says whose keys seal something is asked; what one of them names is left
    alone, and where one cannot answer nothing is destroyed. Answer how many owners lost their keys.
    """
    keystore().settle()
    return discard_unused(at=at)


@destroys
def discard_unused(*, at: dt.datetime) -> int:
    held = keystore().owners(older_than=at - UNUSED_KEYS_LIVE)
    unused = held - named(held)
    for owner in unused:
        keystore().discard(owner)
    return len(unused)


def named(owners: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the owners that a row, or the installation itself, has something sealed under."""
    known: set[uuid.UUID] = set()
    listed = sorted(owners)
    for model, owner in columns():
        if isinstance(owner, uuid.UUID):
            known.add(owner)
            continue
        for start in range(0, len(listed), SOME):
            some = listed[start : start + SOME]
            rows = model._base_manager.filter(**{f"{owner}__in": some})  # noqa: SLF001 (every row)
            known |= set(rows.values_list(owner, flat=True))
    return known & owners


def columns() -> Iterator[tuple[type[models.Model], str | uuid.UUID]]:
    """Every model that seals something, with whose keys do it."""
    for model, fields in sealed_columns():
        for owner in {field.owner for field in fields}:
            assert owner is not None  # noqa: S101 (the field refuses to be made without)
            yield model, owner
