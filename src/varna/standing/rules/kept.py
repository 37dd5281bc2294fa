"""Proofs of what is always to hold, and of what follows on an event. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from varna.plan.rules.cadences import Continuous, Happening, Limit, OnEvent
from varna.plan.rules.calendar import Occurrence, Period, months_after
from varna.plan.rules.standings import WARNING_DAYS, WORST_FIRST, Proof, Standing
from varna.plan.rules.terms import Assignment
from varna.standing.rules.dated import Asked, Figure, Shown, Windows, people_on
from varna.standing.rules.facts import CaseFact, ContactFact, Happened, PartnerFact, World


# So long after it begins to hold, a promise that always holds may still be on its way.
ON_ITS_WAY = dt.timedelta(days=WARNING_DAYS)
WARNING = dt.timedelta(days=WARNING_DAYS)
Workdays = Callable[[dt.date, int], dt.date]
DayOf = Callable[[dt.datetime], dt.date]


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things that must be fresh or done: since when it must, and when it last was."""

    since: dt.date | None
    last: dt.date | None
    reference: str = ""


# ── always ────────────────────────────────────────────────────────────────────────────────────
Things = Callable[[Asked], Iterator[Item]]  # what a promise that always holds counts


def contacts(asked: Asked) -> Iterator[Item]:
    """A unit's own contact, every unit's in the group, or that of the function that promised it."""
    kinds = asked.plan.groups[asked.commitment.for_].units if asked.commitment.for_ else ()
    wanted = [
        unit
        for unit in asked.world.units
        if (unit.id == asked.unit if asked.unit else unit.kind in kinds)
        and unit.life.holds(asked.today)
    ]
    named = [one for one in asked.world.contacts if one.life.holds(asked.today)]
    for unit in wanted:
        mine = [one for one in named if one.unit == unit.id]
        yield _contact(mine, unit.life.since, asked.today)
    if not wanted and not asked.unit and not kinds:
        mine = [one for one in named if one.function == asked.commitment.by]
        yield _contact(mine, None, asked.today)


def _contact(mine: list[ContactFact], since: dt.date | None, today: dt.date) -> Item:
    days = [day for one in mine for day in one.verified if day <= today]
    return Item(since, max(days, default=None), mine[-1].reference if mine else "")


def partners(asked: Asked) -> Iterator[Item]:
    """Both verified and spoken with; a kind of partner that nobody has entered is one missing."""
    kinds = asked.plan.groups[asked.commitment.with_ or ""].organisations
    here = [p for p in asked.world.partners if p.kind in kinds and p.life.holds(asked.today)]
    for partner in here:
        yield Item(partner.life.since, _last_both(partner, asked.today), f"partner:{partner.id}")
    for _kind in set(kinds) - {partner.kind for partner in here}:
        yield Item(None, None)


def _last_both(partner: PartnerFact, today: dt.date) -> dt.date | None:
    days = [
        max((day for day in said if day <= today), default=None)
        for said in (partner.verified, partner.contacted)
    ]
    return min(day for day in days if day) if all(days) else None


def known(asked: Asked) -> Iterator[Item]:
    """Everybody and every body in the group, and the version in force."""
    group = asked.plan.groups[asked.commitment.for_ or ""]
    version = next(
        (
            one
            for one in asked.world.adoptions
            if one.document == asked.commitment.what and one.life.holds(asked.today)
        ),
        None,
    )
    told = {
        one.who: one.on
        for one in asked.world.known
        if version and one.version == version.version and one.on <= asked.today
    }
    began = version.life.since if version else None
    for person in people_on(asked.world, group.assignments, asked.today):
        yield Item(began, told.get(person))
    for unit in asked.world.units:
        if unit.kind in group.units and unit.life.holds(asked.today):
            yield Item(began, told.get(unit.id))


def statements(asked: Asked) -> Iterator[Item]:
    mine = [
        one
        for one in asked.world.statements
        if one.commitment == asked.commitment.id
        and one.unit == asked.unit
        and one.on <= asked.today
    ]
    last = max(mine, key=lambda one: one.on, default=None)
    yield Item(None, last.on if last else None, last.reference if last else "")


