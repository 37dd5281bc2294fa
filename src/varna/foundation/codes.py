"""Columns that hold a code, with the words that show it.

The words belong to today's pages, not to the database: a migration remembers a plain column, so
that a new word, or another name in the rules, is never a change to anybody's database, and no old
migration leans on living code.

A code that has been retired still stands in old rows and in what was sealed: it is shown as itself.
"""

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models


_ST = TypeVar("_ST", contravariant=True)  # noqa: PLC0105 (as the fields' stubs name them)
_GT = TypeVar("_GT", covariant=True)  # noqa: PLC0105


def word_for(words: Mapping[Any, object], code: object) -> str:
    """The word for a code, in the reader's language; a code that has none any more, as itself."""
    return str(words.get(code, code))


class _Coded:
    """What a migration is told of the column: no choices, and a default that is a plain value."""

    plain: str

    def deconstruct(self) -> Any:  # noqa: ANN401 (Django's four-part answer)
        name, _path, args, options = super().deconstruct()  # type: ignore[misc]
        options.pop("choices", None)
        if isinstance(options.get("default"), Enum):
            options["default"] = options["default"].value
        return name, self.plain, args, options


if TYPE_CHECKING:  # Django's fields are generic in their stubs only

    class CodeField(_Coded, models.CharField[_ST, _GT]): ...

    class NumberedField(_Coded, models.PositiveSmallIntegerField[_ST, _GT]): ...

else:

    class CodeField(_Coded, models.CharField):
        plain = "django.db.models.CharField"

    class NumberedField(_Coded, models.PositiveSmallIntegerField):
        plain = "django.db.models.PositiveSmallIntegerField"
