"""Measures, the police, occupational health."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from varna.cases.actions import ground
from varna.cases.models import Case
from varna.cases.queries import facts_of
from varna.cases.rules.steps import Reason
from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.foundation.notices import actions as notices
from varna.foundation.vault import service as vault
from varna.support.models import HealthOffer, Measure, PoliceContact
from varna.support.rules import MEASURE_NEXT, MeasureClass, MeasureState, why_not_measure


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


@transaction.atomic
def decide_measure(case: Case, decision: Decision, *, by: Actor, at: dt.datetime) -> Measure:
    """Decide a measure. It needs an assessment before it or with it."""
    case = ground.locked(case)
    ground.refuse(why_not_measure(facts_of(case)))
    measure = Measure(
        case=case,
        at=at,
        by=by.account,
        measure_class=decision.measure_class,
        owner=decision.owner,
        starts_on=decision.starts_on,
        due_on=decision.due_on,
    )
    writer = vault.writer(case.pk)
    writer.seal(
        measure,
        "what",
        {
            "what": decision.what,
            "reason": decision.reason,
            "consent": decision.consent,
            "code": decision.code,
        },
    )
    if decision.task:
        writer.seal(measure, "task", decision.task)
    measure.save(force_insert=True)
    audit.record(
        "measure.decided",
        by=by,
        at=at,
        about=case.pk,
        measure=str(measure.pk),
        measure_class=int(decision.measure_class),
    )
    if decision.owner and decision.owner != by.account:
        notices.tell([decision.owner], at=at)
    ground.reclock(case)
    return measure


@transaction.atomic
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
    case = ground.locked(measure.case)
    measure = Measure.unscoped.select_for_update().get(pk=measure.pk)
    if to not in MEASURE_NEXT[MeasureState(measure.state)]:
        ground.refuse(Reason.NO_SUCH_STEP)
    if to is MeasureState.ENDED and not words.strip():
        ground.refuse(Reason.NO_REASON)
    measure.state = to
    measure.done_on = on if to is not MeasureState.UNDER_WAY else None
    if to is MeasureState.UNDER_WAY and measure.starts_on is None:
        measure.starts_on = on
    if effect or words:
        vault.writer(case.pk).seal(measure, "outcome", {"effect": effect, "words": words})
    measure.save(update_fields=["state", "done_on", "starts_on", "outcome"])
    audit.record("measure.moved", by=by, at=at, about=case.pk, measure=str(measure.pk), to=to.value)
    if by.account != case.handler and case.handler:
        notices.tell([case.handler], at=at)
    ground.reclock(case)


@transaction.atomic
def review_measures(case: Case, *, by: Actor, at: dt.datetime, on: dt.date) -> None:
    """The open measures have been gone through; the next review is counted from today."""
    case = ground.locked(case)
    case.measures_reviewed_on = on
    case.save(update_fields=["measures_reviewed_on"])
    audit.record("measures.reviewed", by=by, at=at, about=case.pk)
    ground.reclock(case)


@transaction.atomic
def note_police(
    case: Case,
    said: dict[str, str],
    *,
    remind_on: dt.date | None,
    by: Actor,
    at: dt.datetime,
    known: PoliceContact | None = None,
    ended_on: dt.date | None = None,
) -> PoliceContact:
    """Write down a police report, or what has come of one that is known."""
    case = ground.locked(case)
    contact = known or PoliceContact(case=case, at=at, by=by.account)
    contact.remind_on, contact.ended_on = remind_on, ended_on
    vault.writer(case.pk).seal(contact, "what", said)
    contact.save()
    audit.record("police.noted", by=by, at=at, about=case.pk, contact=str(contact.pk))
    ground.reclock(case)
    return contact


@transaction.atomic
def offer_health(case: Case, answer: str, *, by: Actor, at: dt.datetime) -> HealthOffer:
    """Occupational health: offered, accepted or declined. Never what it is about."""
    case = ground.locked(case)
    offer = HealthOffer(case=case, at=at, by=by.account)
    vault.writer(case.pk).seal(offer, "answer", answer)
    offer.save(force_insert=True)
    audit.record("health.offered", by=by, at=at, about=case.pk)
    return offer
