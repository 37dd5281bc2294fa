"""Proofs of what is always to hold: thing by thing, none of them too old. Pure."""

import datetime as dt
import functools
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from varna.plan.rules.cadences import Continuous
from varna.plan.rules.calendar import DAY, Occurrence, months_after
from varna.plan.rules.standings import WARNING_DAYS, Proof, Standing
from varna.plan.rules.terms import Assignment, Confirmation, Unit
from varna.standing.rules.dated import (
    Asked,
    Figure,
    Shown,
    Thing,
    Windows,
    people_on,
    stated,
    wanted,
)
from varna.standing.rules.facts import (
    AdoptionFact,
    ContactFact,
    KnownFact,
    Life,
    Members,
    PartnerFact,
)


# So long after it begins to hold, a promise that always holds may still be on its way.
ON_ITS_WAY = dt.timedelta(days=WARNING_DAYS)
WARNING = dt.timedelta(days=WARNING_DAYS)
# The executive board is a board too: kommunallagen (2017:725) 3:4 and 6:1.
BOARDS = frozenset({Unit.BOARD, Unit.EXECUTIVE})
# What the training room calls each confirmation.
CONFIRMED_AS: Mapping[Confirmation, str] = {
    Confirmation.COMPETENCE: "competence",
    Confirmation.RISK: "risk",
}


# ── always ────────────────────────────────────────────────────────────────────────────────────
Things = Callable[[Asked], Iterator[Thing]]  # what a promise that always holds counts


def contacts(asked: Asked) -> Iterator[Thing]:
    """A unit's own contact, every unit's in the group, or that of the function that promised it.

    A board's is its own or its administration's; one that nobody serves is without, whoever has
    been named.
    """
    kinds = asked.plan.groups[asked.commitment.for_].units if asked.commitment.for_ else ()
    wanted_ones = [
        unit
        for unit in asked.world.units
        if (unit.id == asked.unit if asked.unit else unit.kind in kinds)
        and unit.life.holds(asked.today)
    ]
    named = [one for one in asked.world.contacts if one.life.holds(asked.today)]
    for unit in wanted_ones:
        places = {unit.id, unit.served_by} - {None}
        unserved = unit.kind in BOARDS and unit.served_by is None
        mine = [one for one in named if one.unit in places and not unserved]
        yield _contact(mine, unit.life.since, asked.today)
    of_function = not kinds and asked.plan.roles[asked.commitment.by].each is None
    if of_function:
        mine = [one for one in named if one.function == asked.commitment.by]
        yield _contact(mine, None, asked.today)


def _contact(mine: list[ContactFact], since: dt.date | None, today: dt.date) -> Thing:
    days = [day for one in mine for day in one.verified if day <= today]
    return Thing(since, max(days, default=None), mine[-1].reference if mine else "")


def partners(asked: Asked) -> Iterator[Thing]:
    """Both verified and spoken with; one that nobody has entered is missing."""
    for one in wanted(asked, asked.today):
        if one.partner is None:
            yield Thing(one.since, None)
        else:
            last = _last_both(one.partner, asked.today)
            yield Thing(one.since, last, f"partner:{one.partner.id}")


def _last_both(partner: PartnerFact, today: dt.date) -> dt.date | None:
    days = [
        max((day for day in said if day <= today), default=None)
        for said in (partner.verified, partner.contacted)
    ]
    return min(day for day in days if day) if all(days) else None


def known(asked: Asked) -> Iterator[Thing]:
    """Everybody and every body in the group, and the version in force: from the later of its first
    day and their own.
    """
    group = asked.plan.groups[asked.commitment.for_ or ""]
    version = _in_force(asked)
    told = _days_known(asked, version, asked.world.known)
    began = version.life.since if version else None
    sat_since = _first_days(asked, group.assignments)
    alike: dict[tuple[dt.date | None, dt.date | None], Thing] = {}
    for person in people_on(asked.world, group.assignments, asked.today):
        key = sat_since.get(person), told.get(person)
        if key not in alike:
            alike[key] = Thing(_later(began, key[0]), key[1])
        yield alike[key]
    for unit in asked.world.units:
        if unit.kind in group.units and unit.life.holds(asked.today):
            yield Thing(_later(began, unit.life.since), told.get(unit.id))


def made_known(asked: Asked) -> Figure:
    """How many of them have been asked, or have said so without it."""
    group = asked.plan.groups[asked.commitment.for_ or ""]
    version = _in_force(asked)
    reached = _days_known(asked, version, (*asked.world.asked, *asked.world.known)).keys()
    everybody = people_on(asked.world, group.assignments, asked.today) | {
        unit.id
        for unit in asked.world.units
        if unit.kind in group.units and unit.life.holds(asked.today)
    }
    return Figure(len(everybody & reached), len(everybody))


