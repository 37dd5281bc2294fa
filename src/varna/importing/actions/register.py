"""Read the register as a whole, and write what a plan says. Only the import calls this."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from varna.foundation.deeds import part
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.importing.rules.matching import Someone
from varna.importing.rules.plan import Held, Known, Plan
from varna.organisation.models import Assignment, Body, Party, Person
from varna.organisation.rules.names import fold, sort_key
from varna.organisation.rules.roles import BodyKind
from varna.organisation.sealed import Contact


CHUNK = 5000
PURPOSE = "register import"
Thing = TypeVar("Thing")


def known() -> Known:
    """The register as it stands, in four queries."""
    people = Person.unscoped.order_by("pk").values_list(
        "id",
        "external",
        "given",
        "family",
        "name_key",
        "email_token",
        "phone_token",
        "protected",
    )
    held = Assignment.unscoped.order_by("pk").values_list(
        "id",
        "person_id",
        "body_id",
        "role_key",
        "starts_on",
        "ends_on",
        "party_id",
        "full_time",
    )
    return Known(
        people=[Someone(*row) for row in people.iterator(chunk_size=CHUNK)],
        bodies={
            key: (pk, BodyKind(kind))
            for key, pk, kind in Body.unscoped.values_list("name_key", "id", "kind")
        },
        parties=dict(Party.unscoped.values_list("name_key", "id")),
        assignments=[Held(*row) for row in held.iterator(chunk_size=CHUNK)],
    )


@part()
def write(plan: Plan, *, at: dt.datetime, progress: Callable[[int, int], None]) -> None:
    """Write it all, in the caller's transaction."""
    Party.unscoped.bulk_create(
        [Party(id=pk, name=name, name_key=fold(name)) for pk, name in plan.parties_new.items()]
    )
    Body.unscoped.bulk_create(
        [
            Body(id=pk, name=name, name_key=fold(name), kind=kind.value)
            for pk, (name, kind) in plan.bodies_new.items()
        ]
    )
    todo = len(plan.people_new) + len(plan.people_changed) + len(plan.new)
    done = 0
    for some in _chunks(plan.people_new):
        _make_people(some)
        progress(done := done + len(some), todo)
    if plan.people_changed:
        _change_people(plan.people_changed, at=at)
        done += len(plan.people_changed)
    for held in _chunks(plan.new):
        Assignment.unscoped.bulk_create([_assignment(one) for one in held])
        progress(done := done + len(held), todo)
    _change_assignments(plan.changed)
    _change_assignments(plan.ended)


def _chunks(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]


def _person(some: Someone) -> Person:
    return Person(
        id=some.id,
        external=some.external,
        given=some.given,
        family=some.family,
        name_key=some.name_key,
        sort_key=sort_key(some.given, some.family),
        protected=some.protected,
        email_token=some.email_token,
        phone_token=some.phone_token,
    )


def _make_people(people: Sequence[Someone]) -> None:
    writer = vault.writer(owners.REGISTER, Compartment.PROTECTION)
    rows = []
    for some in people:
        row = _person(some)
        if some.email or some.phone:
            writer.seal(row, "contact", Contact(some.email, some.phone))
        rows.append(row)
    Person.unscoped.bulk_create(rows)


CHANGEABLE = [
    "external",
    "given",
    "family",
    "name_key",
    "sort_key",
    "protected",
    "contact",
    "email_token",
    "phone_token",
]


def _change_people(people: Sequence[Someone], *, at: dt.datetime) -> None:
    """A file that gives a new address only must not lose the telephone number: open, and seal both
    again. Contact details that do not change are not opened.
    """
    with vault.opened_by_system(
        owners.REGISTER, Compartment.PROTECTION, purpose=PURPOSE, at=at
    ) as handle:
        for some in _chunks(people):
            sealed = Person.unscoped.in_bulk([one.id for one in some])
            rows = []
            for one in some:
                row = _person(one)
                row.contact = sealed[one.id].contact
                if one.email or one.phone:
                    old = handle.read(sealed[one.id], "contact", Contact)
                    handle.seal(row, "contact", _merged(old, one))
                rows.append(row)
            vault.mark(rows, "contact")
            Person.unscoped.bulk_update(rows, CHANGEABLE, batch_size=200)


def _merged(old: Contact, some: Someone) -> Contact:
    return Contact(some.email or old.email, some.phone or old.phone)


def _assignment(held: Held) -> Assignment:
    return Assignment(
        id=held.id,
        person_id=held.person,
        body_id=held.body,
        party_id=held.party,
        role=held.role,
        role_key=held.role_key,
        group=held.group,
        position=held.position,
        full_time=held.full_time,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
    )


def _change_assignments(held: Sequence[Held]) -> None:
    for some in _chunks(held):
        Assignment.unscoped.bulk_update(
            [_assignment(one) for one in some], ["ends_on", "party", "full_time"], batch_size=200
        )
