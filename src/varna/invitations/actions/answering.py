"""Answer an invitation through its link, and give free places to those who wait."""

import datetime as dt

from django.db import transaction

from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.invitations import queries, rules
from varna.invitations.actions import letters
from varna.invitations.models import Invitation, Occasion
from varna.invitations.rules import Answer, Reason
from varna.invitations.words import About


class UnknownLinkError(Exception):
    """The link is not ours, or has been replaced."""


class TooLateError(Exception):
    """It cannot be answered any more."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def answer(token: str, said: Answer, *, by: Actor, at: dt.datetime) -> Invitation:
    """Answer by the link; can be done again, and changed. A yes to what is full is a place on the
    waiting list, and a place that becomes free goes to the first in line.
    """
    found = queries.by_token(token)
    if found is None:
        raise UnknownLinkError
    occasion = Occasion.unscoped.select_for_update().get(pk=found.occasion_id)
    reason = rules.why_not_answer(
        cancelled=occasion.cancelled_at is not None,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        at=at,
    )
    if reason is not None:
        raise TooLateError(reason)
    row = Invitation.unscoped.select_for_update().get(pk=found.pk)
    if row.answer == said:
        return row
    row.answer, row.answered_at, row.waiting_since = said, at, None
    if said is Answer.YES and _places_left(occasion) == 0:
        row.waiting_since = at
    row.save(update_fields=["answer", "answered_at", "waiting_since"])
    fill_places(occasion, at=at)
    audit.record(
        "invitation.answered", by=by, at=at, about=occasion.pk,
        invitation=str(row.pk), answer=said.value,
    )  # fmt: skip
    return row


def _places_left(occasion: Occasion) -> int | None:
    taken = Invitation.unscoped.filter(occasion=occasion).with_a_place().count()
    return rules.places_left(occasion.seats, taken)


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
