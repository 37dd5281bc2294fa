"""Answer an invitation through its link, and give free places to those who wait."""

import datetime as dt

from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import Forbidden, deed, leave, let, locked, part, refuse, unchanged
from varna.invitations import queries, rules
from varna.invitations.actions import letters
from varna.invitations.models import Invitation, Occasion
from varna.invitations.rules import Answer
from varna.invitations.words import About


@deed("invitation.answered", weak=True)
def answer(token: str, said: Answer, *, by: Actor, at: dt.datetime) -> Invitation:
    """Answer by the link; can be done again, and changed. A yes to what is full is a place on the
    waiting list, and a place that becomes free goes to the first in line.
    """
    found = let_through(token)
    occasion = locked(Occasion.unscoped, found.occasion_id)
    refuse(
        rules.why_not_answer(
            cancelled=occasion.cancelled_at is not None,
            starts_at=occasion.starts_at,
            ends_at=occasion.ends_at,
            at=at,
        )
    )
    row = locked(Invitation.unscoped, found.pk)
    if row.answer == said:
        unchanged()
        return row
    row.answer, row.answered_at, row.waiting_since = said, at, None
    if said is Answer.YES and _places_left(occasion) == 0:
        row.waiting_since = at
    row.save(update_fields=["answer", "answered_at", "waiting_since"])
    fill_places(occasion, at=at)
    leave(
        "invitation.answered", about=occasion.pk,
        invitation=str(row.pk), answer=said.value)  # fmt: skip
    return row


def let_through(token: str) -> Invitation:
    """Let whoever has the link; it is ours, and has not been replaced."""
    found = queries.by_token(token)
    let(found is not None)
    if found is None:
        raise Forbidden
    return found


def _places_left(occasion: Occasion) -> int | None:
    taken = Invitation.unscoped.filter(occasion=occasion).with_a_place().count()
    return rules.places_left(occasion.seats, taken)


@part()
def fill_places(occasion: Occasion, *, at: dt.datetime) -> int:
    """Give what is free to those who have waited longest, and tell them."""
    waiting = Invitation.unscoped.filter(occasion=occasion).waiting()
    first = list(waiting[: _places_left(occasion)])
    for row in first:
        row.waiting_since = None
    Invitation.unscoped.bulk_update(first, ["waiting_since"], batch_size=200)
    if first:
        letters.send(occasion, first, About.PLACE, at=at, once=f"{at:%Y%m%d%H%M%S%f}")
    return len(first)
