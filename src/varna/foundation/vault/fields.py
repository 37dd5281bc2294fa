"""A column that holds a sealed blob and never shows what is in it."""

from typing import Any

from django.db import models

from varna.foundation.keys.rules import Compartment


class Sealed(bytes):
    """A sealed blob. However a template or a log prints it, it shows three dots."""

    __slots__ = ()

    def __str__(self) -> str:
        return "•••"

    __repr__ = __str__

    def __format__(self, _spec: str) -> str:
        return "•••"


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """`compartment` says which of the owner's keys seals it; None when the row says it."""

    def __init__(self, *, compartment: Compartment | None = None, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("editable", False)
        self.compartment = compartment
        super().__init__(**options)

    def deconstruct(self) -> Any:  # noqa: ANN401 (Django's four-part answer)
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        if self.compartment is not None:
            options["compartment"] = int(self.compartment)
        return name, path, args, options

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Sealed | None:  # noqa: ANN401
        return None if value is None else Sealed(bytes(value))