def _in_force(asked: Asked) -> AdoptionFact | None:
    what, today = asked.commitment.what, asked.today
    there = (one for one in asked.world.adoptions if one.document == what)
    return next((one for one in there if one.life.holds(today)), None)


def _days_known(
    asked: Asked, version: AdoptionFact | None, said: Iterable[KnownFact]
) -> dict[uuid.UUID, dt.date]:
    """Nobody can have known of a version before it was adopted, whatever has been written."""
    return {
        one.who: one.on
        for one in said
        if version and one.version == version.version and version.on <= one.on <= asked.today
    }


def _first_days(asked: Asked, kinds: Iterable[Assignment]) -> dict[uuid.UUID, dt.date]:
    """Since when those who are there today have been there without a day between."""
    wanted_kinds = set(kinds)
    groups = [members for members in asked.world.members if members.kind in wanted_kinds]
    found: dict[uuid.UUID, dt.date | None] = {}
    several = _in_several(groups)
    for members in groups:  # most have one time in office, alike for many
        found |= dict.fromkeys(members.people - several, _since([members.life], asked.today))
    for person in several:
        lives = [members.life for members in groups if person in members.people]
        found[person] = _since(lives, asked.today)
    return {person: day for person, day in found.items() if day}


def _in_several(groups: Iterable[Members]) -> set[uuid.UUID]:
    seen, again = set[uuid.UUID](), set[uuid.UUID]()
    for members in groups:
        again |= seen & members.people
        seen |= members.people
    return again


def _since(lives: list[Life], today: dt.date) -> dt.date | None:
    first: dt.date | None = today
    for life in sorted(lives, key=lambda one: one.until or dt.date.max, reverse=True):
        if first is None or (life.until and life.until < first - DAY):
            break
        first = min(first, life.since) if life.since else None
    return first


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return max((day for day in (one, other) if day), default=None)


def each_confirmed(asked: Asked) -> Iterator[Thing]:
    """Every full-time official today, with each of the confirmations; the older of them counts.

    Kommunallagen (2017:725) 4:18 a: for everybody who holds such an office, whenever it began.
    """
    kinds = asked.plan.groups[asked.commitment.for_ or ""].assignments
    sat_since = _first_days(asked, kinds)
    days: defaultdict[uuid.UUID, dict[str, dt.date]] = defaultdict(dict)
    for one in sorted(asked.world.confirmed, key=lambda one: one.on):
        if one.on <= asked.today:
            days[one.person][one.what] = one.on
    for person in people_on(asked.world, kinds, asked.today):
        mine = [days[person].get(CONFIRMED_AS[what]) for what in asked.commitment.confirms]
        last = min(day for day in mine if day) if all(mine) else None
        yield Thing(sat_since.get(person), last)


def statements(asked: Asked) -> Iterator[Thing]:
    last = max(stated(asked), key=lambda one: one.on, default=None)
    yield Thing(None, last.on if last else None, last.reference if last else "")


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
            figures.append(Figure(len(days), len(found), (), tuple(found)))
            if found and len(days) == len(found):
                name = f"all:{asked.commitment.id}:{row.turn}:{row.due_on}"
                proofs.append(Proof(max(*days, row.opens_on), name))
        return proofs, figures

    return shown


def always(
    found: list[Thing], cadence: Continuous, today: dt.date, started_on: dt.date
) -> tuple[Standing, Figure]:
    """Kept while nothing is too old and the share holds.

    Otherwise open while it is young, or was whole until now; overdue when something has grown too
    old, or has been missing for sixty days since it was to be there.
    """
    months = cadence.max_age_months
    share = cadence.share

    @functools.cache  # many are alike
    def fresh_until(since: dt.date | None, last: dt.date | None) -> dt.date:
        if last is None:
            return max(since or started_on, started_on) + ON_ITS_WAY
        return months_after(last, months) if months else dt.date.max

    ends = [(item, fresh_until(item.since, item.last)) for item in found]
    done = [(item, end) for item, end in ends if item.last and end >= today]
    shown = tuple(sorted({item.reference for item, _end in done if item.reference}))
    figure = Figure(len(done), len(found), shown, tuple(found))
    if found and len(done) >= share * len(found):
        soon = sum(1 for _item, end in done if end - today < WARNING)
        tight = len(done) - soon < share * len(found)
        return (Standing.DUE_SOON if tight else Standing.KEPT), figure
    # What is still on its way makes no share of what is late smaller.
    late = sum(1 for _item, end in ends if end < today)
    if found and len(done) >= share * (len(done) + late):
        return Standing.OPEN, figure
    return (Standing.OVERDUE if found else Standing.UNKNOWN), figure
