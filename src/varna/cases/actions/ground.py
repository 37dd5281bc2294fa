"""What every deed on a case stands on: the locked row, its clocks, and refusals with reasons."""

import datetime as dt

from varna.cases.models import Case, Step
from varna.cases.queries import dues_of
from varna.cases.rules.steps import Reason, State
from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.foundation.vault import service as vault


class RefusedError(Exception):
    """A rule says no; `reason` has words for the page."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def refuse(reason: Reason | None) -> None:
    if reason is not None:
        raise RefusedError(reason)


def locked(case: Case) -> Case:
    """The row as it is now, held until the transaction ends: two handlers at once take turns."""
    return Case.unscoped.select_for_update().get(pk=case.pk)


def reclock(case: Case) -> None:
    """Put the earliest thing that is due where lists can sort by it."""
    due = next(iter(dues_of(case)), None)
    case.due_on = due.on if due else None
    case.due_clock = due.clock.value if due else ""
    case.save(update_fields=["due_on", "due_clock"])


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
    audit.record("case.step", by=by, at=at, about=case.pk, before=step.before, after=to.value)
