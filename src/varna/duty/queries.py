"""Who has the duty: now, and in the turns to come."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings

from varna.duty.models import Turn
from varna.foundation import clock
from varna.foundation.accounts import queries as accounts
from varna.foundation.accounts.rules import Actor, Role


@dataclass(frozen=True, slots=True)
class Line:
    """A turn as the pages tell it."""

    turn: Turn
    account: uuid.UUID
    substitute: uuid.UUID | None
    name: str
    substitute_name: str
    since: dt.datetime
    until: dt.datetime
    now: bool

    def is_in_the_hands_of(self, actor: Actor) -> bool:
        """Whoever leads changes a turn and writes in it; so does whoever has it or stands in."""
        own = actor.account is not None and actor.account in {self.account, self.substitute}
        return own or actor.has(Role.LEAD)


def lines(actor: Actor, *, at: dt.datetime, among: list[uuid.UUID] | None = None) -> list[Line]:
    """The turns that have not ended, the first one first."""
    shifts = list(accounts.shifts(at=at) if among is None else accounts.shifts_of(among))
    turns = Turn.visible_to(actor, at=at).in_bulk([shift.pk for shift in shifts])
    names = accounts.names({w for shift in shifts for w in (shift.account, shift.substitute)})
    return [
        Line(
            turn=turns[shift.pk],
            account=shift.account,
            substitute=shift.substitute,
            name=names.get(shift.account, ""),
            substitute_name=names.get(shift.substitute, ""),
            since=shift.since,
            until=shift.until,
            now=shift.since <= at < shift.until,
        )
        for shift in shifts
        if shift.pk in turns
    ]


def find(actor: Actor, pk: uuid.UUID, *, at: dt.datetime) -> Line | None:
    return next(iter(lines(actor, at=at, among=[pk])), None)


def tonight(actor: Actor, *, at: dt.datetime) -> Line | None:
    """Who answers now, for the handlers' own page."""
    return next((line for line in lines(actor, at=at) if line.now), None)


def public_phone(*, at: dt.datetime) -> str:
    """The number of whoever has the duty now, and nothing else about them."""
    now = [shift.pk for shift in accounts.shifts(at=at) if shift.since <= at]
    return next((turn.phone for turn in Turn.unscoped.filter(pk__in=now) if turn.phone), "")


def handlers(*, at: dt.datetime) -> dict[uuid.UUID | None, str]:
    """Whoever can have the duty, by name."""
    names = accounts.names(accounts.holders(Role.HANDLER, at=at))
    return dict(sorted(names.items(), key=lambda one: one[1]))


def begins(day: dt.date) -> dt.datetime:
    """The moment of a day at which one person hands over to the next."""
    hour = dt.time.fromisoformat(settings.DUTY_CHANGES)
    return dt.datetime.combine(day, hour, clock.STOCKHOLM).astimezone(dt.UTC)
