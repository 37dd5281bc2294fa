"""What is known of the municipality's work, as the proofs need it. Pure.

Each is told by the room that did the work, by reference only; nothing here names what was said.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from varna.plan.rules.terms import Assignment, Unit


@dataclass(frozen=True, slots=True)
class Life:
    """From a day to a day, both counted. None: since always, until further notice."""

    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Members:
    """Those who belong to one of a plan's kinds of people for the same time."""

    people: frozenset[uuid.UUID]
    kind: Assignment
    life: Life


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A body, an administration or a company, for as long as there is one."""

    id: uuid.UUID
    name: str
    kind: Unit
    life: Life


@dataclass(frozen=True, slots=True)
class OfferFact:
    """A training session: the day it was held, and when each invitation left."""

    reference: str
    held_on: dt.date
    sent: Mapping[dt.date, frozenset[uuid.UUID]]  # by the day the invitations left
    is_course: bool = False  # to take when it suits, from the day it was opened


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A meeting with partners: the day it was held, and when each invitation left."""

    reference: str
    held_on: dt.date
    sent: Mapping[uuid.UUID, dt.date]


@dataclass(frozen=True, slots=True)
class PartnerFact:
    """Somebody to cooperate with, and the days of verifying and of contact."""

    id: uuid.UUID
    kind: str
    life: Life
    verified: tuple[dt.date, ...] = ()
    contacted: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class AdoptionFact:
    """A version of a document was adopted."""

    reference: str
    version: uuid.UUID
    document: str
    on: dt.date
    by: str
    decided: bool  # the decision and its reference are given
    life: Life  # in force


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A person or a body has acknowledged a version."""

    version: uuid.UUID
    who: uuid.UUID
    on: dt.date


@dataclass(frozen=True, slots=True)
class ContactFact:
    """A named contact of a body or of a function, and the days it was verified."""

    reference: str
    unit: uuid.UUID | None
    function: str
    life: Life
    verified: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that starts a promise's time, and when it was answered by deed.

    `reference` is empty where it would point at somebody.
    """

    at: dt.datetime
    done_at: dt.datetime | None
    reference: str = ""
    ended_on: dt.date | None = None  # what it is about came to its end


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One case's moments, and nothing by which it could be known again."""

    opened_at: dt.datetime
    received_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    assessed_at: dt.datetime | None = None
    measured_at: dt.datetime | None = None  # the first measure
    supported_at: dt.datetime | None = None
    health_at: dt.datetime | None = None
    evaluated_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class LessonFact:
    """A lesson, and the versions that have considered it."""

    on: dt.date
    considered_in: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class StatementFact:
    """Somebody has stated in writing that it is so, or that a survey was made."""

    reference: str
    commitment: str
    on: dt.date
    unit: uuid.UUID | None = None
    survey: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmedFact:
    """A full-time official's competence was confirmed, or the risks assessed (KL 4:18 a)."""

    person: uuid.UUID
    what: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class World:
    """Everything that proofs are made of, as it is known today."""

    members: tuple[Members, ...] = ()
    units: tuple[UnitFact, ...] = ()
    offers: tuple[OfferFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    partners: tuple[PartnerFact, ...] = ()
    adoptions: tuple[AdoptionFact, ...] = ()
    known: tuple[KnownFact, ...] = ()
    contacts: tuple[ContactFact, ...] = ()
    requests: tuple[Happened, ...] = ()
    cases: tuple[CaseFact, ...] = ()
    reports: tuple[Happened, ...] = ()
    lessons: tuple[LessonFact, ...] = ()
    statements: tuple[StatementFact, ...] = ()
    confirmed: tuple[ConfirmedFact, ...] = ()
