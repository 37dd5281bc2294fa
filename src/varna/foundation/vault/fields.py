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
    """`compartment` says which of the owner's keys seals it; None when the row says it.

    `sealed_as` ("app.model.field") is the name the seal is bound to, for a column that has moved or
    changed its name since something was sealed in it: the old name stays for ever, because no
    migration can seal again without every owner's keys.
    """

    def __init__(
        self,
        *,
        compartment: Compartment | None = None,
        sealed_as: str = "",
        **options: Any,  # noqa: ANN401
    ) -> None:
        options.setdefault("editable", False)
        self.compartment = compartment
        self.sealed_as = sealed_as
        super().__init__(**options)

    @property
    def seal_name(self) -> tuple[str, str]:
        """The model's and the field's name as the seal knows them."""
        if self.sealed_as:
            model, _, field = self.sealed_as.rpartition(".")
            return model, field
        return self.model._meta.label_lower, self.name  # noqa: SLF001 (Django's public _meta)

    def deconstruct(self) -> Any:  # noqa: ANN401 (Django's four-part answer)
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        if self.compartment is not None:
            options["compartment"] = int(self.compartment)
        if self.sealed_as:
            options["sealed_as"] = self.sealed_as
        return name, path, args, options

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Sealed | None:  # noqa: ANN401
        return None if value is None else Sealed(bytes(value))
