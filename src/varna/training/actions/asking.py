"""Invite the audience as it is in the register on the day, and catch up those who join later."""

import datetime as dt

from django.db import transaction

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.invitations.actions import inviting
from varna.invitations.actions.inviting import Invited
from varna.invitations.rules import Invitee, InviteeKind, is_over
from varna.training import queries
from varna.training.models import Session


class HeldError(Exception):
    """It has been held: nobody can be asked to it any more."""


class NobodyError(Exception):
    """There is nobody in the audience today."""


@transaction.atomic
def send(session: Session, *, by: Actor, at: dt.datetime) -> Invited:
    """Invite everybody who is in the audience today. Those invited already are left alone."""
    row = Session.unscoped.select_for_update().select_related("occasion").get(pk=session.pk)
    if is_over(row.occasion.starts_at, row.occasion.ends_at, at):
        raise HeldError
    people = queries.audience(row.groups(), clock.day_of(at))
    if not people:
        raise NobodyError
    invitees = [Invitee(InviteeKind.PERSON, person) for person in sorted(people)]
    done = inviting.invite(row.occasion, invitees, by=by, at=at)
    row.invited_at = row.invited_at or at
    row.caught_up_on = clock.day_of(at)
    row.save(update_fields=["invited_at", "caught_up_on"])
    return done


@transaction.atomic
def catch_up(session: Session, *, by: Actor, at: dt.datetime) -> Invited | None:
    """Invite those who have come into office since. None when it has been held."""
    try:
        return send(session, by=by, at=at)
    except (HeldError, NobodyError):
        Session.unscoped.filter(pk=session.pk).update(caught_up_on=clock.day_of(at))
        return None
