"""Why a report cannot be called delivered, nor a list gone through. Pure."""

import datetime as dt
from enum import StrEnum


class WhyNotDeliver(StrEnum):
    NOT_READY = "not_ready"
    TOO_EARLY = "too_early"  # before it was made
    NOT_YET = "not_yet"


class WhyNotReview(StrEnum):
    EMPTY = "empty"


def why_not_deliver(made_on: dt.date | None, on: dt.date, today: dt.date) -> WhyNotDeliver | None:
    """`made_on`: None while the report is not ready."""
    if made_on is None:
        return WhyNotDeliver.NOT_READY
    if on > today:
        return WhyNotDeliver.NOT_YET
    return WhyNotDeliver.TOO_EARLY if on < made_on else None
