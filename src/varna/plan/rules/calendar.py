"""The plan's calendar (planens kalender): every occurrence in a mandate period. Pure.

Nothing is stored: the same file, election and events always give the same days.
"""

import calendar
import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from varna.plan.rules.cadences import (
    Anchored,
    Before,
    By,
    Deadline,
    Every,
    Limit,
    Quota,
    Spread,
    Start,
)
from varna.plan.rules.terms import Commitment, Elections, Mandate, PlanFile, Weekday


DAY = dt.timedelta(days=1)
# Days whose dates follow from the mandate, so that nobody enters them.
MANDATE_START, ELECTION, MANDATE_END = "mandate-start", "election", "mandate-end"
GIVEN = frozenset({MANDATE_START, ELECTION, MANDATE_END})
BOARDS_ELECTED = "boards-elected"


class NotAnElectionError(ValueError):
    """The day is no ordinary election; `nearest` is the latest one in or before its year."""

    def __init__(self, nearest: dt.date) -> None:
        super().__init__(nearest.isoformat())
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Period:
    """The council's mandate period, with the ordinary election near its end."""

    starts_on: dt.date
    ends_on: dt.date
    next_election: dt.date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a commitment is to be kept. Without dates: it waits for `awaiting`.

    `presumed`: nobody has entered the event that it follows on, which has happened by law.
    """

    commitment: str
    turn: int
    opens_on: dt.date | None = None
    due_on: dt.date | None = None
    closes_on: dt.date | None = None
    warn_on: dt.date | None = None
    awaiting: str | None = None
    presumed: bool = False


@functools.lru_cache(maxsize=8192)
def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month, or the month's last. Months may be negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# ── elections and periods ─────────────────────────────────────────────────────────────────────
def election_day(elections: Elections, year: int) -> dt.date:
    """The nth such weekday of the month.

    In Sweden the second Sunday of September. Source: vallagen (2005:837) 1:3.
    """
    first = dt.date(year, elections.month, 1)
    ahead = (list(Weekday).index(elections.weekday) - first.weekday()) % 7
    return first + dt.timedelta(days=ahead + 7 * (elections.nth - 1))


@functools.lru_cache(maxsize=1024)
def period_after(mandate: Mandate, election: dt.date) -> Period:
    """The council's period that an ordinary election gives rise to.

    An extra election opens none: who is elected in it sits for what is left of the period.
    Source: kommunallagen (2017:725) 5 kap. on periods and extra elections.
    """
    elections = mandate.elections
    behind = (election.year - elections.known.year) % elections.every_years
    if behind or election_day(elections, election.year) != election:
        raise NotAnElectionError(election_day(elections, election.year - behind))
    starts_on = dt.date(election.year, *mandate.council_from)
    after = election.year + elections.every_years
    return Period(
        starts_on,
        dt.date(after, *mandate.council_from) - DAY,
        election_day(elections, after),
    )


def election_of(mandate: Mandate, day: dt.date) -> dt.date:
    """The ordinary election that gave rise to the council's period that a day lies in."""
    elections = mandate.elections
    year = day.year - (day.year - elections.known.year) % elections.every_years
    if day < dt.date(year, *mandate.council_from):
        year -= elections.every_years
    return election_day(elections, year)


# ── occurrences ───────────────────────────────────────────────────────────────────────────────
def occurrences(
    plan: PlanFile, election: dt.date, events: Mapping[str, dt.date] | None = None
) -> list[Occurrence]:
    """Everything in the period, earliest due first; what has no due day comes last."""
    period = period_after(plan.mandate, election)
    made = _Making(period, dict(events or {}), plan.commitments)
    return sorted(made.all(), key=_order)


def _order(one: Occurrence) -> tuple[bool, dt.date, str, int]:
    return (one.due_on is None, one.due_on or dt.date.max, one.commitment, one.turn)


