"""A column that holds a sealed blob and never shows what is in it."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from varna.foundation import deeds
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault.marks import mark_of
from varna.foundation.vault.shapes import Sealable


class Sealed(bytes):
    """A sealed blob. However a template or a log prints it, it shows three dots."""

    __slots__ = ()

    def __str__(self) -> str:
        return "•••"

    __repr__ = __str__

    def __format__(self, _spec: str) -> str:
        return "•••"


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """`owner`: whose keys seal it – the column that names the owner ("id", "case_id"), or an owner
    that belongs to the installation. `compartment`: which of the owner's keys. `shape`: what is
    sealed – plain words (`str`), or one of the room's shapes, which knows every version of itself.

    Nothing is sealed under another owner, and the sweep that destroys unused keys asks every column
    named here: a field that does not say whose it is cannot be made.

    `sealed_as` ("app.model.field"): the name that the seal is bound to, for a column that has moved
    or changed its name since something was sealed in it. The old name stays for ever, because no
    migration can seal again without every owner's keys.

    What is written is marked in the log, so that nothing older can be put back (vault/marks.py),
    and cannot be written past that. `passing`: it is only on its way, and is emptied when it has
    gone.
    """

    def __init__(
        self,
        *,
        compartment: Compartment,
        owner: str | uuid.UUID | None = None,
        shape: type[Sealable] | None = None,
        sealed_as: str = "",
        passing: bool = False,
        **options: Any,  # noqa: ANN401 (Django's own)
    ) -> None:
        options.setdefault("editable", False)
        self.owner = owner
        self.shape = shape
        self.compartment = compartment
        self.sealed_as = sealed_as
        self.passing = passing
        super().__init__(**options)

    def contribute_to_class(self, cls: type[models.Model], name: str, *more: bool) -> None:
        super().contribute_to_class(cls, name, *more)
        # Historical models, in migrations, seal nothing: neither is written down there.
        if self.owner is None and cls.__module__ != "__fake__":
            raise TypeError(f"{cls.__name__}.{name} does not say whose keys seal it: owner=…")
        if self.shape is None and cls.__module__ != "__fake__":
            raise TypeError(f"{cls.__name__}.{name} does not say what is sealed in it: shape=…")

    @property
    def seal_name(self) -> tuple[str, str]:
        """The model's and the field's name as the seal knows them."""
        if self.sealed_as:
            model, _, field = self.sealed_as.rpartition(".")
            return model, field
        return self.model._meta.label_lower, self.name  # noqa: SLF001 (Django's public _meta)

    def holds(self) -> type[Sealable]:
        if self.shape is None:
            raise TypeError(f"{self} is of a migration, where nothing is sealed or read")
        return self.shape

    def owner_of(self, row: models.Model) -> uuid.UUID:
        found = getattr(row, self.owner) if isinstance(self.owner, str) else self.owner
        if not isinstance(found, uuid.UUID):
            raise TypeError(f"{self.model.__name__}.{self.name}: an owner is a UUID")
        return found

    def deconstruct(self) -> Any:  # noqa: ANN401 (Django's four-part answer)
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        options["compartment"] = int(self.compartment)
        if self.sealed_as:
            options["sealed_as"] = self.sealed_as
        return name, path, args, options

    @property
    def is_marked(self) -> bool:
        return not self.passing and self.model.__module__ != "__fake__"

    def pre_save(self, row: models.Model, add: bool) -> Any:  # noqa: ANN401, FBT001 (Django's own)
        """Mark in the log what is about to be written; what stands there already is left alone."""
        blob = super().pre_save(row, add)
        if not self.is_marked or isinstance(blob, Sealed):
            return blob
        if blob is None and (add or not self._stands(row)):
            return None
        deeds.mark(mark_of(self.seal_name, row.pk, blob))
        marked = None if blob is None else Sealed(blob)
        setattr(row, self.attname, marked)
        return marked

    def _stands(self, row: models.Model) -> bool:
        """Whether there is something to empty."""
        rows = self.model._base_manager.filter(pk=row.pk)  # noqa: SLF001 (every row)
        return rows.exclude(**{self.attname: None}).exists()

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:  # noqa: ANN401 (Django's own)
        if self.is_marked and isinstance(value, bytes) and not isinstance(value, Sealed):
            raise TypeError(f"{self}: what is sealed is saved with its row, which marks it")
        return super().get_db_prep_save(value, connection)

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Sealed | None:  # noqa: ANN401
        return None if value is None else Sealed(bytes(value))


def sealed_columns() -> Iterator[tuple[type[models.Model], list[SealedField]]]:
    """Every model that seals something, with the columns that do; they are listed nowhere."""
    for model in apps.get_models():
        fields = model._meta.local_concrete_fields  # noqa: SLF001 (Django's public _meta)
        sealed = [field for field in fields if isinstance(field, SealedField)]
        if sealed:
            yield model, sealed
