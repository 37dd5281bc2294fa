"""Give a case to a handler."""

import datetime as dt

from varna.cases.actions import ground
from varna.cases.models import Case
from varna.cases.rules.circle import may_give
from varna.cases.rules.steps import Reason, State
from varna.foundation.access import actions as access
from varna.foundation.access.rules import GrantReason, Relation
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.queries import is_same_person
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.deeds import deed, leave, let, part, refuse
from varna.foundation.notices import actions as notices


@deed("case.handler")
def assign(
    case: Case,
    handler: Account,
    *,
    by: Actor,
    at: dt.datetime,
    reason: GrantReason = GrantReason.HANDLES,
) -> None:
    """Give the case to a handler: whoever leads does, or hands on what they handle. One with a
    conflict of interest is refused.
    """
    case = ground.held(case)
    let(may_give(case.handler, by.account, leads=by.has(Role.LEAD)))
    refuse(Reason.ONESELF if is_same_person(handler.pk, by) else None)
    give_to(case, handler, reason=reason, by=by, at=at)
    ground.reclock(case)


@deed("case.handler")
def take(case: Case, me: Account, *, by: Actor, at: dt.datetime) -> None:
    """Take a case that nobody handles. What was told in confidence about somebody's health is not
    opened by it: that takes a colleague who gives the case.
    """
    case = ground.held(case)
    let(by.account == me.pk)
    refuse(Reason.HANDLED if case.handler else None)
    give_to(case, me, reason=GrantReason.TAKEN, by=by, at=at)
    ground.reclock(case)


@part("case.handler", "case.step")
def give_to(
    case: Case, handler: Account, *, reason: GrantReason, by: Actor, at: dt.datetime
) -> None:
    access.give(case.pk, handler, Relation.ASSIGNED, reason=reason, by=by, at=at)
    case.handler = handler.pk
    case.save(update_fields=["handler"])
    leave("case.handler", about=case.pk, to=str(handler.pk))
    if case.state == State.RECEIVED:
        ground.take_step(case, State.TRIAGED, by=by, at=at)
    notices.tell({handler.pk} - {by.account}, at=at)
    ground.tell_leads(case, by=by, at=at)
