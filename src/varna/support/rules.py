"""What measures there are, what may follow what, and which of them are support. Pure."""

import datetime as dt
from enum import IntEnum, StrEnum

from varna.cases.rules.steps import Facts, Reason, State


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


# Measures that are support to the person; the others are for the matter, a room or the
# organisation.
SUPPORT = frozenset(
    {
        MeasureClass.ACUTE,
        MeasureClass.PERSONAL,
        MeasureClass.HOME,
        MeasureClass.DETAILS,
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


def next_of(state: str) -> frozenset[MeasureState]:
    """A state that has been retired leads nowhere, and its measure can still be read."""
    return MEASURE_NEXT.get(state, frozenset())  # type: ignore[call-overload, no-any-return]


def why_not_measure(facts: Facts) -> Reason | None:
    """A measure needs an assessment before it or with it (the plan: individually assessed)."""
    if facts.state == State.CLOSED:
        return Reason.IS_CLOSED
    return None if facts.assessed else Reason.NO_ASSESSMENT


def why_not_offer(state: str) -> Reason | None:
    """What ended without being done is offered no more."""
    return Reason.NO_SUCH_STEP if state == MeasureState.ENDED else None


def why_not_move(state: str, to: MeasureState, words: str = "") -> Reason | None:
    """What is ended without having been carried out wants a reason."""
    if to not in next_of(state):
        return Reason.NO_SUCH_STEP
    return Reason.NO_REASON if to is MeasureState.ENDED and not words.strip() else None


def review_on(oldest: dt.date, reviewed_on: dt.date | None, days: int) -> dt.date:
    """Open measures are gone through so many days after the oldest was decided, or after they were
    last gone through.
    """
    since = oldest if reviewed_on is None else max(oldest, reviewed_on)
    return since + dt.timedelta(days=days)
