"""Give a case to a handler."""

import datetime as dt

from varna.cases.actions import ground
from varna.cases.models import Case
from varna.cases.rules.steps import State
from varna.foundation.access import actions as access
from varna.foundation.access.rules import GrantReason, Relation
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, part, unchanged
from varna.foundation.notices import actions as notices


@deed("access.given", "case.step")
def assign(
    case: Case,
    handler: Account,
    *,
    by: Actor,
    at: dt.datetime,
    reason: GrantReason = GrantReason.HANDLES,
) -> None:
    """Give the case to a handler; one with a conflict of interest is refused."""
    case = ground.held(case)
    unchanged()  # when it is theirs already
    give_to(case, handler, reason=reason, by=by, at=at)
    ground.reclock(case)


@part()
def give_to(
    case: Case, handler: Account, *, reason: GrantReason, by: Actor, at: dt.datetime
) -> None:
    access.give(case.pk, handler, Relation.ASSIGNED, reason=reason, by=by, at=at)
    case.handler = handler.pk
    case.save(update_fields=["handler"])
    if case.state == State.RECEIVED:
        ground.take_step(case, State.TRIAGED, by=by, at=at)
    if handler.pk != by.account:
        notices.tell([handler.pk], at=at)
