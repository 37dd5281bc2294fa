"""Measures, the police, occupational health."""

import datetime as dt
import uuid
from dataclasses import dataclass

from varna.cases.actions import ground
from varna.cases.models import Case
from varna.cases.queries import facts_of, parts
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, held, leave, locked, part, refuse
from varna.foundation.notices import actions as notices
from varna.foundation.vault import service as vault
from varna.support.models import HealthOffer, Measure, PoliceContact
from varna.support.rules import (
    MeasureClass,
    MeasureState,
    why_not_measure,
    why_not_move,
    why_not_offer,
)
from varna.support.sealed import Content, Outcome, PoliceReport


@dataclass(frozen=True, slots=True)
class Decision:
    """A measure as it is decided. `task` is the line that the administration may read."""

    measure_class: MeasureClass
    what: str
    reason: str
    consent: str  # "given", "not_needed" or "declined_but_needed"
    code: str = ""
    task: str = ""
    owner: uuid.UUID | None = None
    starts_on: dt.date | None = None
    due_on: dt.date | None = None
    offered_on: dt.date | None = None  # when the person was offered it, and
    answer: str = ""  # what they said: "yes", "no", "later"


@deed("measure.decided")
def decide_measure(case: Case, decision: Decision, *, by: Actor, at: dt.datetime) -> Measure:
    """Decide a measure. It needs an assessment before it or with it."""
    case = ground.held(case)
    refuse(why_not_measure(facts_of(case)))
    measure = Measure(
        case=case,
        at=at,
        by=by.account,
        measure_class=decision.measure_class,
        owner=decision.owner,
        starts_on=decision.starts_on,
        due_on=decision.due_on,
        offered_on=decision.offered_on,
    )
    writer = vault.writer(case.pk)
    writer.seal(
        measure,
        "what",
        Content(decision.what, decision.reason, decision.consent, decision.code),
    )
    if decision.answer:
        writer.seal(measure, "answer", decision.answer)
    if decision.task:
        writer.seal(measure, "task", decision.task)
    measure.save(force_insert=True)
    leave(
        "measure.decided",
        about=case.pk,
        measure=str(measure.pk),
        measure_class=int(decision.measure_class),
    )
    if decision.owner and decision.owner != by.account:
        notices.tell([decision.owner], at=at)
    ground.reclock(case)
    return measure


@deed("measure.moved")
def move_measure(
    measure: Measure,
    to: MeasureState,
    *,
    by: Actor,
    at: dt.datetime,
    on: dt.date,
    effect: str = "",
    words: str = "",
) -> None:
    """Start, finish or end a measure; `effect` and `words` are the person's own view of it."""
    case = ground.held(measure.case)
    measure = locked(parts(Measure, case), measure.pk)
    refuse(why_not_move(measure.state, to, words))
    if effect or words:
        vault.writer(case.pk).seal(measure, "outcome", Outcome(effect, words))
    _move(case, measure, to, on, by=by, at=at)


@deed("measure.moved")
def finish_task(measure: Measure, *, by: Actor, at: dt.datetime, on: dt.date) -> None:
    """The administration has done what it was asked to do."""
    case = held(Case.shared_with, measure.case_id)
    measure = locked(parts(Measure, case).exclude(task=None), measure.pk)
    refuse(why_not_move(measure.state, MeasureState.DONE))
    _move(case, measure, MeasureState.DONE, on, by=by, at=at)


@part("measure.moved")
def _move(
    case: Case, measure: Measure, to: MeasureState, on: dt.date, *, by: Actor, at: dt.datetime
) -> None:
    measure.state = to
    measure.done_on = on if to is not MeasureState.UNDER_WAY else None
    if to is MeasureState.UNDER_WAY and measure.starts_on is None:
        measure.starts_on = on
    measure.save(update_fields=["state", "done_on", "starts_on", "outcome"])
    leave("measure.moved", about=case.pk, measure=str(measure.pk), to=to.value)
    if by.account != case.handler and case.handler:
        notices.tell([case.handler], at=at)
    ground.reclock(case)


@deed("measure.offered")
def offer_measure(
    measure: Measure, answer: str, *, by: Actor, at: dt.datetime, on: dt.date
) -> None:
    """The person was offered it, on a day, and answered "yes", "no" or "later"."""
    case = ground.held(measure.case)
    measure = locked(parts(Measure, case), measure.pk)
    refuse(why_not_offer(measure.state))
    vault.writer(case.pk).seal(measure, "answer", answer)
    measure.offered_on = on
    measure.save(update_fields=["answer", "offered_on"])
    leave("measure.offered", about=case.pk, measure=str(measure.pk))


@deed("measures.reviewed")
def review_measures(case: Case, *, by: Actor, at: dt.datetime, on: dt.date) -> None:
    """The open measures have been gone through; the next review is counted from today."""
    case = ground.held(case)
    case.measures_reviewed_on = on
    case.save(update_fields=["measures_reviewed_on"])
    leave("measures.reviewed", about=case.pk)
    ground.reclock(case)


@deed("police.noted")
def note_police(
    case: Case,
    said: PoliceReport,
    *,
    remind_on: dt.date | None,
    by: Actor,
    at: dt.datetime,
    known: PoliceContact | None = None,
    ended_on: dt.date | None = None,
) -> PoliceContact:
    """Write down a police report, or what has come of one that is known."""
    case = ground.held(case)
    contact = PoliceContact(case=case, at=at, by=by.account)
    if known is not None:
        contact = locked(parts(PoliceContact, case), known.pk)
    contact.remind_on, contact.ended_on = remind_on, ended_on
    vault.writer(case.pk).seal(contact, "what", said)
    contact.save()
    leave("police.noted", about=case.pk, contact=str(contact.pk))
    ground.reclock(case)
    return contact


@deed("health.offered")
def offer_health(case: Case, answer: str, *, by: Actor, at: dt.datetime) -> HealthOffer:
    """Occupational health: offered, accepted or declined. Never what it is about."""
    case = ground.held(case)
    offer = HealthOffer(case=case, at=at, by=by.account)
    vault.writer(case.pk).seal(offer, "answer", answer)
    offer.save(force_insert=True)
    leave("health.offered", about=case.pk)
    return offer
