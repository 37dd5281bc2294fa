"""What every deed on a case stands on: the row it holds, its clocks, and its steps."""

import datetime as dt

from varna.cases.models import Case, Step
from varna.cases.queries import dues_of
from varna.cases.rules.steps import State
from varna.foundation import deeds
from varna.foundation.access.queries import holders
from varna.foundation.access.rules import Relation
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import leave, part
from varna.foundation.notices import actions as notices
from varna.foundation.vault import service as vault


def held(case: Case) -> Case:
    """The case as it is now, for whoever handles it: two handlers at once take turns."""
    return deeds.held(Case.visible_to, case.pk)


@part()
def reclock(case: Case) -> None:
    """Put the earliest thing that is due where lists can sort by it."""
    due = next(iter(dues_of(case)), None)
    case.due_on = due.on if due else None
    case.due_clock = due.clock.value if due else ""
    case.save(update_fields=["due_on", "due_clock"])


@part("case.step")
def take_step(case: Case, to: State, *, by: Actor, at: dt.datetime, reason: str = "") -> None:
    """Write the step; the caller has asked the rule and holds the row."""
    step = Step(case=case, at=at, by=by.account, before=case.state, after=to)
    if reason:
        vault.writer(case.pk).seal(step, "reason", reason)
    step.save(force_insert=True)
    case.state = to
    case.closed_at = at if to is State.CLOSED else None
    if to is State.CLOSED:
        case.after_checked_at = None
    case.save(update_fields=["state", "closed_at", "after_checked_at"])
    leave("case.step", about=case.pk, before=step.before, after=to.value)


@part()
def tell_leads(case: Case, *, by: Actor, at: dt.datetime) -> None:
    """Whoever leads hears of every change in who may see a case."""
    notices.tell(holders(case.pk, Relation.LEAD, at=at) - {by.account}, at=at)
