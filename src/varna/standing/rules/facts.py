"""What is known of the municipality's work, as the proofs need it. Pure.

Each is told by the room that did the work, by reference only; nothing here names what was said.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from varna.plan.rules.terms import Assignment, Does, Subject, Unit


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
    served_by: uuid.UUID | None = None  # the administration of a board


@dataclass(frozen=True, slots=True)
class OfferFact:
    """A training session: the day it was held, and when each invitation left."""

    reference: str
    held_on: dt.date
    sent: Mapping[dt.date, frozenset[uuid.UUID]]  # by the day the invitations left
    is_course: bool = False  # to take when it suits, from the day it was opened
    planned_on: dt.date | None = None
    subjects: frozenset[Subject] = frozenset()


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
    party: uuid.UUID | None = None  # whose security organisation it is


@dataclass(frozen=True, slots=True)
class PartyFact:
    """A party, while it sits in the council.

    `without`: while somebody has said that it has no security organisation of its own.
    """

    id: uuid.UUID
    name: str
    sits: tuple[Life, ...]
    without: tuple[Life, ...] = ()


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
    # A text that differs from the version before, and what each of the five heads led to.
    revised: bool = True
    sha256: str = ""  # of its file


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A person or a body has acknowledged a version, or was asked to."""

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
    by_word: bool = False  # somebody's word is all that answers it


class Whom(StrEnum):
    """Whether a case has somebody exposed whom the plan is for."""

    TARGET = "target"
    OTHER = "other"  # somebody outside the plan's groups
    NOBODY = "nobody"  # it is about a place or a thing


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
    evaluated_at: dt.datetime | None = None  # the talk at closing and the check afterwards
    weighed_at: dt.datetime | None = None  # a lesson was kept, or why there is none
    whom: Whom | None = None  # None: nobody has said, and so somebody may be waiting


@dataclass(frozen=True, slots=True)
class LessonFact:
    """A lesson, and the versions that have considered it."""

    on: dt.date
    considered_in: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class StatementFact:
    """Somebody has stated in writing that it is so, or that a survey was made elsewhere.

    `on`: the day it is about; `said_on`: the day it was said. `confirmed_on`: the day when somebody
    else, who holds another role, agreed.
    """

    reference: str
    commitment: str
    on: dt.date
    unit: uuid.UUID | None = None
    survey: bool = False
    said_on: dt.date | None = None
    confirmed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DeedFact:
    """Something the house does once a year, by reference: a report that was delivered, a list that
    was gone through, a check of the records that found nothing wrong.
    """

    does: Does
    reference: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class ConfirmedFact:
    """A full-time official's competence was confirmed, or the risks assessed (KL 4:18 a)."""

    person: uuid.UUID
    what: str
    on: dt.date


class Register(StrEnum):
    """Where the "of" of a figure comes from."""

    PEOPLE = "people"  # who holds office
    BODIES = "bodies"  # councils, boards, companies, and the administrations that serve them
    PARTNERS = "partners"  # whom the municipality cooperates with
    DOCUMENTS = "documents"
    SESSIONS = "sessions"
    CASES = "cases"
    REQUESTS = "requests"
    CONTACTS = "contacts"
    HOUSE = "house"  # Värna's own record of itself
    WORDS = "words"  # what people have stated


class Lack(StrEnum):
    """What makes an "of" too small to be trusted."""

    EMPTY = "empty"  # there is nobody in it
    UNVERIFIED = "unverified"  # nobody has ever vouched for it
    OLD = "old"  # the last who did so is too long ago
    UNANSWERED = "unanswered"  # bodies whose kind nobody has said
    NO_PARTIES = "no_parties"  # nobody in the council belongs to a party


@dataclass(frozen=True, slots=True)
class RegisterFact:
    """When a register was vouched for, by whom, and since when it lacks something."""

    register: Register
    verified: tuple[dt.date, ...] = ()
    by: str = ""  # a role's code
    lacks: Mapping[Lack, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class World:
    """Everything that proofs are made of, as it is known today."""

    members: tuple[Members, ...] = ()
    units: tuple[UnitFact, ...] = ()
    offers: tuple[OfferFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    partners: tuple[PartnerFact, ...] = ()
    parties: tuple[PartyFact, ...] = ()
    adoptions: tuple[AdoptionFact, ...] = ()
    known: tuple[KnownFact, ...] = ()
    asked: tuple[KnownFact, ...] = ()  # whom the version was made known to
    contacts: tuple[ContactFact, ...] = ()
    requests: tuple[Happened, ...] = ()
    cases: tuple[CaseFact, ...] = ()
    reports: tuple[Happened, ...] = ()  # in no case, and not put aside
    lessons: tuple[LessonFact, ...] = ()
    statements: tuple[StatementFact, ...] = ()
    confirmed: tuple[ConfirmedFact, ...] = ()
    deeds: tuple[DeedFact, ...] = ()
    registers: tuple[RegisterFact, ...] = ()
    boards_sit_from: tuple[dt.date, ...] = ()  # the first days of boards' own periods
