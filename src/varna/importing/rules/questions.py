"""What a file leaves open, and must be asked before it is applied. Pure.

Questions are kept as lines and codes, and answers by keyed tokens: never what stood in the file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from varna.importing.rules.columns import Choice, Column
from varna.organisation.rules.names import fold
from varna.organisation.rules.roles import BodyKind


class Namesakes(StrEnum):
    """What somebody answers of one name with several parties."""

    ONE = "one"  # one person
    SEVERAL = "several"  # one for each party


class Doubt(StrEnum):
    """Why a file may be the wrong one."""

    MOSTLY_NEW = "mostly_new"
    NO_BODIES = "no_bodies"
    CANDIDATES = "candidates"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Answers:
    """What has been answered, by the token of a body or of a name."""

    kinds: Mapping[str, BodyKind] = field(default_factory=dict)
    names: Mapping[str, Namesakes] = field(default_factory=dict)


NOTHING_ANSWERED = Answers()


def of_body(token: Callable[[str], str], body_key: str) -> str:
    return token(f"body {body_key}")


def of_name(token: Callable[[str], str], name_key: str) -> str:
    return token(f"name {name_key}")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a file the register knows."""

    known: int  # people in the register
    people: int  # in the file
    new: int
    bodies: int  # in the register
    bodies_known: int  # of those in the file


NOTHING = Size(0, 0, 0, 0, 0)
FEW = 20  # a register with fewer people is only being begun
_CANDIDATES = {fold(word) for word in ("valtyp", "valkretskod", "partikod", "kandidatnummer",
                                       "valsedelsnamn", "namn på valsedel", "ordning")}  # fmt: skip


def doubts(headers: Sequence[str], choice: Choice, size: Size) -> list[Doubt]:
    """Why somebody should look once more whether it is the right file."""
    found = []
    if len(_CANDIDATES & {fold(header) for header in headers}) >= 2:
        found.append(Doubt.CANDIDATES)
    if Column.BODY not in choice:
        found.append(Doubt.NO_BODIES)
    begun = size.known >= FEW
    if begun and size.people and size.new * 2 > size.people:
        found.append(Doubt.MOSTLY_NEW)
    if begun and size.bodies and Column.BODY in choice and not size.bodies_known:
        found.append(Doubt.ELSEWHERE)
    return found
