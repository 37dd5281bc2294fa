"""Is what is sealed what was sealed last? Asked of every column that seals something, in every
room; they are listed nowhere.
"""

import datetime as dt
import uuid
from collections.abc import Iterator

from django.db import models

from varna.foundation.audit import actions as audit
from varna.foundation.audit.queries import every_mark
from varna.foundation.vault.fields import SealedField, sealed_columns
from varna.foundation.vault.marks import halves, mark_of


SOME = 500
Place = tuple[str, str, str]  # the model, the row and the field, as a person is told


def rolled_back() -> list[Place]:
    """Where something else stands than what the log has marked there last. Asked twice: what is
    written while it is read differs once.
    """
    found = list(_differing())
    return sorted({*found} & {*_differing()}) if found else []


def _differing() -> Iterator[Place]:
    last = dict(halves(mark) for mark in every_mark())
    for told, mark in _standing():
        place, what = halves(mark)
        if last.get(place, what) != what:
            yield told


def note_unmarked(*, at: dt.datetime) -> int:
    """Mark what was sealed before there were marks, as it stands now. Answer how much."""
    known = {halves(mark)[0] for mark in every_mark()}
    marks = [mark for _told, mark in _standing(empty=False) if halves(mark)[0] not in known]
    for start in range(0, len(marks), SOME):
        audit.record("sealed", by=audit.VAULT, at=at, seals=marks[start : start + SOME])
    return len(marks)


def _standing(*, empty: bool = True) -> Iterator[tuple[Place, str]]:
    for model, fields in _models():
        rows = model._base_manager.order_by().values_list("pk", *(f.name for f in fields))  # noqa: SLF001 (every row)
        for pk, *blobs in rows.iterator(chunk_size=SOME):
            for field, blob in zip(fields, blobs, strict=True):
                if empty or blob is not None:
                    yield _told(field, pk), mark_of(field.seal_name, pk, blob)


def _told(field: SealedField, pk: uuid.UUID) -> Place:
    return field.model._meta.label, str(pk), field.name  # noqa: SLF001 (Django's public _meta)


def _models() -> Iterator[tuple[type[models.Model], list[SealedField]]]:
    for model, fields in sealed_columns():
        marked = [field for field in fields if field.is_marked]
        if marked:
            yield model, marked
