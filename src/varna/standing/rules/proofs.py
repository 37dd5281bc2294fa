"""What proves what: one entry for each thing that a plan can promise. Pure.

A new proof is a function beside its like in `dated.py` or `kept.py`, and one entry here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from varna.plan.rules.terms import Does
from varna.standing.rules.dated import (
    Windows,
    adopted,
    by_word,
    done,
    learnt,
    meetings,
    once,
    planned,
    revised,
    surveyed,
    training,
)
from varna.standing.rules.events import OfCase, OfRoom, assessed
from varna.standing.rules.kept import (
    Things,
    contacts,
    counted,
    each_confirmed,
    known,
    partners,
    statements,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedBy:
    """How a promise of one kind is proved, whatever cadence a plan gives it."""

    windows: Windows = by_word  # where it has a day; what Värna cannot count, a word states
    things: Things = statements  # where it is always to hold
    case: OfCase | None = None  # where it follows on an event in a case
    of_person: bool = False  # such cases only as have somebody whom the plan is for
    room: OfRoom | None = None  # where it follows on what somebody asked of a room


PROOFS: Mapping[Does, ProvedBy] = {
    Does.OFFER_TRAINING: ProvedBy(windows=training),
    Does.INVITE_PARTNERS: ProvedBy(windows=meetings),
    Does.REVISE_DOCUMENT: ProvedBy(windows=once(revised)),
    Does.ADOPT_DOCUMENT: ProvedBy(windows=once(adopted)),
    Does.MAKE_KNOWN: ProvedBy(windows=counted(known), things=known),
    Does.ASSESS: ProvedBy(case=assessed, of_person=True),
    Does.OFFER_SUPPORT: ProvedBy(case=lambda one: one.supported_at, of_person=True),
    Does.OFFER_OCCUPATIONAL_HEALTH: ProvedBy(case=lambda one: one.health_at, of_person=True),
    Does.NAME_CONTACT: ProvedBy(windows=counted(contacts), things=contacts),
    Does.KEEP_CONTACT: ProvedBy(windows=counted(partners), things=partners),
    Does.ANSWER_REQUEST: ProvedBy(room=lambda world: world.requests),
    Does.EVALUATE: ProvedBy(case=lambda one: one.evaluated_at),
    Does.LEARN: ProvedBy(windows=learnt),
    Does.CONFIRM_EACH: ProvedBy(windows=counted(each_confirmed), things=each_confirmed),
    Does.REPORT: ProvedBy(windows=done(Does.REPORT)),
    Does.PLAN_TRAINING: ProvedBy(windows=planned),
    Does.COMPARE_TERMS: ProvedBy(windows=done(Does.COMPARE_TERMS)),
    Does.KEEP_RECORDS: ProvedBy(windows=done(Does.KEEP_RECORDS)),
    # A survey made elsewhere has a figure, what cannot be counted has words: both are somebody's
    # word. Where Värna counts, a word explains and proves nothing.
    Does.MEASURE: ProvedBy(windows=once(surveyed)),
    Does.ATTEST: ProvedBy(),
}


# What only somebody's word can tell.
BY_WORD = frozenset({Does.MEASURE, Does.ATTEST})


def is_of_cases(does: Does) -> bool:
    """Its figures are counted in cases, and may be so small that they point at somebody."""
    return PROOFS[does].case is not None
