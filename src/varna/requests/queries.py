"""What can be asked of requests: by the pages, and by the plan for its evidence."""

import datetime as dt
import uuid
from dataclasses import dataclass

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.requests.models import HelpRequest
from varna.requests.rules import ANSWER_WORKDAYS, Standing, standing
from varna.requests.words import STANDINGS


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the plan's evidence wants it."""

    reference: str
    asked_at: dt.datetime
    answered_at: dt.datetime | None


def asked() -> list[Asked]:
    """Every request, the oldest first."""
    rows = HelpRequest.unscoped.values_list("pk", "asked_at", "answered_at")
    return [Asked(f"request:{pk}", asked_at, answered) for pk, asked_at, answered in rows]


@dataclass(frozen=True, slots=True)
class Line:
    row: HelpRequest
    due_on: dt.date
    standing: Standing

    @property
    def said(self) -> str:
        return str(STANDINGS[self.standing])


def line_of(row: HelpRequest, day: dt.date) -> Line:
    due = clock.workdays_after(clock.day_of(row.asked_at), ANSWER_WORKDAYS)
    answered_on = clock.day_of(row.answered_at) if row.answered_at else None
    return Line(row, due, standing(answered_on, due, day))


def lines(actor: Actor, *, at: dt.datetime) -> list[Line]:
    """Those that wait first, the oldest of them first; then the latest answered."""
    found = [line_of(row, clock.day_of(at)) for row in HelpRequest.visible_to(actor, at=at)]
    waiting = [line for line in found if line.row.answered_at is None]
    return waiting + [line for line in found if line.row.answered_at is not None][::-1]


def find(actor: Actor, pk: uuid.UUID, *, at: dt.datetime) -> HelpRequest | None:
    return HelpRequest.visible_to(actor, at=at).filter(pk=pk).first()


def waiting() -> list[HelpRequest]:
    return list(HelpRequest.unscoped.filter(answered_at=None))
