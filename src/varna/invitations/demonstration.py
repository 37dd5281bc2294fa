"""Invitations that look as if they had been sent, for the demonstration: nobody is mailed."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from varna.foundation.outbox.models import Mail
from varna.invitations import links
from varna.invitations.models import Invitation, Occasion
from varna.invitations.rules import Answer, InviteeKind


def pretend(
    occasion: Occasion,
    people: Sequence[uuid.UUID],
    *,
    left_at: dt.datetime,
    by_hand: Iterable[uuid.UUID] = (),
    to_give: Iterable[uuid.UUID] = (),
) -> list[Invitation]:
    """One invitation each. Those by hand were given the day after; those to give still wait."""
    given, waiting = set(by_hand), set(to_give)
    rows, mails = [], []
    for person in people:
        row = Invitation(
            id=uuid.uuid5(occasion.pk, str(person)),
            occasion=occasion,
            invitee_kind=InviteeKind.PERSON.value,
            invitee=person,
            invited_at=left_at,
        )
        row.token_hash = links.token_hash(links.token(row.pk, row.version))
        if person in given:
            row.by_hand_at = left_at + dt.timedelta(days=1)
            row.by_hand_by = "system:demonstration"
        elif person not in waiting:
            row.mail = uuid.uuid5(row.pk, "mail")
            mails.append(_left(row.mail, left_at))
        rows.append(row)
    Mail.unscoped.bulk_create(mails, ignore_conflicts=True, batch_size=500)
    return Invitation.unscoped.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _left(pk: uuid.UUID, at: dt.datetime) -> Mail:
    return Mail(
        id=pk,
        kind=Mail.Kind.INVITATION,
        once=f"demonstration:{pk}",
        created_at=at,
        due_at=at,
        not_before=at,
        sent_at=at,
    )


def pretend_answers(
    rows: Sequence[Invitation], answers: Sequence[Answer | None], *, at: dt.datetime
) -> None:
    """What each has answered. When the places are taken, a yes is a place in line."""
    taken = 0
    for minute, (row, said) in enumerate(zip(rows, answers, strict=True)):
        if said is None:
            continue
        row.answer, row.answered_at = said, at + dt.timedelta(minutes=minute)
        seats = row.occasion.seats
        if said is Answer.YES and seats is not None and taken >= seats:
            row.waiting_since = row.answered_at
        taken += said is Answer.YES
    fields = ["answer", "answered_at", "waiting_since"]
    Invitation.unscoped.bulk_update(rows, fields, batch_size=200)
