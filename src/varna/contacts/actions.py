"""What is done with contacts: named, corrected, verified, ended."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from varna.contacts import queries
from varna.contacts.models import Contact, Verification, keeps_all
from varna.contacts.queries import Place
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor, Strength
from varna.foundation.audit import actions as audit
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault


class RefusedError(Exception):
    """This actor may not; the page answers as if it did not exist."""


@dataclass(frozen=True, slots=True)
class Named:
    """Who it is, and how to reach them."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def name(place: Place, said: Named, *, by: Actor, at: dt.datetime) -> Contact:
    """Name a contact. Whoever was it before stays in the history."""
    _refuse_strangers(place, by, at)
    end(place, by=by, at=at)
    made = Contact(unit=place.unit, function=place.function, since=clock.day_of(at))
    _write(made, said)
    made.save(force_insert=True)
    audit.record("contacts.named", by=by, at=at, about=made.pk)
    return made


@transaction.atomic
def correct(place: Place, said: Named, *, by: Actor, at: dt.datetime) -> None:
    """The same person, written better."""
    row = _current(place, by, at)
    _write(row, said)
    row.save()
    audit.record("contacts.corrected", by=by, at=at, about=row.pk)


@transaction.atomic
def verify(place: Place, *, by: Actor, at: dt.datetime) -> None:
    """Somebody has asked today, and it is right."""
    row = _current(place, by, at)
    made, fresh = Verification.unscoped.get_or_create(
        contact=row, on=clock.day_of(at), defaults={"noted_by": by.reference}
    )
    if fresh:
        audit.record("contacts.verified", by=by, at=at, about=made.contact_id)


@transaction.atomic
def end(place: Place, *, by: Actor, at: dt.datetime) -> None:
    """Nobody is the contact any more."""
    _refuse_strangers(place, by, at)
    held = Contact.unscoped.current().filter(unit=place.unit, function=place.function)
    for row in held.select_for_update():
        row.until = clock.day_of(at)
        row.save(update_fields=["until"])
        audit.record("contacts.ended", by=by, at=at, about=row.pk)


def read_reach(place: Place, *, by: Actor, at: dt.datetime) -> Named:
    """Open how to reach a contact. The line is on disk first."""
    row = _current(place, by, at)
    if not (by.system or by.strength is Strength.STRONG):
        raise RefusedError
    with transaction.atomic(durable=True):
        audit.record("contacts.read", by=by, at=at, about=row.pk)
    with vault.opened_by_system(
        owners.REGISTER, Compartment.PROTECTION, purpose="named contact", at=at
    ) as handle:
        kept = handle.read(row, "reach") or {}
    return Named(row.name, row.title, kept.get("email", ""), kept.get("phone", ""))


def _write(row: Contact, said: Named) -> None:
    row.name, row.title = said.name, said.title
    writer = vault.writer(owners.REGISTER, Compartment.PROTECTION)
    writer.seal(row, "reach", {"email": said.email, "phone": said.phone})


def _current(place: Place, by: Actor, at: dt.datetime) -> Contact:
    _refuse_strangers(place, by, at)
    held = Contact.unscoped.current().filter(unit=place.unit, function=place.function)
    row = held.first()
    if row is None:
        raise RefusedError
    return row


def _refuse_strangers(place: Place, by: Actor, at: dt.datetime) -> None:
    """Places are found through what the actor may see; asked again here, where it is written."""
    if by.system:
        return
    seen = {one.key for one in queries.places(by, at=at, day=clock.day_of(at))}
    if place.key not in seen and not (place.function and keeps_all(by)):
        raise RefusedError
