"""What can be asked of contacts: by the pages, by reminders, and by the plan for its evidence."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from varna.contacts import rules, words
from varna.contacts.models import Contact, Verification, keeps_all
from varna.contacts.rules import Freshness
from varna.foundation.accounts.rules import Actor
from varna.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class NamedContact:
    """A contact as the plan's evidence wants it, ended ones too."""

    reference: str
    unit: uuid.UUID | None  # an administration or a body
    function: str  # a role's id, or empty
    verified: tuple[dt.date, ...]
    since: dt.date
    until: dt.date | None


def named_contacts() -> list[NamedContact]:
    days = _verified()
    return [
        NamedContact(
            reference=f"contact:{row.pk}",
            unit=row.unit,
            function=row.function,
            verified=tuple(days[row.pk]),
            since=row.since,
            until=row.until,
        )
        for row in Contact.unscoped.all()
    ]


def _verified() -> dict[uuid.UUID, list[dt.date]]:
    found: dict[uuid.UUID, list[dt.date]] = defaultdict(list)
    for contact, day in Verification.unscoped.values_list("contact", "on"):
        found[contact].append(day)
    return found


# ── for the pages ─────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Place:
    """What a contact is for: a unit in the register, or a function in the plan."""

    key: str  # the unit's id, or the function's: stands in the address
    name: str
    unit: uuid.UUID | None = None
    function: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    place: Place
    contact: Contact | None
    last: dt.date | None
    freshness: Freshness

    @property
    def said(self) -> str:
        return str(words.FRESHNESS[self.freshness])


NAMED_KINDS = ("council", "executive", "board", "administration", "company")


def places(actor: Actor, *, at: dt.datetime, day: dt.date) -> list[Place]:
    """Every place that this actor may see: all, or an administration's own."""
    units = [
        Place(str(unit.id), unit.name, unit=unit.id)
        for unit in organisation.units()
        if unit.kind in NAMED_KINDS and (unit.until is None or unit.until >= day)
    ]
    if not keeps_all(actor):
        own = organisation.own_units(actor, at=at)
        return [place for place in units if place.unit in own]
    codes = {*words.FUNCTIONS, *Contact.unscoped.exclude(function="").values_list(
        "function", flat=True
    )}  # fmt: skip
    named = [Place(code, words.function(code), function=code) for code in codes]
    return sorted(named, key=lambda place: place.name) + units


def lines(actor: Actor, *, at: dt.datetime, day: dt.date) -> list[Line]:
    """Each place with its contact, those that need something first."""
    held = {(row.unit, row.function): row for row in Contact.unscoped.current()}
    days = _verified()
    found = [
        _line(place, held.get((place.unit, place.function)), days, day)
        for place in places(actor, at=at, day=day)
    ]
    return sorted(found, key=lambda line: line.freshness is Freshness.FRESH)


def line(actor: Actor, key: str, *, at: dt.datetime, day: dt.date) -> Line | None:
    return next((one for one in lines(actor, at=at, day=day) if one.place.key == key), None)


def history(place: Place) -> list[tuple[Contact, list[dt.date]]]:
    """Everybody who has been this place's contact, the latest first, with days of verification."""
    rows = Contact.unscoped.filter(unit=place.unit, function=place.function).order_by("-since")
    days = _verified()
    return [(row, days[row.pk][::-1]) for row in rows]


def _line(
    place: Place,
    contact: Contact | None,
    days: dict[uuid.UUID, list[dt.date]],
    day: dt.date,
) -> Line:
    if contact is None:
        return Line(place, None, None, Freshness.MISSING)
    verified = days[contact.pk]
    return Line(place, contact, max(verified, default=None), rules.freshness(verified, day))
