"""Steps, closing, reopening, the check afterwards, and destroying a case's keys."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from varna.cases.actions import ground
from varna.cases.models import Case, Closing, Lesson
from varna.cases.queries import facts_of, limits, reports_of
from varna.cases.rules.steps import Reason, State, why_not_close, why_not_step
from varna.evidence import actions as evidence
from varna.foundation import clock
from varna.foundation.access.models import Grant
from varna.foundation.access.rules import Relation
from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.foundation.keys.store import keystore
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.reports import actions as reports
from varna.reports.models import Entry, Report


HANDLERS_KEEP_DAYS = 30  # after the day of the check afterwards


@transaction.atomic
def step(case: Case, to: State, *, by: Actor, at: dt.datetime, reason: str = "") -> None:
    """Move the case on, or open it again with a reason. Closing has its own deed."""
    case = ground.locked(case)
    if to is State.CLOSED:
        ground.refuse(Reason.NO_SUCH_STEP)
    ground.refuse(why_not_step(facts_of(case), to, reason=reason))
    if case.state == State.CLOSED:  # opened again: the handlers stay as long as it is open
        held = Grant.unscoped.in_force(at).filter(about=case.pk, relation=Relation.ASSIGNED)
        held.update(until=None)
    ground.take_step(case, to, by=by, at=at, reason=reason)
    ground.reclock(case)


@dataclass(frozen=True, slots=True)
class Ending:
    """How the case ended. `told` goes to the reporter; `lesson` points at nobody."""

    done: str
    helped: str
    content: str  # was the person content: "yes", "partly", "no", "not_asked"
    told: str
    lesson: str = ""


@transaction.atomic
def close(case: Case, ending: Ending, *, by: Actor, at: dt.datetime) -> Closing:
    """Close, tell the reporter what the report led to, and keep the lesson apart from the case."""
    case = ground.locked(case)
    ground.refuse(why_not_close(facts_of(case)))
    closing = Closing(case=case, at=at, by=by.account)
    vault.writer(case.pk).seal(
        closing, "what",
        {"done": ending.done, "helped": ending.helped, "content": ending.content,
         "told": ending.told},
    )  # fmt: skip
    closing.save(force_insert=True)
    ground.take_step(case, State.CLOSED, by=by, at=at)
    for report in Report.unscoped.filter(pk__in=reports_of(case)):
        reports.say(report, ending.told, by=by, at=at, author=Entry.Author.HANDLER)
    if case.answered_at is None:
        case.answered_at = at
        case.save(update_fields=["answered_at"])
    _let_the_circle_end(case, at=at)
    if ending.lesson:
        _keep_lesson(ending.lesson, by=by, at=at)
    ground.reclock(case)
    return closing


def _let_the_circle_end(case: Case, *, at: dt.datetime) -> None:
    """What is shared with an administration ends now; whoever handled the case keeps it until the
    check afterwards is over. Lead handlers keep what they see by their part.
    """
    held = Grant.unscoped.in_force(at).filter(about=case.pk)
    held.filter(relation=Relation.SHARED).update(until=at)
    last = at + dt.timedelta(days=limits().after_check_days + HANDLERS_KEEP_DAYS)
    held.filter(relation=Relation.ASSIGNED, until=None).update(until=last)


def _keep_lesson(text: str, *, by: Actor, at: dt.datetime) -> None:
    if by.account is None:
        return
    lesson = Lesson(on=clock.day_of(at), marked_by=by.account)
    vault.writer(owners.LESSONS).seal(lesson, "words", text)
    lesson.save(force_insert=True)
    # No reference to the case: the lesson must not lead back to it.
    audit.record("lesson.kept", by=by, at=at, about=lesson.pk)


@transaction.atomic
def check_afterwards(case: Case, words: str, *, by: Actor, at: dt.datetime) -> None:
    """The talk some months after closing has been held."""
    case = ground.locked(case)
    if case.state != State.CLOSED:
        ground.refuse(Reason.NO_SUCH_STEP)
    vault.writer(case.pk).seal(case, "after_check", words)
    case.after_checked_at = at
    case.save(update_fields=["after_check", "after_checked_at"])
    audit.record("case.after_checked", by=by, at=at, about=case.pk)
    ground.reclock(case)


def shred(case: Case, *, decision: str, by: Actor, at: dt.datetime) -> int:
    """Destroy the keys of the case, its reports and their evidence. Nobody can read them again,
    in this database or in any copy of it. `decision` is the reference of the decision on disposal
    (arkivlagen 10 §), without which nothing is destroyed.
    """
    whose: list[uuid.UUID] = [case.pk, *reports_of(case)]
    with transaction.atomic():
        row = ground.locked(case)
        row.shredded_at = at
        row.shred_decision = decision
        row.exposed_index = None
        row.save(update_fields=["shredded_at", "shred_decision", "exposed_index"])
        destroyed = vault.shred(whose, about=case.pk, by=by, at=at)
    for owner in whose:
        evidence.remove_all(owner)
    return destroyed


def shred_numbered(number: str, *, decision: str, at: dt.datetime) -> int | None:
    """For the command line, where the operator carries out a decision without seeing the case."""
    case = Case.unscoped.filter(number=number).first()
    return (
        None if case is None else shred(case, decision=decision, by=Actor(system="disposal"), at=at)
    )


def shred_again(*, at: dt.datetime) -> int:
    """Destroy keys that an old keystore brought back: the database remembers what was decided."""
    destroyed = 0
    for case in Case.unscoped.exclude(shredded_at=None):
        whose = [o for o in [case.pk, *reports_of(case)] if keystore().has_keys(o)]
        if whose:
            by = Actor(system="shred-journal")
            destroyed += vault.shred(whose, about=case.pk, by=by, at=at)
    return destroyed
