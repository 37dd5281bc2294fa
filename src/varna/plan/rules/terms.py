"""What a plan is made of: roles, groups, commitments and the mandate they follow. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from varna.plan.rules.cadences import Cadence


UNKNOWN = "unknown"
# The group that a plan calls its own target group goes by this name in its file.
TARGET = "target"


class Modal(StrEnum):
    SHALL = "shall"
    SHOULD = "should"
    MAY = "may"


class Basis(StrEnum):
    """Where a promise comes from."""

    PLAN = "plan"
    LAW = "law"


class Does(StrEnum):
    """What is done, and so what proves it."""

    OFFER_TRAINING = "offer-training"
    INVITE_PARTNERS = "invite-partners"
    REVISE_DOCUMENT = "revise-document"
    ADOPT_DOCUMENT = "adopt-document"
    MAKE_KNOWN = "make-known"
    ASSESS = "assess"
    OFFER_SUPPORT = "offer-support"
    OFFER_OCCUPATIONAL_HEALTH = "offer-occupational-health"
    NAME_CONTACT = "name-contact"
    KEEP_CONTACT = "keep-contact"
    ANSWER_REQUEST = "answer-request"
    EVALUATE = "evaluate"
    LEARN = "learn"
    CONFIRM_EACH = "confirm-each"
    REPORT = "report"
    PLAN_TRAINING = "plan-training"
    COMPARE_TERMS = "compare-terms"
    KEEP_RECORDS = "keep-records"
    MEASURE = "measure"
    ATTEST = "attest"


class Subject(StrEnum):
    """What a training is about, as a plan may ask."""

    DETECT = "detect"
    PREVENT = "prevent"
    HANDLE = "handle"


class Confirmation(StrEnum):
    """What is confirmed for each who serves full time: kommunallagen (2017:725) 4:18 a."""

    COMPETENCE = "competence"
    RISK = "risk-assessment"


class Assignment(StrEnum):
    """The kinds of people a group can hold."""

    ELECTED = "elected"
    DEPUTY = "deputy"
    AUDITOR = "auditor"
    COMPANY_BOARD = "company-board"  # elected by the council, outside kommunallagen 4:1
    CANDIDATE = "candidate"
    POLITICAL_SECRETARY = "political-secretary"
    BOARD_SECRETARY = "board-secretary"
    FULL_TIME = "full-time"
    EMPLOYEE = "employee"


class Unit(StrEnum):
    """The kinds of bodies a group can hold."""

    COUNCIL = "council"
    EXECUTIVE = "executive"
    BOARD = "board"
    ADMINISTRATION = "administration"
    COMPANY = "company"
    JOINT_AUTHORITY = "joint-authority"
    PARTY_GROUP = "party-group"


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in both languages."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Elections:
    """When ordinary elections are held, known from one of them."""

    month: int
    weekday: Weekday
    nth: int
    every_years: int
    known: dt.date


@dataclass(frozen=True, slots=True)
class Mandate:
    """Election day and the first days of council and boards, as month and day."""

    elections: Elections
    council_from: tuple[int, int]
    boards_from: tuple[int, int]


# The second Sunday of September every fourth year: vallagen (2005:837) 1:3. The council's period
# begins 15 October: kommunallagen (2017:725) 5:9. The executive board's begins 1 January: 6:18.
SWEDISH_MANDATE = Mandate(
    Elections(9, Weekday.SUNDAY, 2, 4, dt.date(2026, 9, 13)), (10, 15), (1, 1)
)


@dataclass(frozen=True, slots=True)
class Role:
    """Who promises; `each` makes it one duty for every unit of that kind."""

    id: str
    title: Words
    part_of: str | None = None
    each: Unit | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """To whom, or together with whom."""

    id: str
    title: Words
    assignments: tuple[Assignment, ...] = ()
    units: tuple[Unit, ...] = ()
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something that somebody has promised (åtagande)."""

    id: str
    anchor: str
    title: Words
    basis: Basis
    by: str
    modal: Modal
    does: Does
    cadence: Cadence
    for_: str | None = None
    with_: str | None = None
    what: str | None = None
    law: str | None = None
    note: Words | None = None
    passage_sha256: str | None = None
    subject: tuple[Subject, ...] = ()
    confirms: tuple[Confirmation, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFile:
    """One version of one plan, as its file says it."""

    id: str
    version: str
    title: Words
    reference: str
    adopted_on: dt.date
    adopted_by: str
    owner: str
    source_sha256: str | None
    mandate: Mandate
    roles: Mapping[str, Role]
    groups: Mapping[str, Group]
    commitments: tuple[Commitment, ...]
    reading: int = 1  # which of our readings of this adopted text
