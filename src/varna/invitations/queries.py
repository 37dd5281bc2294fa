"""What can be asked about invitations."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.outbox import queries as outbox
from varna.invitations.links import token, token_hash
from varna.invitations.models import Invitation, InvitationQuerySet, Occasion, OccasionQuerySet
from varna.invitations.rules import (
    OFFERED,
    TO_HAND_OVER,
    Answer,
    InviteeKind,
    Standing,
    came_through,
    standing,
)


def occasions(actor: Actor, kind: str) -> OccasionQuerySet:
    return Occasion.visible_to(actor).filter(kind=kind)


def find_occasion(actor: Actor, pk: uuid.UUID) -> Occasion | None:
    return Occasion.visible_to(actor).filter(pk=pk).first()


def invitations_to(actor: Actor, occasion: uuid.UUID) -> InvitationQuerySet:
    return Invitation.visible_to(actor).filter(occasion=occasion)


def by_token(written: str) -> Invitation | None:
    """The invitation that a link leads to; None when the link is not ours or has been replaced."""
    return (
        Invitation.unscoped.filter(token_hash=token_hash(written))
        .select_related("occasion")
        .first()
    )


def own_token(occasion: uuid.UUID, person: uuid.UUID) -> str | None:
    """The token of a person's own link, for whoever is signed in as that person."""
    row = Invitation.unscoped.filter(
        occasion=occasion, invitee_kind=InviteeKind.PERSON.value, invitee=person
    ).first()
    return None if row is None else token(row.pk, row.version)


def invited(occasion: uuid.UUID) -> set[uuid.UUID]:
    """Everybody who has an invitation, sent or not."""
    return set(Invitation.unscoped.filter(occasion=occasion).values_list("invitee", flat=True))


def sent_days(occasions: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[uuid.UUID, dt.date]]:
    """For each occasion, the day when each invitation left, or was given by hand. Whoever has not
    been asked yet is not there. Two statements, however many.
    """
    found: dict[uuid.UUID, dict[uuid.UUID, dt.date]] = {pk: {} for pk in occasions}
    rows = Invitation.unscoped.filter(occasion__in=list(found)).values_list(
        "occasion", "invitee", "mail", "by_hand_at", "bounced_at"
    )
    left = outbox.left_at(mail for _o, _i, mail, _h, _b in rows if mail is not None)
    for occasion, invitee, mail, by_hand_at, bounced_at in rows:
        mailed = left.get(mail) if mail else None
        mailed = mailed if came_through(mailed, bounced_at) else None
        moments = [moment for moment in (mailed, by_hand_at) if moment is not None]
        if moments:
            found[occasion][invitee] = clock.day_of(min(moments))
    return found


def answered(occasions: Iterable[uuid.UUID], answer: Answer) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Who has given this answer, by occasion. A place on the waiting list is a yes."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {pk: set() for pk in occasions}
    rows = Invitation.unscoped.filter(occasion__in=list(found), answer=answer)
    for occasion, invitee in rows.values_list("occasion", "invitee"):
        found[occasion].add(invitee)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One invitation and what has become of it."""

    invitation: Invitation
    standing: Standing

    @property
    def offered(self) -> bool:
        return self.standing in OFFERED

    @property
    def by_hand(self) -> bool:
        """Whether it can be noted as given."""
        return self.standing in TO_HAND_OVER


def lines(actor: Actor, occasion: uuid.UUID, *, at: dt.datetime) -> list[Line]:
    rows = list(invitations_to(actor, occasion))
    mails = [row.mail for row in rows if row.mail is not None]
    left, lost = outbox.left_at(mails), outbox.given_up(mails, at=at)
    return [
        Line(
            row,
            standing(
                mail=row.mail is not None,
                left=row.mail in left,
                given_up=row.mail in lost,
                given=row.by_hand_at is not None,
                bounced=not came_through(left.get(row.mail) if row.mail else None, row.bounced_at),
            ),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures for one occasion. `offered` is asked, by mail or by hand; not everybody invited."""

    invited: int = 0
    offered: int = 0
    queued: int = 0
    to_give: int = 0
    not_sent: int = 0
    bounced: int = 0
    yes: int = 0
    no: int = 0
    maybe: int = 0
    waiting: int = 0


def counted(lines: Iterable[Line]) -> Counts:
    rows = list(lines)
    standings = Counter(line.standing for line in rows)
    answers = Counter(line.invitation.answer for line in rows)
    return Counts(
        invited=len(rows),
        offered=sum(line.offered for line in rows),
        queued=standings[Standing.QUEUED],
        to_give=standings[Standing.TO_GIVE],
        not_sent=standings[Standing.NOT_SENT],
        bounced=standings[Standing.BOUNCED],
        yes=answers[Answer.YES],
        no=answers[Answer.NO],
        maybe=answers[Answer.MAYBE],
        waiting=sum(line.invitation.waiting_since is not None for line in rows),
    )


def invited_among(people: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those who have been invited to something."""
    return set(Invitation.unscoped.filter(invitee__in=people).values_list("invitee", flat=True))
