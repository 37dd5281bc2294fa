"""The demonstration's cooperation: partners, one of them silent, and two years of meetings."""

import datetime as dt
import uuid

from varna.cooperation import queries
from varna.cooperation.actions import meetings, partners
from varna.cooperation.actions.meetings import Notes
from varna.cooperation.models import Partner
from varna.cooperation.rules import Ground, Way
from varna.cooperation.sealed import PartnerPerson
from varna.cooperation.words import agenda
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.invitations.rules import Details
from varna.organisation import queries as organisation


PARTNERS = (
    ("Polisen, lokalpolisområde Exempelstad", "police", "Sigrid Tallrot"),
    ("Säkerhetspolisen, regionkontoret", "security-service", "Vidar Snöfjord"),
    ("Mittenlistans säkerhetsansvariga", "party-security", "Tuva Lövdunge"),
    ("Framåtpartiets säkerhetsansvariga", "party-security", "Olle Kornäng"),
    ("Företagshälsan i Exempelstad", "occupational-health", "Pia Hagtorn"),
)
SILENT = 3
# The others in the council: these have no security organisation; of one nobody has asked.
ALONE = (
    "Folkets röst i Exempelstad",
    "Gröna handen",
    "Landsbygdslistan",
    "Rättvis kommun",
    "Fria väljare",
    "Skärgårdens väl",
)
# Two meetings held, one of them with few; one planned.
HELD = ((560, 5), (190, 3))
COMING = 35


def fill(*, by: Actor, at: dt.datetime) -> None:
    if Partner.unscoped.exists():
        return
    known = [_partner(number, by=by, at=at) for number in range(len(PARTNERS))]
    began = at - dt.timedelta(days=700)
    for name in ALONE:
        party = _party(name)
        if party is not None:
            partners.say_alone(party, by=by, at=began)
    for days, came in HELD:
        _held(days, known[:came], by=by, at=at)
    line = _planned(at + dt.timedelta(days=COMING), by=by, at=at)
    meetings.invite(line, by=by, at=at)
    shared = at - dt.timedelta(days=40)
    partners.note_sharing(
        known[0], on=clock.day_of(shared), what="Tider för fullmäktiges möten i vår",
        ground=Ground.OPEN, by=by, at=shared,
    )  # fmt: skip


def _partner(number: int, *, by: Actor, at: dt.datetime) -> Partner:
    name, kind, person = PARTNERS[number]
    began = at - dt.timedelta(days=700)
    made = partners.add(name=name, kind=kind, party=_party(name), by=by, at=began)
    given = person.split()[0].lower()
    said = PartnerPerson(person, f"{given}@samverkan.example", "031-390 06 50")
    contact = partners.name_contact(made, said, by=by, at=began)
    last = 400 if number == SILENT else 40 + number
    for days in range(690, last, -150):
        moment = at - dt.timedelta(days=days)
        partners.verify(contact, by=by, at=moment)
        partners.note_contact(
            made, on=clock.day_of(moment), way=Way.CALL, line="Avstämning, inget nytt",
            by=by, at=moment,
        )  # fmt: skip
    moment = at - dt.timedelta(days=last)
    partners.verify(contact, by=by, at=moment)
    partners.note_contact(
        made, on=clock.day_of(moment), way=Way.LETTER, line="Bekräftade kontaktuppgifterna",
        by=by, at=moment,
    )  # fmt: skip
    return made


def _party(name: str) -> uuid.UUID | None:
    """The party that a security organisation is named after."""
    return next((pk for pk, party in organisation.parties() if name.startswith(party)), None)


def _planned(when: dt.datetime, *, by: Actor, at: dt.datetime) -> queries.MeetingLine:
    begins = dt.datetime.combine(clock.day_of(when), dt.time(13), clock.STOCKHOLM)
    details = Details(
        title="Samverkansmöte",
        starts_at=begins,
        ends_at=begins + dt.timedelta(minutes=90),
        place="Stadshuset, rum 2",
    )
    return meetings.plan(details, agenda(), by=by, at=at)


def _held(days: int, came: list[Partner], *, by: Actor, at: dt.datetime) -> None:
    moment = at - dt.timedelta(days=days)
    asked = moment - dt.timedelta(days=30)
    line = _planned(moment, by=by, at=asked)
    meetings.invite(line, by=by, at=asked)
    for partner in came:
        meetings.give_by_hand(line, partner, by=by, at=asked)
    notes = Notes(
        minutes="Genomgång av läget och av valåret. Kontaktlistan gicks igenom.",
        decisions="Nästa möte hålls före sommaren.",
        attended=came,
        held=True,
    )
    meetings.write_down(line, notes, by=by, at=moment)
    due = clock.day_of(moment) + dt.timedelta(days=60)
    task = meetings.add_task(
        line, what="Skicka aktuell kontaktlista", who="Säkerhetshandläggaren", due_on=due,
        by=by, at=moment,
    )  # fmt: skip
    if days > 365:
        meetings.finish(task, by=by, at=moment + dt.timedelta(days=50))
