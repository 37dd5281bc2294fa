"""Invite the audience as it is in the register on the day, and catch up those who join later."""

import datetime as dt

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import WhyNot, deed, let, locked, refuse, unchanged
from varna.invitations.actions import inviting
from varna.invitations.actions.inviting import Invited
from varna.invitations.models import keeps_invitations
from varna.invitations.rules import Invitee, InviteeKind, is_over
from varna.training import queries
from varna.training.models import Session
from varna.training.rules import why_not_ask


@deed("invitations.made")
def send(session: Session, *, by: Actor, at: dt.datetime) -> Invited:
    """Invite everybody who is in the audience today. Those invited already are left alone."""
    let(keeps_invitations(by))
    row = locked(Session.unscoped, session.pk)
    people = queries.audience(row.groups(), clock.day_of(at))
    over = is_over(row.occasion.starts_at, row.occasion.ends_at, at)
    refuse(why_not_ask(over=over, people=len(people)))
    invitees = [Invitee(InviteeKind.PERSON, person) for person in sorted(people)]
    done = inviting.invite(row.occasion, invitees, by=by, at=at)
    row.invited_at = row.invited_at or at
    row.caught_up_on = clock.day_of(at)
    row.save(update_fields=["invited_at", "caught_up_on"])
    return done


@deed("invitations.made")
def catch_up(session: Session, *, by: Actor, at: dt.datetime) -> Invited | None:
    """Invite those who have come into office since. None when it has been held."""
    let(keeps_invitations(by))
    try:
        return send(session, by=by, at=at)
    except WhyNot:
        Session.unscoped.filter(pk=session.pk).update(caught_up_on=clock.day_of(at))
        unchanged()  # but for the day on which it was looked at
        return None
