"""Proofs of what follows on an event, each time it happens. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from varna.plan.rules.cadences import Happening, Limit, OnEvent
from varna.plan.rules.calendar import DAY, Period
from varna.plan.rules.standings import WORST_FIRST, Standing
from varna.plan.rules.terms import Modal
from varna.standing.rules.dated import Asked, Figure, Thing, stated
from varna.standing.rules.facts import CaseFact, Happened, Life, Whom, World


Workdays = Callable[[dt.date, int], dt.date]
DayOf = Callable[[dt.datetime], dt.date]
Due = dt.datetime | dt.date  # a moment when the limit is in hours, else the last day
Midnight = Callable[[dt.date], dt.datetime]


@dataclass(frozen=True, slots=True)
class Days:
    """How days are counted here: which day a moment is, and what a working day is."""

    day_of: DayOf
    workdays_after: Workdays


def _starts(one: CaseFact, event: Happening) -> dt.datetime | None:
    if event is Happening.CASE_CLOSED:
        return one.closed_at
    if event is Happening.REPORT_RECEIVED:  # a case that came without one begins by itself
        return one.received_at or one.opened_at
    return one.opened_at if event is Happening.CASE_OPENED else None


def assessed(one: CaseFact) -> dt.datetime | None:
    """Written, and before or with the first measure; one that came after it proves nothing."""
    late = one.assessed_at and one.measured_at and one.assessed_at > one.measured_at
    return None if late else one.assessed_at


OfCase = Callable[[CaseFact], dt.datetime | None]  # when a case shows that it was done
OfRoom = Callable[[World], Iterable[Happened]]  # what a room tells of what it was asked


def of_cases(
    asked: Asked, event: Happening, deed: OfCase, *, of_person: bool = False
) -> list[Happened]:
    """Every case that started this promise's time, with the moment it was kept.

    What is for a person is owed in cases about somebody the plan is for, and while nobody has said
    whom a case is about; from the moment of the report, also while it lies in no case.
    """
    cases = [
        case for case in asked.world.cases if not of_person or case.whom in {Whom.TARGET, None}
    ]
    told = [(_starts(case, event), deed(case)) for case in cases]
    found = [Happened(at, done) for at, done in told if at]
    if of_person and event is Happening.REPORT_RECEIVED:
        found += asked.world.reports
    return found


def happenings(asked: Asked, event: Happening, midnight: Midnight) -> list[Happened]:
    """Everything else that started it, and the word that answers it."""
    return [
        Happened(at, _stated_after(asked, at, midnight), ended_on=end, by_word=True)
        for at, end in _moments(asked, event, midnight)
    ]


def _moments(
    asked: Asked, event: Happening, midnight: Midnight
) -> list[tuple[dt.datetime, dt.date | None]]:
    """When it happened, and the last day of what it is about."""
    world, what = asked.world, asked.commitment.what
    if event is Happening.ASSIGNMENT_STARTED:
        return [(midnight(life.since), life.until) for life in _starting(asked) if life.since]
    if event is Happening.DOCUMENT_ADOPTED:
        adopted = [one.on for one in world.adoptions if what in {None, one.document}]
        return [(midnight(on), None) for on in adopted]
    if event is Happening.SUPPORT_REQUESTED:
        return [(one.at, None) for one in world.requests]
    return [(at, None) for at in (_starts(case, event) for case in world.cases) if at]


def _starting(asked: Asked) -> list[Life]:
    """Each time that somebody in the group took office."""
    kinds = asked.plan.groups[asked.commitment.for_].assignments if asked.commitment.for_ else ()
    found = {
        (one.life.since, str(person)): one.life
        for one in asked.world.members
        if one.kind in kinds or not kinds
        for person in one.people
    }
    return list(found.values())


def _stated_after(asked: Asked, at: dt.datetime, midnight: Midnight) -> dt.datetime | None:
    # A statement is about a whole day: one of the same day may come before the event's hour.
    said = [
        midnight(one.on + dt.timedelta(days=1)) - dt.timedelta(seconds=1) for one in stated(asked)
    ]
    return min((moment for moment in said if moment >= at), default=None)


def due_at(one: Happened, cadence: OnEvent, days: Days) -> Due:
    """A moment when the limit is in hours, else the last day."""
    if cadence.limit is Limit.HOURS:
        return one.at + dt.timedelta(hours=cadence.within)
    day = days.day_of(one.at)
    if cadence.limit is Limit.WORKDAYS:
        return days.workdays_after(day, cadence.within)
    return day + dt.timedelta(days=cadence.within)


def _last_day(due: Due, days: Days) -> dt.date:
    return days.day_of(due) if isinstance(due, dt.datetime) else due


def _late(moment: dt.datetime, due: Due, days: Days) -> bool:
    return moment > due if isinstance(due, dt.datetime) else days.day_of(moment) > due


@dataclass(frozen=True, slots=True)
class Sum:
    """All of one promise's events in a period, taken together."""

    standing: Standing
    figure: Figure


@dataclass(frozen=True, slots=True)
class Judging:
    """By what one promise's events in a period are judged, and when."""

    cadence: OnEvent
    period: Period
    now: dt.datetime
    days: Days
    started_on: dt.date
    modal: Modal = Modal.SHALL


def each_time(events: list[Happened], by: Judging) -> Sum:
    """The worst of them. With nothing yet, the promise awaits its event. What happened before
    Värna was there and has no answer is not known; it is never left out.
    """
    mine = [
        one
        for one in events
        if by.days.day_of(one.at) in by.period and one.at <= by.now and not _left(one, by)
    ]
    if not mine:
        return Sum(Standing.AWAITING_EVENT, Figure(0, 0))
    dues = [due_at(one, by.cadence, by.days) for one in mine]
    found = {_one(one, due, by) for one, due in zip(mine, dues, strict=True)}
    done = [one for one in mine if one.done_at and one.done_at <= by.now]
    references = tuple(sorted({one.reference for one in done if one.reference}))
    worst = next(standing for standing in WORST_FIRST if standing in found)
    things = tuple(_thing(one, due, by) for one, due in zip(mine, dues, strict=True))
    return Sum(worst, Figure(len(done), len(mine), references, things))


def _thing(one: Happened, due: Due, by: Judging) -> Thing:
    day_of = by.days.day_of
    done = one.done_at if one.done_at and one.done_at <= by.now else None
    last = _last_day(due, by.days)
    # Some hours too late on the last day itself: the day before was the last that was in time.
    if done and _late(done, due, by.days) and day_of(done) == last:
        last -= DAY
    return Thing(day_of(one.at), day_of(done) if done else None, one.reference, last)


def _left(one: Happened, by: Judging) -> bool:
    """It ended before the promise had fallen due, and nothing is owed any more."""
    if one.ended_on is None or one.done_at is not None:
        return False
    return one.ended_on <= _last_day(due_at(one, by.cadence, by.days), by.days)


def _one(one: Happened, due: Due, by: Judging) -> Standing:
    if one.done_at is not None and one.done_at <= by.now:
        if one.by_word:
            return Standing.STATED
        return Standing.KEPT_LATE if _late(one.done_at, due, by.days) else Standing.KEPT
    if by.days.day_of(one.at) < by.started_on:
        return Standing.UNKNOWN
    if not _late(by.now, due, by.days):
        return Standing.DUE_SOON
    if by.modal is Modal.MAY:  # it can be done, and nobody is late with it
        return Standing.OPEN
    return Standing.MISSED if by.days.day_of(by.now) > by.period.ends_on else Standing.OVERDUE
