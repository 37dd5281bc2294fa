"""Vouch for somebody who serves full time, and read what was written about it."""

import datetime as dt
import uuid

from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.invitations.models import keeps_invitations
from varna.training.models import Confirmation, Session
from varna.training.rules import What


@deed("training.confirmed")
def confirm(
    person: uuid.UUID,
    what: What,
    *,
    on: dt.date,
    by: Actor,
    at: dt.datetime,
    note: str = "",
    session: Session | None = None,
) -> Confirmation:
    """Note that somebody has made sure, or has assessed the risks. `note` is sealed."""
    let(keeps_invitations(by))
    row = Confirmation(
        person=person, what=what.value, on=on, by=by.reference, made_at=at, session=session
    )
    if note:
        vault.writer(owners.TRAINING).seal(row, "note", note)
    row.save(force_insert=True)
    leave("training.confirmed", about=person, what=what.value)
    return row


def read_note(confirmation: Confirmation, *, by: Actor, at: dt.datetime) -> str:
    """What was written."""
    with vault.opened_for(
        owners.TRAINING,
        Compartment.CONTENT,
        may=keeps_invitations(by),
        act="training.note_read",
        about=confirmation.person,
        by=by,
        at=at,
    ) as handle:
        return handle.read(confirmation, "note", str)