def counted(things: Things) -> Windows:
    """Where a plan gives a day to what is counted thing by thing: each window by itself, as things
    stood on its last day, proved on the day when the last thing was done. What holds since before
    counts from the window's first day.
    """

    def shown(asked: Asked, rows: tuple[Occurrence, ...]) -> Shown:
        proofs: list[Proof] = []
        figures: list[Figure] = []
        for row in rows:
            if row.opens_on is None or row.closes_on is None or row.opens_on > asked.today:
                figures.append(Figure(0, 0))
                continue
            found = list(things(replace(asked, today=min(row.closes_on, asked.today))))
            days = [item.last for item in found if item.last]
            figures.append(Figure(len(days), len(found)))
            if found and len(days) == len(found):
                name = f"all:{asked.commitment.id}:{row.turn}:{row.due_on}"
                proofs.append(Proof(max(*days, row.opens_on), name))
        return proofs, figures

    return shown


def always(
    found: list[Item], cadence: Continuous, today: dt.date, started_on: dt.date
) -> tuple[Standing, Figure]:
    """Kept while nothing is too old and the share holds.

    Otherwise open while it is young, or was whole until now; overdue when something has grown too
    old, or has been missing for sixty days since it was to be there.
    """
    months = cadence.max_age_months
    share = cadence.coverage if cadence.coverage is not None else 1.0

    def fresh_until(item: Item) -> dt.date:
        if item.last is None:
            return max(item.since or started_on, started_on) + ON_ITS_WAY
        return months_after(item.last, months) if months else dt.date.max

    done = [item for item in found if item.last and fresh_until(item) >= today]
    figure = Figure(
        len(done), len(found), tuple(sorted({i.reference for i in done if i.reference}))
    )
    if found and len(done) >= share * len(found):
        soon = [item for item in done if fresh_until(item) - today < WARNING]
        tight = len(done) - len(soon) < share * len(found)
        return (Standing.DUE_SOON if tight else Standing.KEPT), figure
    late = [item for item in found if item not in done and fresh_until(item) < today]
    in_time = len(found) - len(late)
    if found and in_time >= share * len(found):
        return Standing.OPEN, figure
    if not found and today <= started_on + ON_ITS_WAY:
        return Standing.OPEN, figure
    return Standing.OVERDUE, figure


# ── on an event ───────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Days:
    """How days are counted here: which day a moment is, and what a working day is."""

    day_of: DayOf
    workdays_after: Workdays


def _starts(one: CaseFact, event: Happening) -> dt.datetime | None:
    if event is Happening.CASE_CLOSED:
        return one.closed_at
    if event is Happening.REPORT_RECEIVED:
        return one.received_at
    return one.opened_at if event is Happening.CASE_OPENED else None


def assessed(one: CaseFact) -> dt.datetime | None:
    """Written, and before or with the first measure; one that came after it proves nothing."""
    late = one.assessed_at and one.measured_at and one.assessed_at > one.measured_at
    return None if late else one.assessed_at


OfCase = Callable[[CaseFact], dt.datetime | None]  # when a case shows that it was done
OfRoom = Callable[[World], Iterable[Happened]]  # what a room tells of what it was asked


def of_cases(asked: Asked, event: Happening, deed: OfCase) -> list[Happened]:
    """Every case that started this promise's time, with the moment it was kept."""
    told = [(_starts(case, event), deed(case)) for case in asked.world.cases]
    return [Happened(at, done) for at, done in told if at]


def happenings(
    asked: Asked, event: Happening, midnight: Callable[[dt.date], dt.datetime]
) -> list[Happened]:
    """Everything else that started it, seen to or stated."""
    if event is Happening.ASSIGNMENT_STARTED:
        return [
            Happened(midnight(start), midnight(done) if done else None, ended_on=end)
            for start, end, done in _protected(asked)
        ]
    return [
        Happened(at, _stated_after(asked, at, midnight)) for at in _moments(asked, event, midnight)
    ]


def _moments(
    asked: Asked, event: Happening, midnight: Callable[[dt.date], dt.datetime]
) -> list[dt.datetime]:
    """When it happened, for a promise that only somebody's word can prove."""
    world, what = asked.world, asked.commitment.what
    if event is Happening.DOCUMENT_ADOPTED:
        return [midnight(one.on) for one in world.adoptions if what in {None, one.document}]
    if event is Happening.SUPPORT_REQUESTED:
        return [one.at for one in world.requests]
    return [at for at in (_starts(case, event) for case in world.cases) if at]


