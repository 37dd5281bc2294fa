"""Rows that open something carry a tag: a keyed hash over all their columns. A row that Värna has
not written, or that somebody has changed past it, opens nothing (security.md §3.1 rule 5).
"""

import datetime as dt
import functools
import hmac
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models, transaction

from varna.foundation.keys.rules import join
from varna.foundation.keys.store import keystore


Row = TypeVar("Row", bound="Tagged")


class TaggedQuerySet(models.QuerySet[Row]):
    """Rows are written one by one, each with its tag."""

    def update(self, **_kwargs: Any) -> int:  # noqa: ANN401 (Django's signature)
        raise TypeError("A row with a tag is saved, not updated past it")

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:  # noqa: ANN401
        rows = list(objs)
        for row in rows:
            row.tag = tag_of(row)
        return super().bulk_create(rows, *args, **kwargs)

    def written(self) -> Iterator[Row]:
        """Those that Värna has written, as it wrote them."""
        return (row for row in self if is_written(row))


class Tagged(models.Model):
    tag = models.BinaryField(max_length=32, default=bytes)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Save with a tag over what will stand there. A row that was not ours does not become ours
        by being saved.
        """
        if self._state.adding:
            self.tag = tag_of(self)
            super().save(*args, **kwargs)
            return
        some = kwargs.get("update_fields")
        with transaction.atomic():
            # Somebody else may have written its other columns since it was read.
            stands = self._as_it_stands()
            genuine = stands is not None and is_written(stands)
            for field in self._meta.concrete_fields:
                if stands is not None and (some is None or field.name in some):
                    setattr(stands, field.attname, getattr(self, field.attname))
            self.tag = tag_of(stands) if stands is not None and genuine else b""
            if some is not None:
                kwargs["update_fields"] = {*some, "tag"}
            super().save(*args, **kwargs)

    def _as_it_stands(self) -> Self | None:
        rows = type(self)._base_manager.select_for_update()  # noqa: SLF001 (every row)
        return rows.filter(pk=self.pk).first()


@functools.cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    found = (field.attname for field in model._meta.concrete_fields)  # noqa: SLF001 (Django's public _meta)
    return tuple(sorted(name for name in found if name != "tag"))


def tag_of(row: models.Model) -> bytes:
    """Over the table's name and every column, in the order of their names: a migration knows the
    model with its columns in another order.
    """
    said: list[bytes | str] = ["varna/tag/v1", row._meta.label]  # noqa: SLF001
    for name in _columns(row._meta.model):  # noqa: SLF001
        said += [name, _said(getattr(row, name))]
    return hmac.digest(keystore().secret("rights"), join(*said), "sha256")


def _said(value: object) -> bytes | str:
    """One value as bytes or text, each kind of value apart from the others."""
    if isinstance(value, bytes | memoryview):
        return b"b" + bytes(value)
    if isinstance(value, dt.datetime):
        return "t" + value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, Enum):
        value = value.value
    return f"{type(value).__name__[0]}{value}"


def is_written(row: "Tagged") -> bool:
    """Whether Värna has written the row as it stands. What has been seen to be so is remembered
    with every value it had, so that the same row read again costs a look, not a hash.
    """
    key, tag = keystore().secret("rights"), bytes(row.tag)
    model = row._meta.model  # noqa: SLF001 (whoever is signed in comes wrapped in a lazy object)
    seen = (key, model, tag, *(_kept(getattr(row, name)) for name in _columns(model)))
    if seen in _SEEN:
        return True
    if not hmac.compare_digest(tag, tag_of(row)):
        return False
    if len(_SEEN) >= MOST_SEEN:
        _SEEN.clear()
    _SEEN.add(seen)
    return True


def _kept(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


MOST_SEEN = 20_000
_SEEN: set[tuple[object, ...]] = set()


def tagged_models() -> list[type[Tagged]]:
    return [model for model in apps.get_models() if issubclass(model, Tagged)]


def forged() -> Iterator[tuple[str, str]]:
    """The model and the id of each row that Värna has not written, for whoever checks the log."""
    for model in tagged_models():
        for row in model._base_manager.all().iterator():  # noqa: SLF001 (every row, whoever sees it)
            if not is_written(row):
                yield model._meta.label, str(row.pk)  # noqa: SLF001
