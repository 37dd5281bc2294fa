"""Steps, closing, reopening, and the check afterwards."""

import datetime as dt
from dataclasses import dataclass

from varna.cases.actions import ground
from varna.cases.models import Case, Closing, Lesson
from varna.cases.queries import facts_of, limits, reports_of
from varna.cases.rules.steps import Reason, State, why_not_close, why_not_step
from varna.cases.sealed import Result
from varna.foundation import clock
from varna.foundation.access import actions as access
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, part, refuse
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.reports import actions as reports
from varna.reports.models import Report


HANDLERS_KEEP_DAYS = 30  # after the day of the check afterwards


@deed("case.step")
def step(case: Case, to: State, *, by: Actor, at: dt.datetime, reason: str = "") -> None:
    """Move the case on, or open it again with a reason. Closing has its own deed."""
    case = ground.held(case)
    refuse(Reason.NO_SUCH_STEP if to is State.CLOSED else None)
    refuse(why_not_step(facts_of(case), to, reason=reason))
    if case.state == State.CLOSED:  # opened again: what closing shortened is as it was
        access.restore(case.pk)
    ground.take_step(case, to, by=by, at=at, reason=reason)
    ground.reclock(case)


@dataclass(frozen=True, slots=True)
class Ending:
    """How the case ended. `told` goes to the reporter; `lesson` points at nobody, and without one
    `no_lesson` says why.
    """

    done: str
    helped: str
    content: str  # was the person content: "yes", "partly", "no", "not_asked"
    told: str
    lesson: str = ""
    no_lesson: str = ""


@deed("case.closed")
def close(case: Case, ending: Ending, *, by: Actor, at: dt.datetime) -> Closing:
    """Close, tell the reporter what the report led to, and keep the lesson apart from the case."""
    case = ground.held(case)
    refuse(why_not_close(facts_of(case)))
    weighed = bool(ending.lesson or ending.no_lesson)
    closing = Closing(case=case, at=at, by=by.account, weighed=weighed)
    writer = vault.writer(case.pk)
    writer.seal(closing, "what", Result(ending.done, ending.helped, ending.content, ending.told))
    if ending.no_lesson:
        writer.seal(closing, "no_lesson", ending.no_lesson)
    closing.save(force_insert=True)
    ground.take_step(case, State.CLOSED, by=by, at=at)
    for report in Report.unscoped.filter(pk__in=reports_of(case)):
        reports.say(report, ending.told, by=by, at=at)
    if case.answered_at is None:
        case.answered_at = at
        case.save(update_fields=["answered_at"])
    last = at + dt.timedelta(days=limits().after_check_days + HANDLERS_KEEP_DAYS)
    access.shorten(case.pk, at=at, handlers_until=last)
    if ending.lesson:
        _keep_lesson(ending.lesson, by=by, at=at)
    ground.reclock(case)
    leave("case.closed", about=case.pk)
    return closing


@part("lesson.kept")
def _keep_lesson(text: str, *, by: Actor, at: dt.datetime) -> None:
    if by.account is None:
        return
    lesson = Lesson(on=clock.day_of(at), marked_by=by.account)
    vault.writer(owners.LESSONS).seal(lesson, "words", text)
    lesson.save(force_insert=True)
    # No reference to the case: the lesson must not lead back to it.
    leave("lesson.kept", about=lesson.pk)


@deed("case.after_checked")
def check_afterwards(
    case: Case, words: str, *, by: Actor, at: dt.datetime, no_lesson: str = ""
) -> None:
    """The talk some months after closing has been held. `no_lesson`: why there is nothing to learn,
    for a case that was closed without a word about it.
    """
    case = ground.held(case)
    refuse(None if case.state == State.CLOSED else Reason.NO_SUCH_STEP)
    vault.writer(case.pk).seal(case, "after_check", words)
    case.after_checked_at = at
    case.save(update_fields=["after_check", "after_checked_at"])
    last = Closing.unscoped.filter(case=case).order_by("at").last()
    if no_lesson and last is not None and not last.weighed:
        vault.writer(case.pk).seal(last, "no_lesson", no_lesson)
        last.weighed = True
        last.save(update_fields=["no_lesson", "weighed"])
    leave("case.after_checked", about=case.pk)
    ground.reclock(case)
