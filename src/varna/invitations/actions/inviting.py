"""Invite, hand over by hand, send again, remind."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from varna.foundation import deeds
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let, unchanged
from varna.foundation.keys.rules import Compartment
from varna.foundation.outbox import queries as outbox
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.invitations import links, rules
from varna.invitations.actions import letters
from varna.invitations.actions.arranging import locked
from varna.invitations.models import Invitation, Occasion, keeps_invitations
from varna.invitations.rules import Answer, Invitee
from varna.invitations.words import About


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of an invitation, by the ids of those who were to be invited."""

    sent: frozenset[uuid.UUID]  # put in the outbox; sent when the mail has left
    already: frozenset[uuid.UUID]
    by_hand: frozenset[uuid.UUID]  # no address: not offered until somebody has handed it over


@deed("invitations.made")
def invite(
    occasion: Occasion, invitees: Iterable[Invitee], *, by: Actor, at: dt.datetime
) -> Invited:
    """Invite these. Those already invited are left alone, so it can be done again with more
    people, or when somebody has got an address.
    """
    row = locked(occasion, by)
    wanted = {(one.kind.value, one.id): one for one in invitees}
    known = {(i.invitee_kind, i.invitee): i for i in Invitation.unscoped.filter(occasion=row)}
    fresh = _make(row, [one for key, one in wanted.items() if key not in known], at=at)
    asked = [i for key, i in known.items() if key in wanted]
    unasked = [i for i in asked if i.mail is None and i.by_hand_at is None]
    sent = _send(row, [*fresh, *unasked], About.INVITED, at=at)
    tried = {i.invitee for i in [*fresh, *unasked]}
    done = Invited(
        sent=frozenset(sent),
        already=frozenset({i.invitee for i in asked} - tried),
        by_hand=frozenset(tried - sent),
    )
    leave(
        "invitations.made", about=row.pk,
        sent=len(done.sent), already=len(done.already), by_hand=len(done.by_hand))  # fmt: skip
    return done


def _make(occasion: Occasion, invitees: Sequence[Invitee], *, at: dt.datetime) -> list[Invitation]:
    made = []
    writer = vault.writer(owners.INVITATIONS, Compartment.PROTECTION)
    for one in invitees:
        row = Invitation(
            occasion=occasion, invitee_kind=one.kind.value, invitee=one.id, invited_at=at
        )
        row.token_hash = links.token_hash(links.token(row.pk, row.version))
        if one.address:
            writer.seal(row, "address", one.address)
        made.append(row)
    return Invitation.unscoped.bulk_create(made, batch_size=500)


def _send(
    occasion: Occasion,
    invitations: Sequence[Invitation],
    about: About,
    *,
    at: dt.datetime,
    once: str = "",
) -> set[uuid.UUID]:
    """Write the mails and remember them. Answer the ids of those who could be written to."""
    mails = letters.send(occasion, invitations, about, at=at, once=once)
    written = [row for row in invitations if row.pk in mails]
    for row in written:
        row.mail = mails[row.pk]
    Invitation.unscoped.bulk_update(written, ["mail"], batch_size=200)
    return {row.invitee for row in written}


@deed("invitation.given")
def give_by_hand(invitation: Invitation, *, by: Actor, at: dt.datetime) -> None:
    """Note that the invitation was handed over, read out or sent as a letter: now it is offered."""
    let(keeps_invitations(by))
    row = deeds.locked(Invitation.unscoped, invitation.pk)
    if row.by_hand_at is not None:
        unchanged()
        return
    row.by_hand_at, row.by_hand_by = at, by.reference
    row.save(update_fields=["by_hand_at", "by_hand_by"])
    leave("invitation.given", about=row.occasion_id, invitation=str(row.pk))


@deed("invitation.bounced")
def report_bounce(invitation: Invitation, *, by: Actor, at: dt.datetime) -> None:
    """The mail came back: nobody has been asked by it. Whoever has answered had it all the same."""
    let(keeps_invitations(by))
    row = deeds.locked(Invitation.unscoped, invitation.pk)
    if row.bounced_at is not None or row.answer:
        unchanged()
        return
    row.bounced_at = at
    row.save(update_fields=["bounced_at"])
    leave("invitation.bounced", about=row.occasion_id, invitation=str(row.pk))


@deed("invitation.renewed")
def renew(invitation: Invitation, *, by: Actor, at: dt.datetime) -> None:
    """Give somebody a new link, when the old one has come into other hands: it no longer leads
    anywhere. What they have answered, and the day when they were asked, stay.
    """
    occasion = locked(invitation.occasion, by)
    row = deeds.locked(Invitation.unscoped, invitation.pk)
    row.version += 1
    row.token_hash = links.token_hash(links.token(row.pk, row.version))
    row.save(update_fields=["version", "token_hash"])
    letters.send(occasion, [row], About.INVITED, at=at, once=f"link:{row.version}")
    leave("invitation.renewed", about=occasion.pk, invitation=str(row.pk))


@deed("invitations.sent_again")
def send_again(occasion: Occasion, *, by: Actor, at: dt.datetime) -> int:
    """Try once more with the mails that the outbox has given up. Answer how many."""
    row = locked(occasion, by)
    invitations = list(Invitation.unscoped.filter(occasion=row, by_hand_at=None).exclude(mail=None))
    lost = outbox.given_up([i.mail for i in invitations if i.mail], at=at)
    again = [i for i in invitations if i.mail in lost]
    sent = _send(row, again, About.INVITED, at=at, once=f"again:{at:%Y%m%d%H%M%S}")
    leave("invitations.sent_again", about=row.pk, n=len(sent))
    return len(sent)


@deed("invitations.reminded")
def remind(occasion: Occasion, *, by: Actor, at: dt.datetime) -> int:
    """Remind, once, everybody who was invited in good time and has not said no."""
    let(keeps_invitations(by))
    row = deeds.locked(Occasion.unscoped, occasion.pk)
    due = rules.time_to_remind(row.starts_at, row.remind_days, at)
    over = row.cancelled_at is not None or row.reminded_at is not None
    if over or not due or row.starts_at is None:
        unchanged()
        return 0
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    days = dt.timedelta(days=row.remind_days)
    invitations = list(
        Invitation.unscoped.filter(occasion=row, invited_at__lt=row.starts_at - days)
        .exclude(mail=None)
        .exclude(answer=Answer.NO)
    )
    left = outbox.left_at(i.mail for i in invitations if i.mail)
    mails = letters.send(row, [i for i in invitations if i.mail in left], About.REMINDED, at=at)
    leave("invitations.reminded", about=row.pk, n=len(mails))
    return len(mails)
