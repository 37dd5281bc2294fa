"""What can be asked of cooperation: by the pages, by reminders, by the plan for its evidence."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db.models import Q

from varna.cooperation import rules, words
from varna.cooperation.models import (
    Checked,
    Partner,
    PartnerContact,
    PartyAlone,
    Sharing,
    Task,
    Touch,
    keeps_cooperation,
)
from varna.cooperation.models import (
    Meeting as Row,
)
from varna.foundation import clock, rooms
from varna.foundation.accounts.rules import Actor, system
from varna.foundation.figures import shown, whole_months
from varna.invitations import queries as invitations
from varna.invitations.models import Occasion
from varna.organisation import gathering as organisation


KIND = "cooperation"
PARTY_SECURITY = "party-security"
Days = dict[uuid.UUID, list[dt.date]]
# A room's figures between two days: a code, its words, and the count.
Picture = Callable[[dt.date, dt.date], list[tuple[str, str, int]]]
FIRST_PICTURE = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the plan's evidence wants it; planned ones too, cancelled ones not."""

    reference: str
    held_on: dt.date
    sent: Mapping[uuid.UUID, dt.date]  # partner → the day the invitation left or was given


@dataclass(frozen=True, slots=True)
class PartnerLife:
    """A partner as the plan's evidence wants it."""

    id: uuid.UUID
    name: str
    kind: str
    since: dt.date
    until: dt.date | None
    verified: tuple[dt.date, ...]  # days when a contact of it was verified
    contacted: tuple[dt.date, ...]  # days of contacts, and of meetings it attended
    party: uuid.UUID | None = None  # whose security organisation it is


def meetings() -> list[Meeting]:
    found = [one for one in occasions().values() if one.cancelled_at is None and one.starts_at]
    sent = invitations.sent_days([one.pk for one in found])
    return [
        Meeting(f"meeting:{one.pk}", clock.day_of(one.starts_at), sent[one.pk])
        for one in sorted(found, key=lambda one: one.starts_at or one.made_at)
        if one.starts_at
    ]


def partners() -> list[PartnerLife]:
    verified, contacted = _verified(), _contacted()
    return [
        PartnerLife(
            id=row.pk,
            name=row.name,
            kind=row.kind,
            since=row.since,
            until=row.until,
            verified=tuple(sorted(verified[row.pk])),
            contacted=tuple(sorted(contacted[row.pk])),
            party=row.party,
        )
        for row in Partner.unscoped.all()
    ]


def parties_alone() -> list[tuple[uuid.UUID, dt.date, dt.date | None]]:
    """Parties that have no security organisation, from a day to a day."""
    return list(PartyAlone.unscoped.values_list("party", "since", "until"))


def occasions() -> dict[uuid.UUID, Occasion]:
    return {row.pk: row for row in invitations.occasions(system(KIND), KIND)}


def _verified() -> Days:
    found: Days = defaultdict(list)
    for partner, day in Checked.unscoped.values_list("contact__partner", "on"):
        found[partner].append(day)
    return found


def _contacted() -> Days:
    found: Days = defaultdict(list)
    for partner, day in Touch.unscoped.values_list("partner", "on"):
        found[partner].append(day)
    known = occasions()
    there = Row.unscoped.filter(held=True).exclude(attended=None)
    for meeting, partner in there.values_list("pk", "attended"):
        starts_at = known[meeting].starts_at if meeting in known else None
        if starts_at is not None:
            found[partner].append(clock.day_of(starts_at))
    return found


# ── for the pages ─────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class PartnerLine:
    life: PartnerLife
    last_verified: dt.date | None
    last_contact: dt.date | None
    silent: bool  # something is older than it may be

    @property
    def kind(self) -> str:
        return words.kind(self.life.kind)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    row: Row
    occasion: Occasion

    @property
    def is_cancelled(self) -> bool:
        return self.occasion.cancelled_at is not None


