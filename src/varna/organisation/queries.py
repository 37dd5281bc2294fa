"""What the register can be asked. Names come masked for whoever must not see them."""

import datetime as dt
import functools
import hmac
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.keys import rules as keys
from varna.foundation.keys.store import keystore
from varna.organisation.models import (
    GROUP_LABELS,
    POSITION_LABELS,
    Administration,
    Assignment,
    Body,
    BodyQuerySet,
    MandatePeriod,
    Party,
    Person,
    PersonQuerySet,
    own_bodies,
)
from varna.organisation.rules.names import fold, name_key, split_name
from varna.organisation.rules.periods import Period, default_period
from varna.organisation.rules.roles import ELECTED_BY_LAW, BodyKind, Group, Position


def masked() -> str:
    """What stands where a protected person's name would."""
    return _("Protected personal details")


# ── figures ───────────────────────────────────────────────────────────────────────────────────
def groups_on(day: dt.date) -> dict[Group, int]:
    """How many people are in each group on this day. Somebody in two groups counts in both, and
    in several bodies only once.
    """
    held = Assignment.unscoped.in_office(day)
    counted = held.exclude(group="").values("group").annotate(n=Count("person", distinct=True))
    found = dict.fromkeys(Group, 0)
    # An ordering would split the groups.
    found |= {Group(row["group"]): row["n"] for row in counted.order_by()}
    found[Group.FULL_TIME] = held.full_time_officials().values("person").distinct().count()
    return found


def group_lines(day: dt.date) -> list[tuple[str, int]]:
    """The groups in words, for a page."""
    return [(str(GROUP_LABELS[group]), count) for group, count in groups_on(day).items()]


def people_in_office(day: dt.date, *groups: Group) -> set[uuid.UUID]:
    """Everybody with an assignment that counts on this day, or in some groups only."""
    held = Assignment.unscoped.in_office(day)
    wanted = Q(group__in=[g.value for g in groups]) if groups else ~Q(group="")
    found = set(held.filter(wanted).values_list("person", flat=True))
    if Group.FULL_TIME in groups:
        found |= set(held.full_time_officials().values_list("person", flat=True))
    return found


def officials_by_law(day: dt.date) -> set[uuid.UUID]:
    """Förtroendevalda enligt kommunallagen (2017:725) 4:1, each once."""
    return people_in_office(day, *ELECTED_BY_LAW)


def elected_outside_the_law(day: dt.date) -> set[uuid.UUID]:
    """Those whom the council has elected to companies and joint authorities only: outside 4:1."""
    return people_in_office(day, Group.COMPANY_BOARD) - officials_by_law(day)


def unanswered(day: dt.date) -> int:
    """How many bodies there are whose kind nobody has said: what is counted in them is a guess."""
    return Body.unanswered(day).count()


