"""Open somebody's contact details, protect somebody, and keep what is known of a body."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from django.db.models import Q

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import Forbidden, deed, leave, let, locked, part, refuse, unchanged
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.organisation.models import (
    Administration,
    Assignment,
    Body,
    MandatePeriod,
    Person,
    Vouching,
    keeps_the_register,
)
from varna.organisation.rules.names import fold, tidy
from varna.organisation.rules.periods import Period, WhyNotSet
from varna.organisation.rules.roles import BodyKind, WhyNotSaid, read_role
from varna.organisation.sealed import Contact


def read_contact(person: uuid.UUID, *, by: Actor, at: dt.datetime) -> Contact:
    """Open how to reach somebody, for those who keep the register."""
    row = Person.visible_to(by, at=at).filter(pk=person).first()
    if row is None:
        raise Forbidden
    with vault.opened_for(
        owners.REGISTER,
        Compartment.PROTECTION,
        may=keeps_the_register(by),
        act="register.contact_read",
        about=person,
        by=by,
        at=at,
    ) as handle:
        return handle.read(row, "contact", Contact)


def addresses(people: Iterable[uuid.UUID], *, at: dt.datetime) -> dict[uuid.UUID, str]:
    """E-mail addresses, for the system to send something to; nobody is shown them. Those without
    one are left out. One line in the log for all.
    """
    rows = list(Person.unscoped.filter(pk__in=list(people)).exclude(contact=None))
    with vault.opened_by_system(
        owners.REGISTER, Compartment.PROTECTION, purpose="send invitations", at=at
    ) as handle:
        kept = {row.pk: handle.read(row, "contact", Contact) for row in rows}
    return {pk: said.email for pk, said in kept.items() if said.email}


@deed("register.protected", "register.protection_lifted")
def protect(person: uuid.UUID, *, protected: bool, by: Actor, at: dt.datetime) -> None:
    """Give or lift protected identity. An import can give it, and only a person can lift it."""
    let(keeps_the_register(by))
    row = locked(Person.unscoped, person)
    if row.protected is protected:
        unchanged()
        return
    row.protected = protected
    row.save(update_fields=["protected"])
    act = "register.protected" if protected else "register.protection_lifted"
    leave(act, about=person)


@deed("register.vouched")
def vouch(*, by: Actor, at: dt.datetime) -> None:
    """The register has been gone through and is right today: people, bodies, administrations."""
    let(keeps_the_register(by))
    today = clock.day_of(at)
    row, new = Vouching.unscoped.get_or_create(on=today, defaults={"noted_by": by.reference})
    if new:
        leave("register.vouched", about=row.pk)
    else:
        unchanged()


@deed("register.body_kept")
def keep_body(
    body: uuid.UUID, *, kind: BodyKind, administration: str, by: Actor, at: dt.datetime
) -> None:
    """Correct what a body is, and which administration serves it."""
    let(keeps_the_register(by))
    row = locked(Body.unscoped, body)
    row.administration = _administration(administration)
    row.save(update_fields=["administration"])
    _say_kind(row, kind, by=by, at=at)
    leave("register.body_kept", about=body, kind=kind.value)


@deed("register.kinds_said")
def say_kinds(kinds: Mapping[uuid.UUID, BodyKind], *, by: Actor, at: dt.datetime) -> None:
    """What these bodies are: somebody has looked at their names and said so."""
    let(keeps_the_register(by))
    # The council last: what was one gives way first.
    for pk, kind in sorted(kinds.items(), key=lambda said: (said[1] is BodyKind.COUNCIL, said[0])):
        _say_kind(locked(Body.unscoped, pk), kind, by=by, at=at)
    leave("register.kinds_said", n=len(kinds))


@part()
def _say_kind(row: Body, kind: BodyKind, *, by: Actor, at: dt.datetime) -> None:
    refuse(_why_not_say(row, kind))
    other_kind = row.kind != kind
    row.kind, row.said_on, row.said_by = kind, clock.day_of(at), by.reference
    row.save(update_fields=["kind", "said_on", "said_by"])
    if other_kind:
        _read_roles_again(row)


def _why_not_say(row: Body, kind: BodyKind) -> WhyNotSaid | None:
    """A municipality has one council at a time."""
    councils = Body.unscoped.filter(kind=kind.value, dissolved_on=None).exclude(said_on=None)
    second = kind is BodyKind.COUNCIL and not row.dissolved_on
    return WhyNotSaid.SECOND_COUNCIL if second and councils.exclude(pk=row.pk).exists() else None


def _administration(name: str) -> Administration | None:
    if not tidy(name):
        return None
    made, _fresh = Administration.unscoped.get_or_create(
        name_key=fold(name), defaults={"name": tidy(name)}
    )
    return made


def _read_roles_again(body: Body) -> None:
    """A member of a company's board is not a member of a board: the groups follow the kind."""
    rows = list(Assignment.unscoped.filter(body=body))
    for row in rows:
        read = read_role(row.role, BodyKind(body.kind))
        row.group, row.position = read.group or "", read.position or ""
    Assignment.unscoped.bulk_update(rows, ["group", "position"], batch_size=200)


@deed("register.body_dissolved")
def dissolve(body: uuid.UUID, on: dt.date, *, by: Actor, at: dt.datetime) -> int:
    """The body's last day. Its assignments end with it; answer how many. What was, stays."""
    let(keeps_the_register(by))
    row = locked(Body.unscoped, body)
    row.dissolved_on = on
    row.save(update_fields=["dissolved_on"])
    held = Assignment.unscoped.filter(body=row)
    ended = held.filter(Q(ends_on=None) | Q(ends_on__gt=on)).update(ends_on=on)
    leave("register.body_dissolved", about=body, on=str(on), ended=ended)
    return ended


@deed("register.period_set")
def set_period(body: uuid.UUID, period: Period, *, by: Actor, at: dt.datetime) -> MandatePeriod:
    """Set a mandate period other than the law's own. The same first day: the last day is moved."""
    let(keeps_the_register(by))
    others = MandatePeriod.unscoped.select_for_update().filter(body=body)
    overlaps = others.exclude(starts_on=period.starts_on).filter(
        starts_on__lte=period.ends_on, ends_on__gte=period.starts_on
    )
    refuse(WhyNotSet.OVERLAPS if overlaps.exists() else None)
    made, _fresh = MandatePeriod.unscoped.update_or_create(
        body_id=body, starts_on=period.starts_on, defaults={"ends_on": period.ends_on}
    )
    leave("register.period_set", about=body, since=str(period.starts_on))
    return made