# Many commitments, and many plans, have the same windows.
@functools.lru_cache(maxsize=1024)
def windows(period: Period, cadence: Every) -> tuple[tuple[dt.date, dt.date], ...]:
    """Side by side from the period's first day to its last; the outermost are clipped."""
    return tuple(_windows(period, cadence))


def _windows(period: Period, cadence: Every) -> Iterator[tuple[dt.date, dt.date]]:
    anchor = period.starts_on
    if cadence.start is Start.CALENDAR:
        anchor = dt.date(anchor.year, 1, 1)
    number = 0
    while (first := months_after(anchor, cadence.months * number)) <= period.ends_on:
        number += 1
        last = months_after(anchor, cadence.months * number) - DAY
        if last >= period.starts_on:
            yield max(first, period.starts_on), min(last, period.ends_on)


@dataclass(slots=True)
class _Making:
    period: Period
    events: dict[str, dt.date]
    commitments: Iterable[Commitment]
    scales: dict[str, Every] = field(default_factory=dict)

    def all(self) -> Iterator[Occurrence]:
        period = self.period
        self.events |= {
            MANDATE_START: period.starts_on,
            ELECTION: period.next_election,
            MANDATE_END: period.ends_on,
        }
        self.scales = {c.id: c.cadence for c in self.commitments if isinstance(c.cadence, Every)}
        for commitment in self.commitments:
            yield from self._of(commitment)

    def _of(self, commitment: Commitment) -> Iterator[Occurrence]:
        cadence, name = commitment.cadence, commitment.id
        if isinstance(cadence, Every):
            for turn, (first, last) in enumerate(windows(self.period, cadence), 1):
                yield Occurrence(name, turn, first, last, last)
        elif isinstance(cadence, Quota):
            yield from self._quota(name, cadence)
        elif isinstance(cadence, Anchored):
            yield from self._anchored(name, cadence)
        elif isinstance(cadence, Deadline):
            yield self._deadline(name, cadence)

    def _quota(self, name: str, cadence: Quota) -> Iterator[Occurrence]:
        period, yearly = self.period, cadence.spread is Spread.MANDATE_YEAR
        for turn in range(1, cadence.count + 1):
            opens, due = period.starts_on, period.ends_on
            if yearly:
                opens = months_after(period.starts_on, 12 * (turn - 1))
                due = months_after(period.starts_on, 12 * turn) - DAY
            if cadence.last_before_election and (turn == cadence.count or not yearly):
                due = period.next_election - DAY
            yield Occurrence(name, turn, opens, due, period.ends_on)

    def _anchored(self, name: str, cadence: Anchored) -> Iterator[Occurrence]:
        event = self.events.get(cadence.to)
        if event is None:
            yield Occurrence(name, 1, awaiting=cadence.to)
        elif event <= self.period.ends_on:
            opens = max(event, self.period.starts_on)
            due = min(self._anchored_due(cadence, opens), self.period.ends_on)
            yield Occurrence(name, 1, opens, due, self.period.ends_on)

    def _anchored_due(self, cadence: Anchored, opens: dt.date) -> dt.date:
        if cadence.counts_in is not None:
            around = windows(self.period, self.scales[cadence.counts_in])
            return next(last for first, last in around if first <= opens <= last)
        if cadence.limit is Limit.MONTHS:
            return months_after(opens, cadence.within)
        return opens + dt.timedelta(days=cadence.within)

    def _deadline(self, name: str, cadence: Deadline) -> Occurrence:
        period = self.period
        event = period.next_election if cadence.before is Before.ELECTION else period.ends_on
        due = event
        if cadence.by is By.END_OF_PREVIOUS_YEAR:
            due = dt.date(event.year - 1, 12, 31)
        elif cadence.by is By.DAY_BEFORE:
            due = event - DAY
        warn = None
        if cadence.warn_months:
            warn = months_after(event, -cadence.warn_months)
        elif cadence.warn_days:
            warn = event - dt.timedelta(days=cadence.warn_days)
        return Occurrence(name, 1, period.starts_on, due, period.ends_on, warn)
