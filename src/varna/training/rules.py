"""Four figures, when a code counts, and how the self-study course is read. Pure."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class How(StrEnum):
    """How it was noted that somebody took part."""

    LIST = "list"  # ticked by whoever held it
    CODE = "code"  # the code that was shown in the room
    COURSE = "course"  # went through the self-study


class What(StrEnum):
    """What the law adds for those who serve full time (kommunallagen 4:18 a)."""

    COMPETENCE = "competence"  # somebody has made sure that they know what they need
    RISK = "risk"  # an individual risk assessment has been made


class Subject(StrEnum):
    """What a training is about (the plan: "upptäcka, förebygga och hantera")."""

    DETECT = "detect"
    PREVENT = "prevent"
    HANDLE = "handle"


@dataclass(frozen=True, slots=True)
class Offer:
    """One session, or a self-study, and how far it has reached. Offered is not attended, and
    attended is not known.
    """

    reference: str  # "session:<uuid>"
    title: str
    held_on: dt.date  # self-study: the day it was opened
    sent: Mapping[uuid.UUID, dt.date]  # person → day the invitation left, or was given by hand
    accepted: frozenset[uuid.UUID]
    attended: frozenset[uuid.UUID]
    known: frozenset[uuid.UUID]
    is_course: bool = False
    planned_on: dt.date | None = None
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody vouches for something about one person."""

    reference: str
    person: uuid.UUID
    what: str  # "competence" | "risk"
    on: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class Figures:
    """People, each counted once."""

    offered: int
    accepted: int
    attended: int
    known: int


def figures(offers: Iterable[Offer]) -> Figures:
    found = list(offers)
    return Figures(
        offered=len({person for offer in found for person in offer.sent}),
        accepted=len({person for offer in found for person in offer.accepted}),
        attended=len({person for offer in found for person in offer.attended}),
        known=len({person for offer in found for person in offer.known}),
    )


# ── the code in the room ──────────────────────────────────────────────────────────────────────
CODE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"  # none that can be taken for another
CODE_LENGTH = 6
BEFORE, AFTER = dt.timedelta(hours=1), dt.timedelta(hours=12)


def tidy_code(written: str) -> str:
    return "".join(sign for sign in written.upper() if sign.isalnum())


def code_counts(
    starts_at: dt.datetime | None, ends_at: dt.datetime | None, at: dt.datetime
) -> bool:
    """From an hour before it begins until half a day after it has ended."""
    if starts_at is None:
        return False
    return starts_at - BEFORE <= at <= (ends_at or starts_at) + AFTER


# ── the self-study course ─────────────────────────────────────────────────────────────────────
class Words(Protocol):
    """Text that can be translated when it is shown."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose, and what is said to whoever chose it."""

    text: Words
    right: bool
    because: Words


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    text: Words
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Part:
    title: Words
    paragraphs: tuple[Words, ...]
    advice: tuple[Words, ...]
    questions: tuple[Question, ...]


class NotNow(StrEnum):
    """Why something cannot be done with a session."""

    HELD = "held"  # nobody can be asked to it any more
    NOBODY = "nobody"  # there is nobody in the audience today
    TOO_EARLY_OR_LATE = "not_now"  # the code counts around the time of the session
    WRONG_CODE = "wrong_code"


def why_not_ask(*, over: bool, people: int) -> NotNow | None:
    if over:
        return NotNow.HELD
    return None if people else NotNow.NOBODY


def why_not_attend(*, counts: bool, right: bool) -> NotNow | None:
    if not counts:
        return NotNow.TOO_EARLY_OR_LATE
    return None if right else NotNow.WRONG_CODE


def all_right(part: Part, answers: Mapping[str, int]) -> bool:
    """Whether every question has its right answer; a missing one is not right."""
    return all(
        question.key in answers and question.options[answers[question.key]].right
        for question in part.questions
    )
