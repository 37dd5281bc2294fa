"""The shape of what is sealed, and every version of it that has ever been written. Pure.

What is sealed is never written again: no migration has the keys of every owner. So what was
written by an earlier version is read for as long as anybody keeps it, and each version says which
it is: `{"v": 1, …}`. What was sealed before versions were written has no "v", and is version 0.

    @dataclass(frozen=True, slots=True)
    class Reach(Shape):
        OLDEST = 0
        email: str = ""
        phone: str = ""

When a field is added, renamed or taken away, VERSION grows by one, `earlier` says how what was
written before is read, and the new version's golden file is written (tests/house/sealed).
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, dataclass, fields, is_dataclass
from typing import Any, ClassVar, Self, TypeVar, Union, cast, get_args, get_origin, get_type_hints


MARK = "v"


class ShapeError(Exception):
    """What was sealed is not of this shape, or of a version that this program does not know."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is sealed in one field. Every field has a default, so that what is missing can be read,
    and a code is a plain word: it may be retired long before the last of what was sealed with it.
    """

    VERSION: ClassVar[int] = 1
    OLDEST: ClassVar[int] = 1

    @classmethod
    def earlier(cls, version: int, said: object) -> object:  # noqa: ARG003 (for those who override)
        """What an earlier version said, in today's names."""
        return said

    @classmethod
    def read(cls, said: object) -> Self:
        """Names that are not known are left out; what is missing, or null, is as it is by itself.
        A version to come is an error: to guess at it would be to read something else.
        """
        version = said.get(MARK, 0) if isinstance(said, dict) else 0
        if type(version) is not int or not cls.OLDEST <= version <= cls.VERSION:
            raise ShapeError(f"{cls.__name__} knows no version {version!r}")
        found = said if version == cls.VERSION else cls.earlier(version, said)
        return cast("Self", _made(cls, found))

    def written(self) -> dict[str, object]:
        return {MARK: self.VERSION, **asdict(self)}


Sealable = Shape | str
Kind = TypeVar("Kind", bound=Sealable)


def as_written(value: Sealable) -> object:
    """What of it becomes JSON. Plain words have no version: there is nothing in them to rename."""
    return value.written() if isinstance(value, Shape) else str(value)


def as_read(shape: type[Kind], said: object) -> Kind:
    if issubclass(shape, Shape):
        return shape.read(said)
    return cast("Kind", _plain(str, said, shape.__name__))


def nothing(shape: type[Kind]) -> Kind:
    """What a field says in which nothing has been sealed."""
    return shape()


# ── a value of each kind that a shape may hold ────────────────────────────────────────────────
def _made(kind: type[Any], said: object) -> object:
    if not isinstance(said, Mapping):
        raise ShapeError(f"{kind.__name__} is not read from a {type(said).__name__}")
    kinds = get_type_hints(kind)
    return kind(
        **{one.name: _value(one, kinds[one.name], said, kind.__name__) for one in fields(kind)}
    )


def _value(one: Field[Any], kind: Any, said: Mapping[str, object], where: str) -> object:  # noqa: ANN401 (a type hint)
    value = said.get(one.name)
    if value is None:
        return one.default_factory() if one.default_factory is not MISSING else one.default
    return _as(kind, value, f"{where}.{one.name}")


def _as(kind: Any, value: object, where: str) -> object:  # noqa: ANN401 (a type hint)
    if get_origin(kind) in (Union, types.UnionType):
        (kind,) = [one for one in get_args(kind) if one is not types.NoneType]
    inner = get_args(kind)
    if get_origin(kind) is tuple and isinstance(value, list | tuple):
        return tuple(_as(inner[0], one, where) for one in value)
    if get_origin(kind) is Mapping and isinstance(value, Mapping):
        return {str(key): _as(inner[1], one, where) for key, one in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        return _made(kind, value)
    return _plain(kind, value, where)


def _plain(kind: Any, value: object, where: str) -> object:  # noqa: ANN401 (a type hint)
    if not isinstance(kind, type) or not isinstance(value, kind):
        raise ShapeError(f"{where} is not read from a {type(value).__name__}")
    return value
