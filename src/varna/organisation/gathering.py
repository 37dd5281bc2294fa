"""What the plan's figures ask of the register: everybody's time in each group, the parties in the
council, the boards' periods, and who has vouched for it all.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from varna.foundation.accounts.queries import holders
from varna.organisation.models import (
    KEEPERS,
    Assignment,
    MandatePeriod,
    Party,
    Vouching,
)
from varna.organisation.rules.roles import ELECTED_BY_LAW, BodyKind, Group


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody was in a group from a day to a day, both counted."""

    person: uuid.UUID
    group: Group
    starts_on: dt.date | None
    ends_on: dt.date | None


def terms() -> list[Term]:
    """Everybody's time in every group; who serves full time is in that group as well."""
    rows = Assignment.unscoped.order_by().values_list(
        "person", "group", "full_time", "starts_on", "ends_on"
    )
    found: list[Term] = []
    for person, group, full_time, starts_on, ends_on in rows:
        if group:
            found.append(Term(person, Group(group), starts_on, ends_on))
        if full_time and group in ELECTED_BY_LAW:
            found.append(Term(person, Group.FULL_TIME, starts_on, ends_on))
    return found


def days_vouched() -> list[dt.date]:
    """The days on which somebody went through the whole register."""
    return list(Vouching.unscoped.values_list("on", flat=True))


@dataclass(frozen=True, slots=True)
class Seated:
    """A party, and the days between which somebody has sat for it in the council."""

    id: uuid.UUID
    name: str
    terms: tuple[tuple[dt.date | None, dt.date | None], ...]

    def sits_on(self, day: dt.date) -> bool:
        return any(
            (since is None or since <= day) and (until is None or day <= until)
            for since, until in self.terms
        )


def parties_in_council() -> list[Seated]:
    rows = Assignment.unscoped.filter(body__kind=BodyKind.COUNCIL.value, group=Group.ELECTED.value)
    found: dict[uuid.UUID, set[tuple[dt.date | None, dt.date | None]]] = {}
    told = rows.exclude(party=None).order_by().values_list("party", "starts_on", "ends_on")
    for party, starts_on, ends_on in told.distinct():
        if party is not None:
            found.setdefault(party, set()).add((starts_on, ends_on))
    names = dict(Party.unscoped.values_list("pk", "name"))
    return [Seated(pk, names[pk], tuple(terms)) for pk, terms in found.items()]


def council_sits() -> bool:
    """Whether anybody has been entered in a council, with a party or without."""
    return Assignment.unscoped.filter(body__kind=BodyKind.COUNCIL.value).exists()


def boards_sit_from() -> list[dt.date]:
    """The first days of the periods that have been set for boards."""
    kinds = [BodyKind.BOARD.value, BodyKind.EXECUTIVE.value]
    rows = MandatePeriod.unscoped.filter(body__kind__in=kinds)
    return sorted(set(rows.values_list("starts_on", flat=True)))


def keepers(*, at: dt.datetime) -> frozenset[uuid.UUID]:
    """The accounts that can vouch for the register."""
    return holders(*KEEPERS, at=at)
