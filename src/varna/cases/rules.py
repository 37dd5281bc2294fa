"""How a case moves, what an assessment asks, what measures there are, and when things are due.

Pure. The plan: support is judged individually from case to case, before or with measures. Levels,
questions and classes are our own words; domain.md §3 names the literature behind them.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


# ── the way of a case ─────────────────────────────────────────────────────────────────────────
class State(StrEnum):
    RECEIVED = "received"  # inkommet
    TRIAGED = "triaged"  # fördelat
    UNDER_WAY = "under_way"  # pågår
    FOLLOW_UP = "follow_up"  # uppföljning
    CLOSED = "closed"  # avslutat


# What may follow what. Out of CLOSED leads only reopening, which wants a reason.
NEXT: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.TRIAGED}),
    State.TRIAGED: frozenset({State.UNDER_WAY}),  # the first assessment sets it going
    State.UNDER_WAY: frozenset({State.FOLLOW_UP, State.CLOSED}),
    State.FOLLOW_UP: frozenset({State.UNDER_WAY, State.CLOSED}),
    State.CLOSED: frozenset({State.UNDER_WAY}),
}


class Waits(StrEnum):
    """Whom the case waits for just now, if anybody else."""

    NOBODY = ""
    REPORTER = "reporter"
    POLICE = "police"
    HEALTH = "health"
    ADMINISTRATION = "administration"


class Reason(StrEnum):
    """Why a deed cannot be done."""

    NO_SUCH_STEP = "no_such_step"
    NO_ASSESSMENT = "no_assessment"
    NO_SECOND = "no_second"
    OPEN_MEASURES = "open_measures"
    NO_REASON = "no_reason"
    OWN_ASSESSMENT = "own_assessment"
    ALREADY_SEEN = "already_seen"
    NO_NEED = "no_need"
    IS_CLOSED = "is_closed"
    NOBODY_NAMED = "nobody_named"
    OTHER_BOARD = "other_board"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision about a case needs to know of it."""

    state: State
    assessed: bool
    second_missing: bool
    open_measures: int


def why_not_step(facts: Facts, to: State, *, reason: str = "") -> Reason | None:
    if to not in NEXT[facts.state]:
        return Reason.NO_SUCH_STEP
    if facts.state is State.CLOSED and not reason.strip():
        return Reason.NO_REASON
    if to is State.FOLLOW_UP and not facts.assessed:
        return Reason.NO_ASSESSMENT
    return why_not_close(facts) if to is State.CLOSED else None


def why_not_close(facts: Facts) -> Reason | None:
    """A case closes when it has been judged, by two where that is asked for, and nothing is left
    open.
    """
    if State.CLOSED not in NEXT[facts.state]:
        return Reason.NO_SUCH_STEP
    if not facts.assessed:
        return Reason.NO_ASSESSMENT
    if facts.second_missing:
        return Reason.NO_SECOND
    return Reason.OPEN_MEASURES if facts.open_measures else None


def why_not_measure(facts: Facts) -> Reason | None:
    """A measure needs an assessment before it or with it (the plan: individually assessed)."""
    if facts.state is State.CLOSED:
        return Reason.IS_CLOSED
    return None if facts.assessed else Reason.NO_ASSESSMENT


def why_not_share(scopes: Collection[uuid.UUID], bodies: Collection[uuid.UUID]) -> Reason | None:
    """An administration's contact sees its own board's people only (security.md §3.1 rule 3).

    `scopes` are the boards the contact is appointed for, `bodies` those the exposed person sits in
    today.
    """
    if not bodies:
        return Reason.NOBODY_NAMED
    return None if set(scopes) & set(bodies) else Reason.OTHER_BOARD


# ── the assessment ────────────────────────────────────────────────────────────────────────────
class Level(IntEnum):
    """Our own levels; when unsure choose the higher and review sooner. Not a score."""

    AWARE = 0  # kännedom
    WATCH = 1  # bevaka
    RAISED = 2  # förhöjd
    SERIOUS = 3  # allvarlig
    ACUTE = 4  # akut


TWO_PEOPLE_FROM = Level.SERIOUS


def needs_second(level: Level) -> bool:
    """Nobody is alone with a judgement when it is serious."""
    return level >= TWO_PEOPLE_FROM


