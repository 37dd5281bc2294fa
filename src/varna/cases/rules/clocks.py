"""When things are due in a case."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Clock(StrEnum):
    """Every clock that can run for a case, also those that rooms above start: a case keeps the code
    of the one that is due first.
    """

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
    closed_on: dt.date | None
    after_checked: bool


@dataclass(frozen=True, slots=True)
class Due:
    clock: Clock
    on: dt.date


WorkdaysAfter = Callable[[dt.date, int], dt.date]


def dues(
    times: Times, limits: Limits, workdays_after: WorkdaysAfter, more: Iterable[Due] = ()
) -> list[Due]:
    """Everything that is due in a case, earliest first. `more`: what rooms above wait for in it."""
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
    found += more
    return sorted(found, key=lambda due: (due.on, due.clock))


def _judging(times: Times, limits: Limits, workdays_after: WorkdaysAfter) -> list[Due]:
    if times.assessed_on is None:
        return [Due(Clock.ASSESS, workdays_after(times.opened_on, limits.assess_workdays))]
    if times.second_missing:
        return [Due(Clock.SECOND, workdays_after(times.assessed_on, 1))]
    return []


def limits_from(settings: Mapping[str, int]) -> Limits:
    return Limits(**settings)