def _stated_after(
    asked: Asked, at: dt.datetime, midnight: Callable[[dt.date], dt.datetime]
) -> dt.datetime | None:
    # A statement is about a whole day: one of the same day may come before the event's hour.
    said = [
        midnight(one.on + dt.timedelta(days=1)) - dt.timedelta(seconds=1)
        for one in asked.world.statements
        if one.commitment == asked.commitment.id
    ]
    return min((moment for moment in said if moment >= at), default=None)


# A confirmation is of use for an assignment that starts within a year after it.
HOLDS = dt.timedelta(days=365)


def _protected(asked: Asked) -> Iterator[tuple[dt.date, dt.date | None, dt.date | None]]:
    """Each start in the group, its end, and the day when both competence and risks were seen to."""
    kinds = asked.plan.groups[asked.commitment.for_].assignments if asked.commitment.for_ else ()
    starts = {
        (person, one.life.since, one.life.until)
        for one in asked.world.members
        if one.kind in (kinds or (Assignment.FULL_TIME,))
        for person in one.people
        if one.life.since
    }
    for person, start, end in sorted(starts, key=lambda each: (each[1], str(each[0]))):
        seen: dict[str, dt.date] = {}
        for confirmed in asked.world.confirmed:
            if confirmed.person == person and confirmed.on >= start - HOLDS:
                seen[confirmed.what] = min(confirmed.on, seen.get(confirmed.what, confirmed.on))
        whole = {"competence", "risk"} <= seen.keys()
        yield start, end, max([start, *seen.values()]) if whole else None


def due_at(one: Happened, cadence: OnEvent, days: Days) -> dt.datetime | dt.date:
    """A moment when the limit is in hours, else the last day."""
    if cadence.limit is Limit.HOURS:
        return one.at + dt.timedelta(hours=cadence.within)
    day = days.day_of(one.at)
    if cadence.limit is Limit.WORKDAYS:
        return days.workdays_after(day, cadence.within)
    return day + dt.timedelta(days=cadence.within)


def _late(moment: dt.datetime, due: dt.datetime | dt.date, days: Days) -> bool:
    return moment > due if isinstance(due, dt.datetime) else days.day_of(moment) > due


@dataclass(frozen=True, slots=True)
class Sum:
    """All of one promise's events in a period, taken together."""

    standing: Standing
    figure: Figure


def each_time(
    events: list[Happened],
    cadence: OnEvent,
    period: Period,
    now: dt.datetime,
    days: Days,
    started_on: dt.date,
) -> Sum:
    """The worst of them. With nothing yet, the promise awaits its event."""
    mine = [
        one
        for one in events
        if days.day_of(one.at) in period and one.at <= now and not _left(one, cadence, days)
    ]
    known = [one for one in mine if days.day_of(one.at) >= started_on or one.done_at]
    over = days.day_of(now) > period.ends_on
    if not known:
        nothing = Standing.UNKNOWN if mine else Standing.AWAITING_EVENT
        return Sum(nothing, Figure(0, len(mine)))
    found = {_one(one, due_at(one, cadence, days), now, days, over=over) for one in known}
    done = [one for one in known if one.done_at and one.done_at <= now]
    references = tuple(sorted({one.reference for one in done if one.reference}))
    worst = next(standing for standing in WORST_FIRST if standing in found)
    return Sum(worst, Figure(len(done), len(known), references))


def _left(one: Happened, cadence: OnEvent, days: Days) -> bool:
    """It ended before the promise had fallen due, and nothing is owed any more."""
    if one.ended_on is None or one.done_at is not None:
        return False
    due = due_at(one, cadence, days)
    return one.ended_on <= (days.day_of(due) if isinstance(due, dt.datetime) else due)


def _one(
    one: Happened, due: dt.datetime | dt.date, now: dt.datetime, days: Days, *, over: bool
) -> Standing:
    if one.done_at is not None and one.done_at <= now:
        return Standing.KEPT_LATE if _late(one.done_at, due, days) else Standing.KEPT
    if not _late(now, due, days):
        return Standing.DUE_SOON
    return Standing.MISSED if over else Standing.OVERDUE
