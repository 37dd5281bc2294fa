"""When a version is in force, and why a deed with one is refused. Pure."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """What has been done with a version."""

    DRAFT = "draft"
    SENT = "sent"  # sent for comment
    ADOPTED = "adopted"


class Standing(StrEnum):
    """What a version is on a day."""

    DRAFT = "draft"
    SENT = "sent"
    COMING = "coming"  # adopted, and not in force yet
    IN_FORCE = "in_force"
    REPLACED = "replaced"


class Reason(StrEnum):
    """Why a version cannot be changed, sent or adopted."""

    ADOPTED = "adopted"  # its words are fixed
    SENT = "sent"  # those who comment must all read the same words
    EMPTY = "empty"
    IN_FORCE_BEFORE_ADOPTED = "in_force_before_adopted"
    ADOPTED_LATER = "adopted_later"  # a day that has not come
    DAY_TAKEN = "day_taken"  # another version is in force from that day
    NUMBER_TAKEN = "number_taken"
    NOT_IN_FORCE = "not_in_force"  # only what holds is made known
    MEANWHILE = "meanwhile"  # somebody else saved
    UNPRINTABLE = "unprintable"  # it cannot be made into a file


def replaced_on(in_force_on: dt.date, all_days: Iterable[dt.date]) -> dt.date | None:
    """The first day of the next version: nothing in an older one is changed when it comes."""
    return min((day for day in all_days if day > in_force_on), default=None)


def standing(
    state: State, in_force_on: dt.date | None, replaced: dt.date | None, day: dt.date
) -> Standing:
    if state is not State.ADOPTED or in_force_on is None:
        return Standing.SENT if state is State.SENT else Standing.DRAFT
    if day < in_force_on:
        return Standing.COMING
    return Standing.IN_FORCE if replaced is None or day < replaced else Standing.REPLACED


def why_not_change(state: State) -> Reason | None:
    """An adopted text is never edited; one that is out for comment is taken back first."""
    return {State.ADOPTED: Reason.ADOPTED, State.SENT: Reason.SENT}.get(state)


def why_not_adopt(
    state: State,
    text: str,
    *,
    adopted_on: dt.date,
    in_force_on: dt.date,
    today: dt.date,
    taken: Iterable[dt.date],
) -> Reason | None:
    if state is State.ADOPTED:
        return Reason.ADOPTED
    if not text.strip():
        return Reason.EMPTY
    if adopted_on > today:
        return Reason.ADOPTED_LATER
    if in_force_on < adopted_on:
        return Reason.IN_FORCE_BEFORE_ADOPTED
    return Reason.DAY_TAKEN if in_force_on in set(taken) else None
