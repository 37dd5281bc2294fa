"""Open somebody's contact details, protect somebody, and keep what is known of a body."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from varna.foundation.accounts.rules import Actor, Strength
from varna.foundation.audit import actions as audit
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.organisation.models import (
    Administration,
    Assignment,
    Body,
    MandatePeriod,
    Person,
    keeps_the_register,
)
from varna.organisation.rules.names import fold, tidy
from varna.organisation.rules.periods import Period
from varna.organisation.rules.roles import BodyKind, read_role


class RefusedError(Exception):
    """This actor does not keep the register; the page answers as if it did not exist."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody."""

    email: str = ""
    phone: str = ""


def read_contact(person: uuid.UUID, *, by: Actor, at: dt.datetime) -> Contact:
    """Open how to reach somebody, for those who keep the register. The line is on disk first."""
    if not keeps_the_register(by) or not (by.system or by.strength is Strength.STRONG):
        audit.record("register.contact_refused", by=by, at=at, about=person)
        raise RefusedError
    row = Person.visible_to(by, at=at).filter(pk=person).first()
    if row is None:
        raise RefusedError
    with transaction.atomic(durable=True):
        audit.record("register.contact_read", by=by, at=at, about=person)
    with vault.opened_by_system(
        owners.REGISTER, Compartment.PROTECTION, purpose="register contact", at=at
    ) as handle:
        kept = handle.read(row, "contact") or {}
    return Contact(kept.get("email", ""), kept.get("phone", ""))


def addresses(people: Iterable[uuid.UUID], *, at: dt.datetime) -> dict[uuid.UUID, str]:
    """E-mail addresses, for the system to send something to; nobody is shown them. Those without
    one are left out. One line in the log for all.
    """
    rows = list(Person.unscoped.filter(pk__in=list(people)).exclude(contact=None))
    with vault.opened_by_system(
        owners.REGISTER, Compartment.PROTECTION, purpose="send invitations", at=at
    ) as handle:
        kept = {row.pk: handle.read(row, "contact") or {} for row in rows}
    return {pk: said["email"] for pk, said in kept.items() if said.get("email")}


@transaction.atomic
def protect(person: uuid.UUID, *, protected: bool, by: Actor, at: dt.datetime) -> None:
    """Give or lift protected identity. An import can give it, and only a person can lift it."""
    if not keeps_the_register(by):
        raise RefusedError
    row = Person.unscoped.select_for_update().filter(pk=person).first()
    if row is None:
        raise RefusedError
    if row.protected is protected:
        return
    row.protected = protected
    row.save(update_fields=["protected"])
    act = "register.protected" if protected else "register.protection_lifted"
    audit.record(act, by=by, at=at, about=person)


@transaction.atomic
def keep_body(
    body: uuid.UUID, *, kind: BodyKind, administration: str, by: Actor, at: dt.datetime
) -> None:
    """Correct what a body is, and which administration serves it."""
    if not keeps_the_register(by):
        raise RefusedError
    row = Body.unscoped.select_for_update().filter(pk=body).first()
    if row is None:
        raise RefusedError
    row.administration = _administration(administration)
    other_kind = row.kind != kind
    row.kind = kind
    row.save(update_fields=["administration", "kind"])
    if other_kind:
        _read_roles_again(row)
    audit.record("register.body_kept", by=by, at=at, about=body, kind=kind.value)


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


@transaction.atomic
def dissolve(body: uuid.UUID, on: dt.date, *, by: Actor, at: dt.datetime) -> int:
    """The body's last day. Its assignments end with it; answer how many. What was, stays."""
    if not keeps_the_register(by):
        raise RefusedError
    row = Body.unscoped.select_for_update().filter(pk=body).first()
    if row is None:
        raise RefusedError
    row.dissolved_on = on
    row.save(update_fields=["dissolved_on"])
    held = Assignment.unscoped.filter(body=row)
    ended = held.filter(Q(ends_on=None) | Q(ends_on__gt=on)).update(ends_on=on)
    audit.record("register.body_dissolved", by=by, at=at, about=body, on=str(on), ended=ended)
    return ended


class OverlapError(Exception):
    """The body already has a period on some of these days."""


@transaction.atomic
def set_period(body: uuid.UUID, period: Period, *, by: Actor, at: dt.datetime) -> MandatePeriod:
    """Set a mandate period other than the law's own. The same first day: the last day is moved."""
    if not keeps_the_register(by):
        raise RefusedError
    others = MandatePeriod.unscoped.select_for_update().filter(body=body)
    if (
        others.exclude(starts_on=period.starts_on)
        .filter(starts_on__lte=period.ends_on, ends_on__gte=period.starts_on)
        .exists()
    ):
        raise OverlapError
    made, _fresh = MandatePeriod.unscoped.update_or_create(
        body_id=body, starts_on=period.starts_on, defaults={"ends_on": period.ends_on}
    )
    audit.record("register.period_set", by=by, at=at, about=body, since=str(period.starts_on))
    return made
