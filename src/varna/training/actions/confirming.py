"""Vouch for somebody who serves full time, and read what was written about it."""

import datetime as dt
import uuid

from django.db import transaction

from varna.foundation.accounts.rules import Actor, Strength
from varna.foundation.audit import actions as audit
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.invitations.models import keeps_invitations
from varna.training.models import Confirmation, Session
from varna.training.rules import What


class RefusedError(Exception):
    """This actor may not read it; the page answers as if it did not exist."""


@transaction.atomic
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
    row = Confirmation(
        person=person, what=what.value, on=on, by=by.reference, made_at=at, session=session
    )
    if note:
        vault.writer(owners.TRAINING).seal(row, "note", note)
    row.save(force_insert=True)
    audit.record("training.confirmed", by=by, at=at, about=person, what=what.value)
    return row


def read_note(confirmation: Confirmation, *, by: Actor, at: dt.datetime) -> str:
    """What was written. The line is on disk first."""
    if not keeps_invitations(by) or by.strength is not Strength.STRONG:
        audit.record("training.note_refused", by=by, at=at, about=confirmation.person)
        raise RefusedError
    with transaction.atomic(durable=True):
        audit.record("training.note_read", by=by, at=at, about=confirmation.person)
    with vault.opened_by_system(owners.TRAINING, purpose="training note", at=at) as handle:
        return str(handle.read(confirmation, "note") or "")