def why_not_second(*, level: Level, is_author: bool, seen: bool) -> Reason | None:
    if not needs_second(level):
        return Reason.NO_NEED
    if is_author:
        return Reason.OWN_ASSESSMENT
    return Reason.ALREADY_SEEN if seen else None


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Group(StrEnum):
    """The five groups of observations."""

    MESSAGE = "message"
    BEHAVIOUR = "behaviour"
    SENDER = "sender"
    EXPOSED = "exposed"
    PROTECTIVE = "protective"


OBSERVATIONS: dict[Group, tuple[str, ...]] = {
    Group.MESSAGE: (
        "act_named", "time_named", "condition", "target_beyond", "private_knowledge", "final",
        "several_receive", "sexual_or_hate", "weapon", "admires",
    ),
    Group.BEHAVIOUR: (
        "more_often", "new_channels", "approaches", "came_home", "gifts", "collects", "campaign",
        "broke_ban", "went_silent",
    ),
    Group.SENDER: (
        "identified", "running_matter", "loss", "known_violence", "capacity", "ill_health",
    ),
    Group.EXPOSED: (
        "earlier", "alone_or_children", "public_address", "coming_appearances", "worried",
        "has_network", "own_wishes",
    ),
    Group.PROTECTIVE: (
        "contact_resumed", "police_talked", "calmed", "matter_closed", "alarm",
    ),
}  # fmt: skip
# Four risks judged apart; one of them says nothing of the others.
QUESTIONS = ("violence", "persistence", "escalation", "disruption")


# ── measures ──────────────────────────────────────────────────────────────────────────────────
class MeasureClass(IntEnum):
    """Eleven classes (domain.md §3.3), and what fits none of them."""

    ACUTE = 1
    POLICE = 2
    PERSONAL = 3
    HOME = 4
    DETAILS = 5
    MEETING = 6
    DIGITAL = 7
    LEGAL = 8
    MATTER = 9
    ORGANISATION = 10
    ASSIGNMENT = 11
    FREE = 12


CATALOGUE: dict[MeasureClass, tuple[str, ...]] = {
    MeasureClass.ACUTE: ("safe_place", "duty_called", "reception", "meeting_moved", "guard"),
    MeasureClass.POLICE: (
        "report", "protected_report", "victim_contact", "alarm_phone", "no_contact_order",
        "hand_over_evidence",
    ),
    MeasureClass.PERSONAL: (
        "contact_person", "follow_up_call", "occupational_health", "talk", "family_talk", "leave",
    ),
    MeasureClass.HOME: (
        "home_review", "locks", "alarm", "personal_alarm", "routes", "school", "mail",
    ),
    MeasureClass.DETAILS: ("web_details", "city_address", "secrecy_mark", "registers"),
    MeasureClass.MEETING: (
        "agenda", "seating", "sign_in", "guard_at_meeting", "security_check", "remote", "company",
    ),
    MeasureClass.DIGITAL: (
        "save", "platform_report", "moderation", "account_safety", "take_down", "fake_profile",
    ),
    MeasureClass.LEGAL: ("lawyer", "counsel", "damages", "insurance", "own_costs"),
    MeasureClass.MATTER: ("other_handler", "sign_together", "one_way_in", "communication"),
    MeasureClass.ORGANISATION: ("tell_party", "tell_chair", "tell_others", "lesson"),
    MeasureClass.ASSIGNMENT: ("replacement", "hand_over", "pause"),
    MeasureClass.FREE: (),
}  # fmt: skip


# Measures that are support to the person; the others are for the matter or the organisation.
SUPPORT = frozenset(
    {
        MeasureClass.ACUTE,
        MeasureClass.PERSONAL,
        MeasureClass.HOME,
        MeasureClass.DETAILS,
        MeasureClass.MEETING,
        MeasureClass.DIGITAL,
        MeasureClass.LEGAL,
    }
)


class MeasureState(StrEnum):
    DECIDED = "decided"
    UNDER_WAY = "under_way"
    DONE = "done"
    ENDED = "ended"  # without being carried out, with a reason


