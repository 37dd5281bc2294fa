"""How each occurrence of one commitment stands on a day, from what has been done. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from varna.plan.rules.calendar import Occurrence


WARNING_DAYS = 60


_Key = tuple[str, int, dt.date | None]


class Standing(StrEnum):
    AWAITING_EVENT = "awaiting-event"
    UPCOMING = "upcoming"
    OPEN = "open"
    DUE_SOON = "due-soon"
    KEPT = "kept"
    KEPT_LATE = "kept-late"
    STATED = "stated"  # somebody's word is all there is
    OVERDUE = "overdue"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"  # a later version took the duty away before its day
    UNKNOWN = "unknown"


# The order in which several are spoken of as one: what needs somebody most comes first.
WORST_FIRST = (
    Standing.MISSED,
    Standing.OVERDUE,
    Standing.DUE_SOON,
    Standing.OPEN,
    Standing.UNKNOWN,
    Standing.STATED,
    Standing.KEPT_LATE,
    Standing.KEPT,
    Standing.AWAITING_EVENT,
    Standing.UPCOMING,
    Standing.WITHDRAWN,
)
# What says that a promise was kept, and so must rest on an "of" that is known.
HELD = frozenset({Standing.KEPT, Standing.KEPT_LATE})


@dataclass(frozen=True, slots=True)
class Proof:
    """Something done on a day, by its reference. It proves one occurrence of a commitment.

    `said_on`: it is somebody's word, said on that day.
    """

    on: dt.date
    reference: str
    said_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An occurrence, how it stands and what proves it."""

    occurrence: Occurrence
    standing: Standing
    proof: Proof | None = None


def standings(
    occurrences: Iterable[Occurrence],
    evidence: Iterable[Proof],
    today: dt.date,
    started_on: dt.date,
    warning_days: int = WARNING_DAYS,
) -> tuple[Judged, ...]:
    """Answer for all occurrences of one commitment together, in the order they were given.

    Each thing done proves the earliest due that was open or overdue on its day and not yet
    proved. The order in which the evidence was entered says nothing.
    """
    given = tuple(occurrences)
    proved = _proved(given, {proof for proof in evidence if proof.on <= today})
    warning = dt.timedelta(days=warning_days)
    return tuple(
        Judged(one, _kept(one, proof), proof)
        if (proof := proved.get(_key(one)))
        else Judged(one, _unproved(one, today, started_on, warning))
        for one in given
    )


def _key(one: Occurrence) -> _Key:
    """The due day too: a new version of the plan may count its turns in another way."""
    return (one.commitment, one.turn, one.due_on)


def _proved(given: tuple[Occurrence, ...], proofs: set[Proof]) -> dict[_Key, Proof]:
    """Which of the things done proves what. What is done twice under one reference counts once."""
    by_due = sorted((one for one in given if one.due_on), key=lambda one: (one.due_on, one.turn))
    found: dict[_Key, Proof] = {}
    used: set[str] = set()
    for proof in sorted(proofs, key=_by_day):
        if proof.reference in used:
            continue
        for one in by_due:
            if _key(one) not in found and _held(one, proof.on):
                found[_key(one)] = proof
                used.add(proof.reference)
                break
    return found


def _by_day(proof: Proof) -> tuple[dt.date, bool, str]:
    """The work itself before a word of the same day."""
    return proof.on, proof.said_on is not None, proof.reference


def _held(one: Occurrence, day: dt.date) -> bool:
    return bool(one.opens_on and one.closes_on and one.opens_on <= day <= one.closes_on)


def _kept(one: Occurrence, proof: Proof) -> Standing:
    if proof.said_on is not None:
        return Standing.STATED
    return Standing.KEPT if one.due_on and proof.on <= one.due_on else Standing.KEPT_LATE


def _unproved(
    one: Occurrence, today: dt.date, started_on: dt.date, warning: dt.timedelta
) -> Standing:
    if one.opens_on is None or one.due_on is None or one.closes_on is None:
        return Standing.AWAITING_EVENT
    if today < one.opens_on:
        return Standing.UPCOMING
    if today > one.closes_on:
        return Standing.UNKNOWN if one.closes_on < started_on else Standing.MISSED
    if today > one.due_on:
        return Standing.OVERDUE
    return Standing.DUE_SOON if today >= (one.warn_on or one.due_on - warning) else Standing.OPEN
