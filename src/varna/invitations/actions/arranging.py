"""Arrange an occasion, change it, call it off."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import asdict

from varna.foundation import deeds
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let, refuse
from varna.foundation.outbox import actions as outbox
from varna.invitations.actions import answering, letters
from varna.invitations.models import Invitation, Occasion, keeps_invitations
from varna.invitations.rules import Details, Reason, is_over, must_be_told
from varna.invitations.words import About


@deed("occasion.arranged")
def arrange(
    details: Details,
    *,
    kind: str,
    by: Actor,
    at: dt.datetime,
    answer_url: str = "invitations:answer",
    pk: uuid.UUID | None = None,
) -> Occasion:
    """Make an occasion; nobody is invited yet. `answer_url` takes the token and nothing else."""
    let(keeps_invitations(by))
    made = Occasion.unscoped.create(
        id=pk or uuid.uuid4(), kind=kind, answer_url=answer_url, made_at=at, **asdict(details)
    )
    leave("occasion.arranged", about=made.pk, kind=kind)
    return made


def locked(occasion: Occasion, by: Actor) -> Occasion:
    """The occasion as it stands, held until the deed is done. Refused when it is cancelled."""
    let(keeps_invitations(by))
    row = deeds.locked(Occasion.unscoped, occasion.pk)
    refuse(Reason.CANCELLED if row.cancelled_at is not None else None)
    return row


@deed("occasion.changed")
def change(occasion: Occasion, details: Details, *, by: Actor, at: dt.datetime) -> int:
    """Change an occasion. Everybody invited is told what they need to know; answer how many mails.

    Whose invitation has not left yet gets it as it now stands, not an old one and its correction.
    What is over is put right without telling anybody; what has begun gives nobody a place.
    """
    row = locked(occasion, by)
    was, over = row.details(), is_over(row.starts_at, row.ends_at, at)
    for name, value in asdict(details).items():
        setattr(row, name, value)
    tell = must_be_told(was, details) and not over
    if tell:
        row.sequence += 1
    if was.starts_at != details.starts_at:
        row.reminded_at = None
    row.save()
    mails = _tell(row, About.CHANGED, at=at) if tell else 0
    if row.starts_at is None or at < row.starts_at:
        answering.fill_places(row, at=at)
    leave("occasion.changed", about=row.pk, sequence=row.sequence, n=mails)
    return mails


@deed("occasion.cancelled")
def cancel(occasion: Occasion, *, by: Actor, at: dt.datetime) -> int:
    """Call it off. Whoever has had the invitation is told; answer how many mails."""
    row = locked(occasion, by)
    row.cancelled_at = at
    row.sequence += 1
    row.save(update_fields=["cancelled_at", "sequence"])
    over = is_over(row.starts_at, row.ends_at, at)
    mails = 0 if over else _tell(row, About.CANCELLED, at=at)
    leave("occasion.cancelled", about=row.pk, n=mails)
    return mails


def _tell(row: Occasion, about: About, *, at: dt.datetime) -> int:
    invited = list(Invitation.unscoped.filter(occasion=row).exclude(mail=None))
    mails = [invitation.mail for invitation in invited if invitation.mail]
    unsent = outbox.take_back(mails, at=at)
    told = letters.send(row, [i for i in invited if i.mail not in unsent], about, at=at)
    waiting = [i for i in invited if i.mail in unsent]
    if about is About.CANCELLED:
        _point_to(waiting, {})  # they never hear of it
        return len(told)
    again = letters.send(row, waiting, About.INVITED, at=at)
    _point_to(waiting, again)
    return len(told) + len(again)


def _point_to(invitations: Sequence[Invitation], mails: dict[uuid.UUID, uuid.UUID]) -> None:
    for invitation in invitations:
        invitation.mail = mails.get(invitation.pk)
    Invitation.unscoped.bulk_update(invitations, ["mail"], batch_size=200)