def without_address(people: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those whom no mail can reach, asked of the keyed tokens: nothing is opened."""
    found = Person.unscoped.filter(pk__in=list(people), email_token="")
    return set(found.values_list("pk", flat=True))


# ── people ────────────────────────────────────────────────────────────────────────────────────
def person_name_for(actor: Actor, person: uuid.UUID, *, at: dt.datetime | None = None) -> str:
    """The name, or a mask. An unknown id and a name one may not see look alike."""
    return names_for(actor, [person], at=at)[person]


def names_for(
    actor: Actor, people: Iterable[uuid.UUID], *, at: dt.datetime | None = None
) -> dict[uuid.UUID, str]:
    """Names of many people in one query."""
    wanted = list(people)
    seen = Person.visible_to(actor, at=at or clock.now()).in_bulk(wanted)
    return {pk: seen[pk].name if pk in seen else masked() for pk in wanted}


def search_people(actor: Actor, text: str, *, at: dt.datetime | None = None) -> PersonQuerySet:
    """People by any part of their names. Protected people are not found by those who must not
    see them: an answer would confirm the name.
    """
    return Person.visible_to(actor, at=at or clock.now()).named(fold(text))


def find_person(actor: Actor, person: uuid.UUID, *, at: dt.datetime) -> Person | None:
    return Person.visible_to(actor, at=at).filter(pk=person).first()


@dataclass(frozen=True, slots=True)
class Seat:
    """One assignment, as it may be shown."""

    id: uuid.UUID
    person: uuid.UUID | None  # None: masked, and without a page
    name: str
    body: uuid.UUID
    body_name: str
    role: str
    party: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    group: str = ""
    position: str = ""
    now: bool = True


def _seat(row: Assignment, *, shown: bool, now: bool = True) -> Seat:
    return Seat(
        id=row.pk,
        person=row.person_id if shown else None,
        name=row.person.name if shown else masked(),
        body=row.body_id,
        body_name=row.body.name,
        role=row.role,
        # In a small party the letters say who it is.
        party=row.party.name if row.party and shown else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        group=str(GROUP_LABELS[Group(row.group)]) if row.group else "",
        position=str(POSITION_LABELS[Position(row.position)]) if row.position else "",
        now=now,
    )


def seats_of_person(
    actor: Actor, person: uuid.UUID, day: dt.date, *, at: dt.datetime
) -> list[Seat]:
    """Somebody's assignments, those in force first, then the latest."""
    rows = (
        Assignment.visible_to(actor, at=at)
        .filter(person__in=Person.visible_to(actor, at=at).filter(pk=person))
        .select_related("person", "body", "party")
    )
    held = set(
        Assignment.unscoped.in_office(day).filter(person=person).values_list("pk", flat=True)
    )
    seats = [_seat(row, shown=True, now=row.pk in held) for row in rows]
    return sorted(
        seats,
        key=lambda seat: (not seat.now, -(seat.starts_on or dt.date.min).toordinal(), seat.role),
    )


_RANK = {Position.CHAIR: 0, Position.FIRST_VICE: 1, Position.SECOND_VICE: 2, Position.VICE: 3}
_GROUP_RANK = {group: number for number, group in enumerate([*Group, ""])}


def seats_of_body(actor: Actor, body: uuid.UUID, day: dt.date, *, at: dt.datetime) -> list[Seat]:
    """Who sits in a body on a day. Masked people stand last within their role, so that the order
    of the alphabet does not tell who they are.
    """
    rows = list(
        Assignment.visible_to(actor, at=at)
        .in_office(day)
        .filter(body=body)
        .select_related("person", "body", "party")
    )
    seen = set(
        Person.visible_to(actor, at=at)
        .filter(pk__in={row.person_id for row in rows})
        .values_list("pk", flat=True)
    )

    def order(row: Assignment) -> tuple[int, int, bool, str]:
        position = _RANK[Position(row.position)] if row.position else len(_RANK)
        shown = row.person_id in seen
        name = row.person.sort_key if shown else str(row.pk)
        return _GROUP_RANK[row.group], position, not shown, name

    return [_seat(row, shown=row.person_id in seen) for row in sorted(rows, key=order)]


def seats(actor: Actor, assignments: Iterable[str], *, at: dt.datetime) -> list[Seat]:
    """Chosen assignments, for the preview of an import."""
    rows = list(
        Assignment.visible_to(actor, at=at)
        .filter(pk__in=list(assignments))
        .select_related("person", "body", "party")
        .order_by("body__name_key", "person__sort_key")
    )
    seen = set(
        Person.visible_to(actor, at=at)
        .filter(pk__in={row.person_id for row in rows})
        .values_list("pk", flat=True)
    )
    return [_seat(row, shown=row.person_id in seen) for row in rows]


# ── bodies ────────────────────────────────────────────────────────────────────────────────────
def bodies_of(person: uuid.UUID, day: dt.date) -> set[uuid.UUID]:
    """The bodies that somebody has an assignment in on this day."""
    held = Assignment.unscoped.in_office(day).filter(person=person)
    return set(held.values_list("body", flat=True))


def bodies(actor: Actor, *, at: dt.datetime) -> BodyQuerySet:
    return Body.visible_to(actor, at=at).select_related("administration")


def find_body(actor: Actor, body: uuid.UUID, *, at: dt.datetime) -> Body | None:
    return bodies(actor, at=at).filter(pk=body).first()


def administration_of(body: uuid.UUID) -> Administration | None:
    return Administration.unscoped.filter(
        pk__in=Body.unscoped.filter(pk=body).values("administration")
    ).first()


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body in the overview."""

    body: Body
    seats: int


_KIND_RANK = {kind: number for number, kind in enumerate(BodyKind)}


def body_lines(actor: Actor, day: dt.date, *, at: dt.datetime) -> list[BodyLine]:
    """Every body that the actor may see, with how many sit in it on the day."""
    held = (
        Assignment.unscoped.in_office(day).values("body").annotate(n=Count("person", distinct=True))
    )
    counted = {row["body"]: row["n"] for row in held.order_by()}
    seen = bodies(actor, at=at).there_on(day)
    lines = [BodyLine(body, counted.get(body.pk, 0)) for body in seen]
    return sorted(
        lines, key=lambda line: (_KIND_RANK[BodyKind(line.body.kind)], line.body.name_key)
    )


@dataclass(frozen=True, slots=True)
class UnitLife:
    """A body, an administration or a company that the plan's duties can concern."""

    id: uuid.UUID
    name: str
    kind: str  # in the plan's own words
    since: dt.date | None
    until: dt.date | None  # its last day, when it has been dissolved
    served_by: uuid.UUID | None = None  # the administration of a body


# A committee belongs to its board, and the plan's file has no word for the rest.
_PLAN_KINDS = {
    BodyKind.COUNCIL: "council",
    BodyKind.EXECUTIVE: "executive",
    BodyKind.BOARD: "board",
    BodyKind.COMPANY: "company",
    BodyKind.JOINT: "joint-authority",
}


def units() -> list[UnitLife]:
    """Every unit, those that have been dissolved too; ordered by kind and name."""
    found = [
        UnitLife(
            body.pk,
            body.name,
            _PLAN_KINDS[BodyKind(body.kind)],
            None,
            body.dissolved_on,
            body.administration_id,
        )
        for body in Body.unscoped.filter(kind__in=[kind.value for kind in _PLAN_KINDS])
    ]
    found += [
        UnitLife(row.pk, row.name, "administration", None, None)
        for row in Administration.unscoped.all()
    ]
    found += [UnitLife(row.pk, row.name, "party-group", None, None) for row in Party.unscoped.all()]
    return found


def parties() -> list[tuple[uuid.UUID, str]]:
    """Every party, for a choice in a form."""
    return list(Party.unscoped.values_list("pk", "name"))


def own_units(actor: Actor, *, at: dt.datetime) -> set[uuid.UUID]:
    """The bodies that a contact has been given, and the administrations that serve them."""
    rows = Body.unscoped.filter(pk__in=own_bodies(actor, at))
    pairs = rows.values_list("pk", "administration")
    return {unit for pair in pairs for unit in pair if unit}


def seats_on(body: uuid.UUID, day: dt.date) -> int:
    """How many assignments would end if the body were dissolved on the day."""
    held = Assignment.unscoped.filter(body=body)
    return held.filter(Q(ends_on=None) | Q(ends_on__gt=day)).count()


def mandate_period(body: Body, day: dt.date) -> Period:
    """The period that the council has set, else the law's own."""
    row = MandatePeriod.unscoped.filter(body=body.pk, starts_on__lte=day, ends_on__gte=day).first()
    if row is not None:
        return Period(row.starts_on, row.ends_on)
    return default_period(BodyKind(body.kind), day)


def people_named(written: str) -> list[uuid.UUID]:
    """People with exactly this name, protected ones too: whoever handles a case already knows the
    name, and the register must be told whom the case concerns.
    """
    key = name_key(*split_name(written))
    return list(Person.unscoped.filter(name_key=key).values_list("pk", flat=True)[:3])


def body_called(name: str) -> uuid.UUID | None:
    """The body with this name, in whatever letters."""
    found = {fold(body.name): body.pk for body in Body.unscoped.all()}
    return found.get(fold(name))


def an_official() -> tuple[uuid.UUID | None, str]:
    """Some unprotected person in office, for the demonstration's own elected official."""
    held = Assignment.unscoped.filter(group=Group.ELECTED, person__protected=False)
    first = held.select_related("person").order_by("person").first()
    return (first.person.pk, first.person.name) if first else (None, "Folke Ask")


def some_people(most: int) -> list[Person]:
    """For the demonstration's cases."""
    return list(Person.unscoped.order_by("pk")[:most])


def token() -> Callable[[str], str]:
    """Answer a function that names an address so that it can be compared and not read."""
    key = keystore().secret("index")

    @functools.lru_cache(maxsize=300_000)
    def named(text: str) -> str:
        return hmac.digest(key, keys.join("varna/register/v1", fold(text)), "sha256")[:16].hex()

    return named
