"""What proves what: one entry for each thing that a plan can promise. Pure.

A new proof is a function beside its like in `dated.py` or `kept.py`, and one entry here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from varna.plan.rules.terms import Does
from varna.standing.rules.dated import (
    Windows,
    adopted,
    learnt,
    meetings,
    nothing,
    once,
    revised,
    surveyed,
    training,
)
from varna.standing.rules.kept import (
    OfCase,
    OfRoom,
    Things,
    assessed,
    contacts,
    counted,
    known,
    partners,
    statements,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedBy:
    """How a promise of one kind is proved, whatever cadence a plan gives it."""

    windows: Windows = nothing  # where it has a day
    things: Things = statements  # where it is always to hold
    case: OfCase | None = None  # where it follows on an event in a case
    room: OfRoom | None = None  # where it follows on what somebody asked of a room
    by_word: bool = True  # whether somebody's written word is proof as well, where it has a day


PROOFS: Mapping[Does, ProvedBy] = {
    Does.OFFER_TRAINING: ProvedBy(windows=training),
    Does.INVITE_PARTNERS: ProvedBy(windows=meetings),
    Does.REVISE_DOCUMENT: ProvedBy(windows=once(revised)),
    Does.ADOPT_DOCUMENT: ProvedBy(windows=once(adopted)),
    Does.MAKE_KNOWN: ProvedBy(windows=counted(known), things=known),
    Does.ASSESS: ProvedBy(case=assessed),
    Does.OFFER_SUPPORT: ProvedBy(case=lambda one: one.supported_at),
    Does.OFFER_OCCUPATIONAL_HEALTH: ProvedBy(case=lambda one: one.health_at),
    Does.NAME_CONTACT: ProvedBy(windows=counted(contacts), things=contacts),
    Does.KEEP_CONTACT: ProvedBy(windows=counted(partners), things=partners),
    Does.ANSWER_REQUEST: ProvedBy(room=lambda world: world.requests),
    Does.EVALUATE: ProvedBy(case=lambda one: one.evaluated_at),
    Does.LEARN: ProvedBy(windows=learnt),
    # A survey is proved by a survey, and by nobody's word.
    Does.MEASURE: ProvedBy(windows=once(surveyed), by_word=False),
    Does.ATTEST: ProvedBy(),
}


def is_of_cases(does: Does) -> bool:
    """Its figures are counted in cases, and may be so small that they point at somebody."""
    return PROOFS[does].case is not None
