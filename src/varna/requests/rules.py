"""What help can be asked for, and how fast an answer is meant to come. Pure."""

import datetime as dt
from enum import StrEnum


ANSWER_WORKDAYS = 2


class Subject(StrEnum):
    MEETING = "meeting"
    PREMISES = "premises"
    PERSON = "person"
    TRAINING = "training"
    ROUTINES = "routines"
    OTHER = "other"


class Reason(StrEnum):
    """Why not."""

    ANSWERED = "answered"  # somebody was first


def why_not_answer(*, answered: bool) -> Reason | None:
    return Reason.ANSWERED if answered else None


class Standing(StrEnum):
    WAITING = "waiting"
    LATE = "late"  # still without an answer
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"


def standing(answered_on: dt.date | None, due_on: dt.date, day: dt.date) -> Standing:
    if answered_on is None:
        return Standing.LATE if day > due_on else Standing.WAITING
    return Standing.ANSWERED_LATE if answered_on > due_on else Standing.ANSWERED