def partner_lines(actor: Actor, day: dt.date) -> list[PartnerLine]:
    """Partners in force, the silent first."""
    if not keeps_cooperation(actor):
        return []
    found = []
    for life in partners():
        if life.since <= day and (life.until is None or life.until >= day):
            verified, contact = rules.last(life.verified, day), rules.last(life.contacted, day)
            silent = rules.is_silent(verified, day) or rules.is_silent(contact, day)
            found.append(PartnerLine(life, verified, contact, silent))
    return sorted(found, key=lambda line: not line.silent)


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party in the council that nobody has entered a security organisation for."""

    id: uuid.UUID
    name: str
    alone: bool  # somebody has said that it has none


def party_lines(actor: Actor, day: dt.date) -> list[PartyLine]:
    """Those whose security organisation is missing first."""
    if not keeps_cooperation(actor):
        return []
    entered = {
        one.party
        for one in partners()
        if one.kind == PARTY_SECURITY and (one.until is None or one.until >= day)
    }
    alone = {party for party, _since, until in parties_alone() if until is None or until >= day}
    found = [
        PartyLine(one.id, one.name, one.id in alone)
        for one in organisation.parties_in_council()
        if one.id not in entered and one.sits_on(day)
    ]
    return sorted(found, key=lambda line: (line.alone, line.name))


def find_partner(actor: Actor, pk: uuid.UUID) -> Partner | None:
    return Partner.unscoped.filter(pk=pk).first() if keeps_cooperation(actor) else None


def contacts_of(partner: Partner) -> list[tuple[PartnerContact, dt.date | None]]:
    """A partner's contacts now, each with the day it was last verified."""
    days: Days = defaultdict(list)
    for contact, day in Checked.unscoped.filter(contact__partner=partner).values_list(
        "contact", "on"
    ):
        days[contact].append(day)
    rows = PartnerContact.unscoped.filter(partner=partner, until=None)
    return [(row, max(days[row.pk], default=None)) for row in rows]


def find_contact(partner: Partner, pk: uuid.UUID) -> PartnerContact | None:
    return PartnerContact.unscoped.filter(partner=partner, pk=pk, until=None).first()


def touches(partner: Partner) -> list[Touch]:
    return list(Touch.unscoped.filter(partner=partner)[:50])


def meeting_lines(actor: Actor) -> list[MeetingLine]:
    """Every meeting, the latest first."""
    if not keeps_cooperation(actor):
        return []
    rows = Row.unscoped.in_bulk()
    found = [MeetingLine(rows[pk], one) for pk, one in occasions().items() if pk in rows]
    return sorted(found, key=lambda line: line.occasion.starts_at or clock.now(), reverse=True)


def find_meeting(actor: Actor, pk: uuid.UUID) -> MeetingLine | None:
    return next((line for line in meeting_lines(actor) if line.row.pk == pk), None)


def picture_of(line: MeetingLine, *, at: dt.datetime) -> list[list[object]]:
    """Figures for the whole months since the meeting before, up to this one or to today, as they
    may be shown: a code and a number, or None where it is too small to be said.
    """
    held_on = clock.day_of(line.occasion.starts_at) if line.occasion.starts_at else clock.day_of(at)
    held = sorted(one.held_on for one in meetings() if one.held_on < held_on)
    first = held[-1] if held else held_on - FIRST_PICTURE
    months = whole_months(first, min(held_on, clock.day_of(at)))
    if months is None:
        return []
    asked: tuple[Picture, ...] = rooms.handed("cooperation.situation")
    return [[code, shown(count)] for told in asked for code, _label, count in told(*months)]


def labelled(picture: list[list[object]]) -> list[tuple[str, int | None]]:
    """A picture with today's words for its codes."""
    asked: tuple[Picture, ...] = rooms.handed("cooperation.situation")
    today = clock.today()
    labels = {code: label for told in asked for code, label, _count in told(today, today)}
    return [(labels.get(str(code), str(code)), cast("int | None", said)) for code, said in picture]


def attended(meeting: Row) -> list[Partner]:
    return list(Partner.unscoped.filter(pk__in=meeting.attended.values("pk")))


def tasks_before(line: MeetingLine) -> list[Task]:
    """A meeting's own tasks, and those still open from the meetings before it."""
    begins = line.occasion.starts_at
    earlier = [
        pk for pk, one in occasions().items() if begins and one.starts_at and one.starts_at < begins
    ]
    return list(Task.unscoped.filter(Q(meeting=line.row) | Q(meeting__in=earlier, done_on=None)))


def open_tasks() -> list[Task]:
    return list(Task.unscoped.filter(done_on=None))


def find_task(actor: Actor, pk: uuid.UUID) -> Task | None:
    return Task.unscoped.filter(pk=pk).first() if keeps_cooperation(actor) else None


def sharings(actor: Actor) -> list[Sharing]:
    if not keeps_cooperation(actor):
        return []
    return list(Sharing.unscoped.select_related("partner"))


def chosen(actor: Actor, partners: set[uuid.UUID]) -> list[Partner]:
    if not keeps_cooperation(actor):
        return []
    return list(Partner.unscoped.filter(pk__in=partners))
