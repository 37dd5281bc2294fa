"""A rota, and what makes a turn of duty impossible. Pure."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Length(StrEnum):
    """How long a turn is."""

    DAY = "day"
    WEEK = "week"

    @property
    def days(self) -> int:
        return 7 if self is Length.WEEK else 1


MOST_TURNS = 120


class Reason(StrEnum):
    """Why not."""

    TAKEN = "taken"  # somebody has the duty then
    NO_HANDLER = "no_handler"  # only a handler takes new reports
    SAME = "same"  # nobody stands in for themselves
    NOBODY = "nobody"  # a rota of nobody


@dataclass(frozen=True, slots=True)
class Turn:
    """Days from the first to the one on which the next person begins."""

    account: uuid.UUID
    substitute: uuid.UUID | None
    first: dt.date
    ends: dt.date


def rota(
    people: Sequence[uuid.UUID], *, first: dt.date, turns: int, length: Length
) -> Iterator[Turn]:
    """So many turns after each other; whoever comes next stands in."""
    for number in range(turns):
        begins = first + dt.timedelta(days=number * length.days)
        next_one = people[(number + 1) % len(people)]
        yield Turn(
            account=people[number % len(people)],
            substitute=next_one if len(people) > 1 else None,
            first=begins,
            ends=begins + dt.timedelta(days=length.days),
        )


def why_not_take(
    account: uuid.UUID, substitute: uuid.UUID | None, *, handlers: set[uuid.UUID], taken: bool
) -> Reason | None:
    if not {account, substitute or account} <= handlers:
        return Reason.NO_HANDLER
    if account == substitute:
        return Reason.SAME
    return Reason.TAKEN if taken else None
