"""When the keys of a case, or of a report that became none, may be destroyed. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


# From the second person's word until it is done: time to notice, and to take it back.
STANDS = dt.timedelta(days=14)


class WhyNotDestroy(StrEnum):
    """Why nothing is destroyed."""

    DESTROYED = "destroyed"  # it is already
    NOT_ENDED = "not_ended"
    NOT_DUE = "not_due"
    NO_DECISION = "no_decision"
    ASKED = "asked_already"
    ONE_PERSON = "one_person"  # two people say it, and neither says it alone
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Ended:
    """What is to be destroyed, as far as the decision goes. `over_on`: the first day it may be."""

    ended: bool
    over_on: dt.date | None
    destroyed: bool


def why_not_destroy(what: Ended, decision: str, on: dt.date) -> WhyNotDestroy | None:
    """Whoever asks, and however many: what is open, undue, or without a decision is kept."""
    if what.destroyed:
        return WhyNotDestroy.DESTROYED
    if not what.ended:
        return WhyNotDestroy.NOT_ENDED
    if what.over_on is None or on < what.over_on:
        return WhyNotDestroy.NOT_DUE
    return None if decision.strip() else WhyNotDestroy.NO_DECISION


def why_not_ask(what: Ended, decision: str, on: dt.date, *, asked: bool) -> WhyNotDestroy | None:
    return why_not_destroy(what, decision, on) or (WhyNotDestroy.ASKED if asked else None)


def why_not_confirm(
    what: Ended, decision: str, on: dt.date, *, own: bool, said: bool
) -> WhyNotDestroy | None:
    """`own`: the same person has asked. `said`: somebody has confirmed it already."""
    if own:
        return WhyNotDestroy.ONE_PERSON
    return why_not_ask(what, decision, on, asked=said)


def why_not_carry_out(
    what: Ended, decision: str, at: dt.datetime, *, on: dt.date, stands_from: dt.datetime | None
) -> WhyNotDestroy | None:
    """`stands_from`: when the second person said so; None where nobody has."""
    if stands_from is None:
        return WhyNotDestroy.ONE_PERSON
    if at < stands_from + STANDS:
        return WhyNotDestroy.NOT_YET
    return why_not_destroy(what, decision, on)
