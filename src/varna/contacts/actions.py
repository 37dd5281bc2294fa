"""What is done with contacts: named, corrected, verified, ended."""

import datetime as dt
from dataclasses import dataclass

from varna.contacts import queries
from varna.contacts.models import Contact, ContactQuerySet, Verification, keeps_all
from varna.contacts.queries import Place
from varna.contacts.sealed import Reach
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import Forbidden, deed, leave, let, unchanged
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault


@dataclass(frozen=True, slots=True)
class Named:
    """Who it is, and how to reach them."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""


@deed("contacts.named")
def name(place: Place, said: Named, *, by: Actor, at: dt.datetime) -> Contact:
    """Name a contact. Whoever was it before stays in the history."""
    let(_may_keep(place, by, at))
    end(place, by=by, at=at)
    made = Contact(unit=place.unit, function=place.function, since=clock.day_of(at))
    _write(made, said)
    made.save(force_insert=True)
    leave("contacts.named", about=made.pk)
    return made


@deed("contacts.corrected")
def correct(place: Place, said: Named, *, by: Actor, at: dt.datetime) -> None:
    """The same person, written better."""
    let(_may_keep(place, by, at))
    row = _current(place)
    _write(row, said)
    row.save()
    leave("contacts.corrected", about=row.pk)


@deed("contacts.verified")
def verify(place: Place, *, by: Actor, at: dt.datetime) -> None:
    """Somebody has asked today, and it is right."""
    let(_may_keep(place, by, at))
    row = _current(place)
    _made, fresh = Verification.unscoped.get_or_create(
        contact=row, on=clock.day_of(at), defaults={"noted_by": by.reference}
    )
    if fresh:
        leave("contacts.verified", about=row.pk)
    else:
        unchanged()


@deed("contacts.ended")
def end(place: Place, *, by: Actor, at: dt.datetime) -> None:
    """Nobody is the contact any more."""
    let(_may_keep(place, by, at))
    unchanged()  # unless there was one
    for row in _held(place).select_for_update():
        row.until = clock.day_of(at)
        row.save(update_fields=["until"])
        leave("contacts.ended", about=row.pk)


def read_reach(place: Place, *, by: Actor, at: dt.datetime) -> Named:
    """Open how to reach a contact."""
    row = _current(place)
    with vault.opened_for(
        owners.REGISTER,
        Compartment.PROTECTION,
        may=_may_keep(place, by, at),
        act="contacts.read",
        about=row.pk,
        by=by,
        at=at,
    ) as handle:
        kept = handle.read(row, "reach", Reach)
    return Named(row.name, row.title, kept.email, kept.phone)


def _write(row: Contact, said: Named) -> None:
    row.name, row.title = said.name, said.title
    writer = vault.writer(owners.REGISTER, Compartment.PROTECTION)
    writer.seal(row, "reach", Reach(said.email, said.phone))


def _held(place: Place) -> ContactQuerySet:
    return Contact.unscoped.current().filter(unit=place.unit, function=place.function)


def _current(place: Place) -> Contact:
    row = _held(place).first()
    if row is None:
        raise Forbidden
    return row


def _may_keep(place: Place, by: Actor, at: dt.datetime) -> bool:
    """Places are found through what the actor may see; asked again here, where it is written."""
    if by.system or (place.function and keeps_all(by)):
        return True
    return place.key in {one.key for one in queries.places(by, at=at, day=clock.day_of(at))}
