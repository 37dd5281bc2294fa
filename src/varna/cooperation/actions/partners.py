"""Partners: added, ended; their contacts named and verified; contacts and sharing noted."""

import datetime as dt
import uuid

from varna.cooperation.actions.sealing import let_keep
from varna.cooperation.models import (
    Checked,
    Partner,
    PartnerContact,
    PartyAlone,
    Sharing,
    Touch,
)
from varna.cooperation.rules import Ground, Way
from varna.cooperation.sealed import PartnerPerson
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, locked, unchanged


@deed("partner.added")
def add(
    *, name: str, kind: str, by: Actor, at: dt.datetime, party: uuid.UUID | None = None
) -> Partner:
    let_keep(by)
    made = Partner.unscoped.create(name=name, kind=kind, party=party, since=clock.day_of(at))
    leave("partner.added", about=made.pk, kind=kind)
    return made


@deed("partner.party_said")
def say_party(partner: Partner, party: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """Whose security organisation it is."""
    let_keep(by)
    row = locked(Partner.unscoped, partner.pk)
    row.party = party
    row.save(update_fields=["party"])
    leave("partner.party_said", about=partner.pk)


@deed("party.alone")
def say_alone(party: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """The party has no security organisation of its own. Said again, the day stands."""
    let_keep(by)
    if PartyAlone.unscoped.filter(party=party, until=None).exists():
        unchanged()
        return
    row = PartyAlone.unscoped.create(party=party, since=clock.day_of(at), noted_by=by.reference)
    leave("party.alone", about=row.pk)


@deed("party.not_alone")
def take_back_alone(party: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """It has one all the same, or again."""
    let_keep(by)
    rows = PartyAlone.unscoped.filter(party=party, until=None)
    if rows.update(until=clock.day_of(at) - dt.timedelta(days=1)):
        leave("party.not_alone", about=party)
    else:
        unchanged()


@deed("partner.ended")
def end(partner: Partner, *, by: Actor, at: dt.datetime) -> None:
    """Cooperation with it has come to its end; what was, stays. Said again, the day stands."""
    let_keep(by)
    row = locked(Partner.unscoped, partner.pk)
    if row.until is not None:
        unchanged()
        return
    row.until = clock.day_of(at)
    row.save(update_fields=["until"])
    leave("partner.ended", about=partner.pk)


@deed("partner.contact_named")
def name_contact(
    partner: Partner,
    person: PartnerPerson,
    *,
    by: Actor,
    at: dt.datetime,
    known: PartnerContact | None = None,
) -> PartnerContact:
    """A new contact, or a known one written better."""
    sealer = let_keep(by)
    row = known or PartnerContact(partner=partner, made_at=at)
    sealer.seal(row, "person", person)
    row.save()
    leave("partner.contact_named", about=partner.pk, contact=str(row.pk))
    return row


@deed("partner.contact_ended")
def end_contact(contact: PartnerContact, *, by: Actor, at: dt.datetime) -> None:
    let_keep(by)
    row = locked(PartnerContact.unscoped, contact.pk)
    if row.until is not None:
        unchanged()
        return
    row.until = clock.day_of(at)
    row.save(update_fields=["until"])
    leave("partner.contact_ended", about=row.partner_id)


@deed("partner.verified")
def verify(contact: PartnerContact, *, by: Actor, at: dt.datetime) -> None:
    """Somebody has asked today, and it is right."""
    let_keep(by)
    on = clock.day_of(at)
    _row, fresh = Checked.unscoped.get_or_create(
        contact=contact, on=on, defaults={"noted_by": by.reference}
    )
    if fresh:
        leave("partner.verified", about=contact.partner_id)
    else:
        unchanged()


@deed("partner.contacted")
def note_contact(
    partner: Partner, *, on: dt.date, way: Way, line: str, by: Actor, at: dt.datetime
) -> Touch:
    """A contact that was had. One line, and nothing about a case."""
    row = Touch(partner=partner, on=on, way=way.value, noted_by=by.reference)
    let_keep(by).seal(row, "line", line)
    row.save(force_insert=True)
    leave("partner.contacted", about=partner.pk, way=way.value)
    return row


@deed("partner.shared")
def note_sharing(
    partner: Partner, *, on: dt.date, what: str, ground: Ground, by: Actor, at: dt.datetime
) -> Sharing:
    row = Sharing(partner=partner, on=on, ground=ground.value, noted_by=by.reference)
    let_keep(by).seal(row, "what", what)
    row.save(force_insert=True)
    leave("partner.shared", about=partner.pk, ground=ground.value)
    return row
