"""What a room above this one adds to a case. Cases know that there may be more; not what it is.

Such a room hands over one object, by its card, under the name `cases.additions`.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from django.utils.functional import Promise

from varna.cases.models import Case
from varna.cases.rules.clocks import Due
from varna.cases.rules.counting import Moment
from varna.foundation import rooms
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault


class Happened(NamedTuple):
    """One line of the timeline, before the account has its name."""

    at: dt.datetime
    what: str
    by: uuid.UUID | None
    words: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a case. `url_name` wants the case's id; `here`: the pages that stand under it."""

    place: int
    url_name: str
    label: str | Promise
    here: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the case's overview: its template, and what that shows."""

    template: str
    shown: Mapping[str, Any]


class Addition(Protocol):
    """`opens`: the compartments that its section needs, beside the content."""

    opens: frozenset[Compartment]
    tabs: tuple[Tab, ...]

    def left_open(self, case: Case) -> int:
        """How many things must be done or ended before the case can be closed."""

    def dues(self, case: Case) -> list[Due]: ...

    def happenings(self, case: Case, handle: vault.Handle) -> list[Happened]: ...

    def section(self, case: Case, handle: vault.Handle, *, today: dt.date) -> Section: ...

    def moments(self) -> Mapping[Moment, Mapping[uuid.UUID, dt.datetime]]:
        """When each thing was first done, by case; for figures that name no case."""


def additions() -> tuple[Addition, ...]:
    return rooms.handed("cases.additions")
