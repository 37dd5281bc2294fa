"""Meetings: planned, moved, called off, invited to, and written down."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from varna.cooperation import queries
from varna.cooperation.actions.sealing import reading, writer
from varna.cooperation.models import Meeting, Partner, PartnerContact, Task
from varna.cooperation.queries import KIND, MeetingLine
from varna.cooperation.rules import WhyNot
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor, system
from varna.foundation.audit import actions as audit
from varna.invitations import queries as invited
from varna.invitations.actions import arranging, inviting
from varna.invitations.actions.arranging import CancelledError
from varna.invitations.actions.inviting import Invited
from varna.invitations.rules import Details, Invitee, InviteeKind


PLANNED, WRITTEN = ("agenda",), ("minutes", "decisions")  # what is saved together


class WhyNotError(Exception):
    """The rules say no; the page says why."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Notes:
    """What a meeting leaves behind."""

    minutes: str
    decisions: str
    attended: Sequence[Partner]
    held: bool


@transaction.atomic
def plan(details: Details, agenda: str, *, by: Actor, at: dt.datetime) -> MeetingLine:
    """Plan a meeting; nobody is invited yet."""
    sealer = writer(by)
    occasion = arranging.arrange(details, kind=KIND, by=by, at=at)
    row = Meeting(pk=occasion.pk)
    sealer.seal(row, "agenda", agenda)
    row.save(force_insert=True)
    return MeetingLine(row, occasion)


@transaction.atomic
def change(
    line: MeetingLine,
    details: Details,
    agenda: str,
    *,
    by: Actor,
    at: dt.datetime,
    seen: str = "",
) -> int:
    """Move or correct it. Who was invited is told of a new time or place; answer how many.

    `seen`: the mark of what the writer saw.
    """
    sealer = writer(by)
    row = _locked(line, seen, PLANNED)
    told = _still_on(lambda: arranging.change(line.occasion, details, by=by, at=at))
    sealer.seal(row, "agenda", agenda)
    row.save(update_fields=["agenda"])
    return told


@transaction.atomic
def cancel(line: MeetingLine, *, by: Actor, at: dt.datetime) -> int:
    writer(by)
    return _still_on(lambda: arranging.cancel(line.occasion, by=by, at=at))


def invite(line: MeetingLine, *, by: Actor, at: dt.datetime) -> Invited:
    """Invite every partner in force. Can be done again: who is invited already is left alone."""
    writer(by)
    if line.is_cancelled:
        raise WhyNotError(WhyNot.OVER)
    partners = [one.life.id for one in queries.partner_lines(by, clock.day_of(at))]
    if not partners:
        raise WhyNotError(WhyNot.NOBODY)
    addresses = _addresses(partners, at=at)
    invitees = [Invitee(InviteeKind.PARTNER, pk, addresses.get(pk, "")) for pk in partners]
    return inviting.invite(line.occasion, invitees, by=by, at=at)


def _addresses(partners: Iterable[object], *, at: dt.datetime) -> dict[object, str]:
    """The first contact's address of each partner that has one."""
    rows = PartnerContact.unscoped.filter(partner__in=list(partners), until=None)
    found: dict[object, str] = {}
    with reading(None, by=system("send invitations"), at=at) as handle:
        for row in rows:
            email = handle.read(row, "person").get("email", "")
            if email:
                found.setdefault(row.partner_id, email)
    return found


@transaction.atomic
def give_by_hand(line: MeetingLine, partner: Partner, *, by: Actor, at: dt.datetime) -> None:
    """The invitation was read out on the telephone, or handed over."""
    writer(by)
    found = invited.invitations_to(by, line.occasion.pk).filter(invitee=partner.pk).first()
    if found is not None:
        inviting.give_by_hand(found, by=by, at=at)


@transaction.atomic
def write_down(
    line: MeetingLine, notes: Notes, *, by: Actor, at: dt.datetime, seen: str = ""
) -> None:
    """Minutes, decisions and who came. Can be written again by whoever has seen what stands."""
    sealer = writer(by)
    if line.is_cancelled:
        raise WhyNotError(WhyNot.OVER)
    row = _locked(line, seen, WRITTEN)
    sealer.seal(row, "minutes", notes.minutes)
    sealer.seal(row, "decisions", notes.decisions)
    row.held = notes.held
    row.save(update_fields=["minutes", "decisions", "held"])
    row.attended.set(notes.attended)
    audit.record("meeting.written", by=by, at=at, about=row.pk, attended=len(notes.attended))


@transaction.atomic
def add_task(
    line: MeetingLine,
    *,
    what: str,
    who: str,
    due_on: dt.date,
    by: Actor,
    at: dt.datetime,
    mine: bool = False,
) -> Task:
    """Somebody takes something on. `mine`: whoever writes it down, who is then reminded."""
    row = Task(meeting=line.row, due_on=due_on, account=by.account if mine else None)
    writer(by).seal(row, "what", {"what": what, "who": who})
    row.save(force_insert=True)
    audit.record("meeting.task_added", by=by, at=at, about=line.row.pk, task=str(row.pk))
    return row


@transaction.atomic
def finish(task: Task, *, by: Actor, at: dt.datetime) -> None:
    writer(by)
    if task.done_on is None:
        task.done_on = clock.day_of(at)
        task.save(update_fields=["done_on"])
        audit.record("meeting.task_done", by=by, at=at, about=task.meeting_id, task=str(task.pk))


def _locked(line: MeetingLine, seen: str, names: Sequence[str]) -> Meeting:
    """The meeting, held until the deed is done. Nobody writes over what they have not seen."""
    row = Meeting.unscoped.select_for_update().get(pk=line.row.pk)
    if seen and row.mark(*names) != seen:
        raise WhyNotError(WhyNot.MEANWHILE)
    return row


def _still_on(deed: Callable[[], int]) -> int:
    try:
        return deed()
    except CancelledError:
        raise WhyNotError(WhyNot.OVER) from None
