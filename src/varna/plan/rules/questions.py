"""What a plan leaves open: questions to its owner, never faults. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from varna.plan.rules.cadences import Continuous, Deadline, OnEvent, Quota
from varna.plan.rules.terms import (
    TARGET,
    UNKNOWN,
    Assignment,
    Basis,
    Commitment,
    Does,
    PlanFile,
    Unit,
)


class Question(StrEnum):
    ADOPTER_UNKNOWN = "adopter_unknown"
    TRAINED_NOT_TARGETED = "trained_not_targeted"
    COMPANIES_WITHOUT_DUTY = "companies_without_duty"
    NOBODY_EVALUATES = "nobody_evaluates"
    COOPERATION_WITHOUT_MEASURE = "cooperation_without_measure"
    SUPPORT_WITHOUT_LIMIT = "support_without_limit"
    CANDIDATES_WITHOUT_PROMISE = "candidates_without_promise"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what in the file it is about."""

    question: Question
    about: tuple[str, ...] = ()


def ask(plan: PlanFile) -> list[Asked]:
    """Every question that the file gives reason for, in the same order each time."""
    found = ((question, tuple(look(plan))) for question, look in _LOOKS.items())
    return [Asked(question, about) for question, about in found if about]


def _adopter(plan: PlanFile) -> Iterator[str]:
    if plan.adopted_by == UNKNOWN:
        yield plan.id


def _trained(plan: PlanFile) -> Iterator[str]:
    """Who is offered training without being in the group that the plan is for."""
    target = plan.groups.get(TARGET)
    if target is None:
        return
    groups = {c.for_ for c in plan.commitments if c.does is Does.OFFER_TRAINING and c.for_}
    trained = {each for name in groups for each in plan.groups[name].assignments}
    yield from sorted(trained - set(target.assignments))


def _companies(plan: PlanFile) -> Iterator[str]:
    if any(plan.roles[c.by].each is Unit.COMPANY for c in plan.commitments):
        return
    yield from (group.id for group in plan.groups.values() if Unit.COMPANY in group.units)


def _evaluates(plan: PlanFile) -> Iterator[str]:
    """An evaluation promised by all of the municipality, above the owner, is nobody's."""
    above, role = set(), plan.roles[plan.owner].part_of
    while role is not None:
        above.add(role)
        role = plan.roles[role].part_of
    yield from (c.id for c in plan.commitments if c.does is Does.EVALUATE and c.by in above)


def _reading(commitment: Commitment) -> bool:
    """A note says how the plan is read, and so that it does not say it itself."""
    return commitment.basis is Basis.PLAN and commitment.note is not None


def _cooperation(plan: PlanFile) -> Iterator[str]:
    for c in plan.commitments:
        if c.does is Does.KEEP_CONTACT and isinstance(c.cadence, Continuous) and _reading(c):
            yield c.id


_SUPPORT = {
    Does.OFFER_SUPPORT,
    Does.OFFER_OCCUPATIONAL_HEALTH,
    Does.ASSESS,
    Does.ANSWER_REQUEST,
}


def _support(plan: PlanFile) -> Iterator[str]:
    for c in plan.commitments:
        if c.does in _SUPPORT and isinstance(c.cadence, OnEvent) and _reading(c):
            yield c.id


def _candidates(plan: PlanFile) -> Iterator[str]:
    """Groups with candidates, when nothing with a day before the election is for any of them."""
    groups = {g.id for g in plan.groups.values() if Assignment.CANDIDATE in g.assignments}
    for c in plan.commitments:
        dated = isinstance(c.cadence, Deadline | Quota)
        if c.for_ in groups and (dated or c.does in {Does.OFFER_TRAINING, Does.OFFER_SUPPORT}):
            return
    yield from sorted(groups)


_LOOKS: dict[Question, Callable[[PlanFile], Iterator[str]]] = {
    Question.ADOPTER_UNKNOWN: _adopter,
    Question.TRAINED_NOT_TARGETED: _trained,
    Question.COMPANIES_WITHOUT_DUTY: _companies,
    Question.NOBODY_EVALUATES: _evaluates,
    Question.COOPERATION_WITHOUT_MEASURE: _cooperation,
    Question.SUPPORT_WITHOUT_LIMIT: _support,
    Question.CANDIDATES_WITHOUT_PROMISE: _candidates,
}
