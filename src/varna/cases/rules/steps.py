"""The way of a case: what may follow what, and why a step cannot be taken."""

from dataclasses import dataclass
from enum import StrEnum


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


def next_of(state: str) -> frozenset[State]:
    """A state that has been retired leads nowhere, and its case can still be read."""
    return NEXT.get(state, frozenset())  # type: ignore[call-overload, no-any-return]


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
    ONESELF = "oneself"  # nobody lets themselves in, or gives themselves a case
    HANDLED = "handled"  # only what nobody handles is taken
    DAY_HAS_BEEN = "day_has_been"
    NOT_YOURS_TO_END = "not_yours_to_end"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision about a case needs to know of it."""

    state: str  # a code; one that is not known leads nowhere
    assessed: bool
    second_missing: bool
    open_measures: int


def why_not_step(facts: Facts, to: State, *, reason: str = "") -> Reason | None:
    if to not in next_of(facts.state):
        return Reason.NO_SUCH_STEP
    if facts.state == State.CLOSED and not reason.strip():
        return Reason.NO_REASON
    if to is State.FOLLOW_UP and not facts.assessed:
        return Reason.NO_ASSESSMENT
    return why_not_close(facts) if to is State.CLOSED else None


def why_not_close(facts: Facts) -> Reason | None:
    """A case closes when it has been judged, by two where that is asked for, and nothing is left
    open.
    """
    if State.CLOSED not in next_of(facts.state):
        return Reason.NO_SUCH_STEP
    if not facts.assessed:
        return Reason.NO_ASSESSMENT
    if facts.second_missing:
        return Reason.NO_SECOND
    return Reason.OPEN_MEASURES if facts.open_measures else None
