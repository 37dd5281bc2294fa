"""Where the running programme rests on less than it looks like: questions, never faults. Pure.

The questions that a plan's text gives reason for are asked beside it (`plan.rules.questions`).
"""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from varna.plan.rules.standings import Standing
from varna.plan.rules.terms import Does, Modal, PlanFile
from varna.standing.rules.facts import AdoptionFact, Lack, StatementFact
from varna.standing.rules.status import Key, Row, needs_reason


class Finding(StrEnum):
    WORD_ONLY = "word_only"
    ONE_PERSON = "one_person"  # nobody else has agreed
    OF_UNVERIFIED = "of_unverified"
    OF_EMPTY = "of_empty"
    UNEXPLAINED = "unexplained"
    NOBODY_ANSWERS = "nobody_answers"
    EDITION_OLDER = "edition_older"  # than the document that has been adopted
    EDITION_UNTIED = "edition_untied"  # nobody has said which adopted text it is a reading of
    EDITION_OTHER = "edition_other"  # the text's file is not the one that it was tied to
    SOON_TOO_OLD = "soon_too_old"  # it holds, and stops holding within the warning


Tie = tuple[uuid.UUID, str]  # the adopted text, and its file's hash


@dataclass(frozen=True, slots=True)
class Programme:
    """What there is to look through."""

    plan: PlanFile
    rows: tuple[Row, ...]
    explained: Collection[Key]
    answering: Collection[str]  # roles that somebody answers for
    adoptions: tuple[AdoptionFact, ...] = ()
    statements: tuple[StatementFact, ...] = ()
    tied: Tie | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One thing, and where: a commitment's id or a role's, and the unit's name."""

    finding: Finding
    about: str = ""
    unit: str = ""
    due_on: dt.date | None = None


def look_through(programme: Programme) -> list[Found]:
    """Everything, finding by finding, in the plan's order."""
    return [found for look in _LOOKS for found in _once(look(programme))]


def _once(found: Iterable[Found]) -> Iterator[Found]:
    yield from dict.fromkeys(found)


def _of(row: Row, finding: Finding) -> Found:
    unit = row.unit.name if row.unit else ""
    return Found(finding, row.commitment.id, unit, row.occurrence.due_on)


def _words(programme: Programme) -> Iterator[Found]:
    for row in programme.rows:
        if row.standing is Standing.STATED:
            yield _of(row, Finding.WORD_ONLY)


def _alone(programme: Programme) -> Iterator[Found]:
    """What must be done rests on the word of one."""
    agreed = {one.reference for one in programme.statements if one.confirmed_on}
    for row in programme.rows:
        if row.standing is not Standing.STATED or row.commitment.modal is not Modal.SHALL:
            continue
        if row.proof is None or row.proof.reference not in agreed:
            yield _of(row, Finding.ONE_PERSON)


# A lack of the register is said once for each commitment, not for each of its turns.
def _unverified(programme: Programme) -> Iterator[Found]:
    for row in programme.rows:
        if set(row.source.lacks) - {Lack.EMPTY}:
            yield Found(Finding.OF_UNVERIFIED, row.commitment.id)


def _empty(programme: Programme) -> Iterator[Found]:
    for row in programme.rows:
        if Lack.EMPTY in row.source.lacks:
            yield Found(Finding.OF_EMPTY, row.commitment.id)


def _unexplained(programme: Programme) -> Iterator[Found]:
    for row in programme.rows:
        if needs_reason(row.standing) and row.key not in programme.explained:
            yield _of(row, Finding.UNEXPLAINED)


def _nobody(programme: Programme) -> Iterator[Found]:
    promising = {one.by for one in programme.plan.commitments}
    yield from (
        Found(Finding.NOBODY_ANSWERS, role)
        for role in programme.plan.roles
        if role in promising and role not in programme.answering
    )


def texts(plan: PlanFile, adoptions: Iterable[AdoptionFact]) -> list[AdoptionFact]:
    """The adopted texts that a plan's file may be a reading of, the latest last."""
    names = {one.what for one in plan.commitments if one.does is Does.REVISE_DOCUMENT}
    mine = (one for one in adoptions if one.document in names)
    return sorted(mine, key=lambda one: (one.on, one.life.since or one.on))


def _text(programme: Programme) -> Iterator[Found]:
    return text(programme.plan, programme.adoptions, programme.tied)


def text(plan: PlanFile, adoptions: Iterable[AdoptionFact], tied: Tie | None) -> Iterator[Found]:
    """What is followed is a reading of an older text than the latest, of another file than the one
    that it was tied to, or of nobody knows which.
    """
    known = texts(plan, adoptions)
    if not known:
        return
    latest = known[-1]
    if tied is None:
        newer = latest.on > plan.adopted_on
        yield Found(Finding.EDITION_OLDER if newer else Finding.EDITION_UNTIED)
    elif tied[0] != latest.version:
        yield Found(Finding.EDITION_OLDER)
    elif tied[1] != latest.sha256:
        yield Found(Finding.EDITION_OTHER)


def _soon(programme: Programme) -> Iterator[Found]:
    """What always is to hold, holds, and will not for long."""
    for row in programme.rows:
        always = row.occurrence.due_on is None and row.figure.of > 0
        if always and row.standing is Standing.DUE_SOON and row.figure.done == row.figure.of:
            yield _of(row, Finding.SOON_TOO_OLD)


_LOOKS: tuple[Callable[[Programme], Iterator[Found]], ...] = (
    _unexplained,
    _unverified,
    _empty,
    _text,
    _words,
    _alone,
    _soon,
    _nobody,
)
