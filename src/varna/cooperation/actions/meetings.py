"""Meetings: planned, moved, called off, invited to, and written down."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from varna.cooperation import queries
from varna.cooperation.actions.sealing import let_keep, reading
from varna.cooperation.models import Meeting, Partner, PartnerContact, Task
from varna.cooperation.queries import KIND, MeetingLine, picture_of
from varna.cooperation.rules import Reason
from varna.cooperation.sealed import PartnerPerson, Undertaking
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor, system
from varna.foundation.deeds import Forbidden, deed, leave, locked, refuse, unchanged
from varna.invitations import queries as invited
from varna.invitations.actions import arranging, inviting
from varna.invitations.actions.inviting import Invited
from varna.invitations.rules import Details, Invitee, InviteeKind


PLANNED, WRITTEN = ("agenda",), ("minutes", "decisions")  # what is saved together


@dataclass(frozen=True, slots=True)
class Notes:
    """What a meeting leaves behind."""

    minutes: str
    decisions: str
    attended: Sequence[Partner]
    held: bool


@deed("occasion.arranged")
def plan(details: Details, agenda: str, *, by: Actor, at: dt.datetime) -> MeetingLine:
    """Plan a meeting; nobody is invited yet."""
    sealer = let_keep(by)
    occasion = arranging.arrange(details, kind=KIND, by=by, at=at)
    row = Meeting(pk=occasion.pk)
    sealer.seal(row, "agenda", agenda)
    row.save(force_insert=True)
    return MeetingLine(row, occasion)


@deed("occasion.changed")
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
    sealer = let_keep(by)
    row = _locked(line, seen, PLANNED)
    refuse(Reason.OVER if line.is_cancelled else None)
    told = arranging.change(line.occasion, details, by=by, at=at)
    sealer.seal(row, "agenda", agenda)
    row.save(update_fields=["agenda"])
    return told


@deed("occasion.cancelled")
def cancel(line: MeetingLine, *, by: Actor, at: dt.datetime) -> int:
    let_keep(by)
    refuse(Reason.OVER if line.is_cancelled else None)
    return arranging.cancel(line.occasion, by=by, at=at)


@deed("invitations.made")
def invite(line: MeetingLine, *, by: Actor, at: dt.datetime) -> Invited:
    """Invite every partner in force. Can be done again: who is invited already is left alone."""
    let_keep(by)
    refuse(Reason.OVER if line.is_cancelled else None)
    partners = [one.life.id for one in queries.partner_lines(by, clock.day_of(at))]
    refuse(None if partners else Reason.NOBODY)
    addresses = _addresses(partners, at=at)
    invitees = [Invitee(InviteeKind.PARTNER, pk, addresses.get(pk, "")) for pk in partners]
    return inviting.invite(line.occasion, invitees, by=by, at=at)


def _addresses(partners: Iterable[object], *, at: dt.datetime) -> dict[object, str]:
    """The first contact's address of each partner that has one."""
    rows = PartnerContact.unscoped.filter(partner__in=list(partners), until=None)
    found: dict[object, str] = {}
    with reading(None, by=system("send invitations"), at=at) as handle:
        for row in rows:
            email = handle.read(row, "person", PartnerPerson).email
            if email:
                found.setdefault(row.partner_id, email)
    return found


@deed("invitation.given")
def give_by_hand(line: MeetingLine, partner: Partner, *, by: Actor, at: dt.datetime) -> None:
    """The invitation was read out on the telephone, or handed over."""
    let_keep(by)
    found = invited.invitations_to(by, line.occasion.pk).filter(invitee=partner.pk).first()
    if found is None:
        raise Forbidden
    inviting.give_by_hand(found, by=by, at=at)


@deed("meeting.written")
def write_down(
    line: MeetingLine, notes: Notes, *, by: Actor, at: dt.datetime, seen: str = ""
) -> None:
    """Minutes, decisions and who came. Can be written again by whoever has seen what stands."""
    sealer = let_keep(by)
    refuse(Reason.OVER if line.is_cancelled else None)
    row = _locked(line, seen, WRITTEN)
    sealer.seal(row, "minutes", notes.minutes)
    sealer.seal(row, "decisions", notes.decisions)
    row.held = notes.held
    row.picture = row.picture if row.picture is not None else picture_of(line, at=at)
    row.save(update_fields=["minutes", "decisions", "held", "picture"])
    row.attended.set(notes.attended)
    leave("meeting.written", about=row.pk, attended=len(notes.attended))


@deed("meeting.task_added")
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
    sealer = let_keep(by)
    row = Task(meeting=line.row, due_on=due_on, account=by.account if mine else None)
    sealer.seal(row, "what", Undertaking(what, who))
    row.save(force_insert=True)
    leave("meeting.task_added", about=line.row.pk, task=str(row.pk))
    return row


@deed("meeting.task_done")
def finish(task: Task, *, by: Actor, at: dt.datetime) -> None:
    let_keep(by)
    row = locked(Task.unscoped, task.pk)
    if row.done_on is not None:
        unchanged()
        return
    row.done_on = clock.day_of(at)
    row.save(update_fields=["done_on"])
    leave("meeting.task_done", about=row.meeting_id, task=str(row.pk))


def _locked(line: MeetingLine, seen: str, names: Sequence[str]) -> Meeting:
    """The meeting, held until the deed is done. Nobody writes over what they have not seen."""
    row = locked(Meeting.unscoped, line.row.pk)
    refuse(Reason.MEANWHILE if seen and row.mark(*names) != seen else None)
    return row
