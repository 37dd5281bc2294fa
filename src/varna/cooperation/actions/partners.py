"""Partners: added, ended; their contacts named and verified; contacts and sharing noted."""

import datetime as dt

from django.db import transaction

from varna.cooperation.actions.sealing import writer
from varna.cooperation.models import Checked, Partner, PartnerContact, Sharing, Touch
from varna.cooperation.rules import Ground, Way
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit


@transaction.atomic
def add(*, name: str, kind: str, by: Actor, at: dt.datetime) -> Partner:
    writer(by)
    made = Partner.unscoped.create(name=name, kind=kind, since=clock.day_of(at))
    audit.record("partner.added", by=by, at=at, about=made.pk, kind=kind)
    return made


@transaction.atomic
def end(partner: Partner, *, by: Actor, at: dt.datetime) -> None:
    """Cooperation with it has come to its end; what was, stays. Said again, the day stands."""
    writer(by)
    row = Partner.unscoped.select_for_update().get(pk=partner.pk)
    if row.until is not None:
        return
    row.until = clock.day_of(at)
    row.save(update_fields=["until"])
    audit.record("partner.ended", by=by, at=at, about=partner.pk)


@transaction.atomic
def name_contact(
    partner: Partner,
    person: dict[str, str],
    *,
    by: Actor,
    at: dt.datetime,
    known: PartnerContact | None = None,
) -> PartnerContact:
    """A new contact (`name`, `email`, `phone`), or a known one written better."""
    row = known or PartnerContact(partner=partner, made_at=at)
    writer(by).seal(row, "person", person)
    row.save()
    audit.record("partner.contact_named", by=by, at=at, about=partner.pk, contact=str(row.pk))
    return row


@transaction.atomic
def end_contact(contact: PartnerContact, *, by: Actor, at: dt.datetime) -> None:
    writer(by)
    row = PartnerContact.unscoped.select_for_update().get(pk=contact.pk)
    if row.until is not None:
        return
    row.until = clock.day_of(at)
    row.save(update_fields=["until"])
    audit.record("partner.contact_ended", by=by, at=at, about=row.partner_id)


@transaction.atomic
def verify(contact: PartnerContact, *, by: Actor, at: dt.datetime) -> None:
    """Somebody has asked today, and it is right."""
    writer(by)
    on = clock.day_of(at)
    Checked.unscoped.get_or_create(contact=contact, on=on, defaults={"noted_by": by.reference})
    audit.record("partner.verified", by=by, at=at, about=contact.partner_id)


@transaction.atomic
def note_contact(
    partner: Partner, *, on: dt.date, way: Way, line: str, by: Actor, at: dt.datetime
) -> Touch:
    """A contact that was had. One line, and nothing about a case."""
    row = Touch(partner=partner, on=on, way=way.value, noted_by=by.reference)
    writer(by).seal(row, "line", line)
    row.save(force_insert=True)
    audit.record("partner.contacted", by=by, at=at, about=partner.pk, way=way.value)
    return row


@transaction.atomic
def note_sharing(
    partner: Partner, *, on: dt.date, what: str, ground: Ground, by: Actor, at: dt.datetime
) -> Sharing:
    row = Sharing(partner=partner, on=on, ground=ground.value, noted_by=by.reference)
    writer(by).seal(row, "what", what)
    row.save(force_insert=True)
    audit.record("partner.shared", by=by, at=at, about=partner.pk, ground=ground.value)
    return row