OPEN_MEASURES = frozenset({MeasureState.DECIDED, MeasureState.UNDER_WAY})
MEASURE_NEXT: dict[MeasureState, frozenset[MeasureState]] = {
    MeasureState.DECIDED: frozenset(
        {MeasureState.UNDER_WAY, MeasureState.DONE, MeasureState.ENDED}
    ),
    MeasureState.UNDER_WAY: frozenset({MeasureState.DONE, MeasureState.ENDED}),
    MeasureState.DONE: frozenset(),
    MeasureState.ENDED: frozenset(),
}


# ── clocks ────────────────────────────────────────────────────────────────────────────────────
class Clock(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    ASSESS = "assess"
    SECOND = "second"
    ANSWER = "answer"
    REVIEW = "review"
    MEASURES = "measures"
    POLICE = "police"
    AFTER_CHECK = "after_check"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each thing may take; the municipality's settings (no law sets them)."""

    acknowledge_workdays: int = 1
    assess_workdays: int = 2
    first_answer_days: int = 7
    measure_review_days: int = 30
    after_check_days: int = 90


@dataclass(frozen=True, slots=True)
class Times:
    """The days on which things happened to a case; None where they have not."""

    opened_on: dt.date
    received_on: dt.date | None
    answered_on: dt.date | None
    assessed_on: dt.date | None
    review_on: dt.date | None
    second_missing: bool
    measures_since: dt.date | None  # the oldest open measure, or when they were last reviewed
    police_on: dt.date | None
    closed_on: dt.date | None
    after_checked: bool


@dataclass(frozen=True, slots=True)
class Due:
    clock: Clock
    on: dt.date


WorkdaysAfter = Callable[[dt.date, int], dt.date]


def dues(times: Times, limits: Limits, workdays_after: WorkdaysAfter) -> list[Due]:
    """Everything that is due in a case, earliest first."""
    if times.closed_on is not None:
        if times.after_checked:
            return []
        return [
            Due(Clock.AFTER_CHECK, times.closed_on + dt.timedelta(days=limits.after_check_days))
        ]
    found = _judging(times, limits, workdays_after)
    if times.received_on is not None and times.answered_on is None:
        answer_on = times.received_on + dt.timedelta(days=limits.first_answer_days)
        found.append(Due(Clock.ANSWER, answer_on))
    if times.review_on is not None:
        found.append(Due(Clock.REVIEW, times.review_on))
    if times.measures_since is not None:
        review_on = times.measures_since + dt.timedelta(days=limits.measure_review_days)
        found.append(Due(Clock.MEASURES, review_on))
    if times.police_on is not None:
        found.append(Due(Clock.POLICE, times.police_on))
    return sorted(found, key=lambda due: (due.on, due.clock))


def _judging(times: Times, limits: Limits, workdays_after: WorkdaysAfter) -> list[Due]:
    if times.assessed_on is None:
        return [Due(Clock.ASSESS, workdays_after(times.opened_on, limits.assess_workdays))]
    if times.second_missing:
        return [Due(Clock.SECOND, workdays_after(times.assessed_on, 1))]
    return []


def limits_from(settings: Mapping[str, int]) -> Limits:
    return Limits(**settings)


# ── what a case is counted as: small, coded, outside the sealed text ──────────────────────────
class EventGroup(StrEnum):
    """Brå's two groups in the safety survey of politicians (PTU)."""

    A = "a"  # threats and harassment
    B = "b"  # violence, damage and theft


class Consequence(StrEnum):
    NONE = "none"
    WORRIED = "worried"
    AVOIDED = "avoided"
    CANCELLED = "cancelled"
    CONSIDERED_LEAVING = "considered_leaving"
    LEFT = "left"
    UNKNOWN = "unknown"


class WhyNotPolice(StrEnum):
    LEADS_NOWHERE = "leads_nowhere"
    PART_OF_IT = "part_of_it"
    TRIFLE = "trifle"
    NO_CRIME = "no_crime"
    FEAR = "fear"
    OWN_WISH = "own_wish"
    UNKNOWN = "unknown"


# ── the case number: random, so that a gap tells nothing ──────────────────────────────────────
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def number_from(randomness: bytes) -> str:
    value = int.from_bytes(randomness[:4], "big")
    return "V-" + "".join(_LETTERS[(value >> (5 * n)) & 31] for n in range(6))
