"""Read the register as a whole, and make its rows as a plan says. Only the import calls this."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db.models import QuerySet

from varna.foundation import clock
from varna.foundation.deeds import part
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.importing.rules.matching import Someone
from varna.importing.rules.plan import Held, Known, Plan
from varna.organisation.models import Assignment, Body, MandatePeriod, Party, Person
from varna.organisation.rules.names import fold, sort_key
from varna.organisation.rules.roles import BodyKind
from varna.organisation.sealed import Contact


CHUNK = 5000
PURPOSE = "register import"


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


def parties(plan: Plan) -> list[Party]:
    return [Party(id=pk, name=name, name_key=fold(name)) for pk, name in plan.parties_new.items()]


def bodies(plan: Plan, *, said_by: str) -> list[Body]:
    """New bodies; of those that somebody has answered for it is said, of the others guessed."""
    today = clock.today()
    made = []
    for pk, (name, kind) in plan.bodies_new.items():
        body = Body(id=pk, name=name, name_key=fold(name), kind=kind.value)
        if pk in plan.said:
            body.said_on, body.said_by = today, said_by
        made.append(body)
    return made


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


@part()
def people(some: Sequence[Someone]) -> list[Person]:
    """New rows, sealed."""
    writer = vault.writer(owners.REGISTER, Compartment.PROTECTION)
    rows = []
    for one in some:
        row = _person(one)
        if one.email or one.phone:
            writer.seal(row, "contact", Contact(one.email, one.phone))
        rows.append(row)
    return rows


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


@contextmanager
def opened() -> Iterator[vault.Handle]:
    """The register's contact details, and what imports have kept of them."""
    with vault.opened_by_system(
        owners.REGISTER, Compartment.PROTECTION, purpose=PURPOSE, at=clock.now()
    ) as handle:
        yield handle


@part()
def changed(some: Someone, was: Person, handle: vault.Handle) -> Person:
    """The row as the file leaves it. One that gives a new address only must not lose the telephone
    number: open, and seal both again. Contact details that do not change are not opened.
    """
    row = _person(some)
    row.contact = was.contact
    if some.email or some.phone:
        handle.seal(row, "contact", _merged(handle.read(was, "contact", Contact), some))
    return row


def _merged(old: Contact, some: Someone) -> Contact:
    return Contact(some.email or old.email, some.phone or old.phone)


def assignment(held: Held) -> Assignment:
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


def bodies_with_periods(ids: Iterable[uuid.UUID]) -> "QuerySet[MandatePeriod, uuid.UUID]":
    return MandatePeriod.unscoped.filter(body__in=ids).values_list("body", flat=True)
