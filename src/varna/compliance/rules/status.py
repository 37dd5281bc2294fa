"""How every promise of a period stands: a row an occurrence, with figure and evidence. Pure."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from varna.compliance.rules.dated import MANY, NOTHING, ONCE, Asked, Figure, lessons_figure, stated
from varna.compliance.rules.facts import UnitFact, World
from varna.compliance.rules.kept import OF_CASES, Days, always, each_time, happenings, items
from varna.cooperation.rules import FEWEST_SHOWN
from varna.plan.rules.cadences import Continuous, OnEvent
from varna.plan.rules.calendar import Occurrence, Period, period_after
from varna.plan.rules.history import Bound, Noted, Version, bound
from varna.plan.rules.standings import Judged, Proof, Standing, standings
from varna.plan.rules.terms import Commitment, Does


@dataclass(frozen=True, slots=True)
class Row:
    """One occurrence of one promise, how it stands, and what shows it.

    `hidden`: the figure is about so few cases that it is not to be shown. `stated`: somebody's
    word is the proof, not the work itself.
    """

    version: Version
    commitment: Commitment
    occurrence: Occurrence
    standing: Standing
    figure: Figure
    proof: Proof | None = None
    unit: UnitFact | None = None
    hidden: bool = False

    @property
    def key(self) -> tuple[str, int, dt.date | None, uuid.UUID | None]:
        """Which occurrence it is, as what was said about it names it."""
        one = self.occurrence
        return (one.commitment, one.turn, one.due_on, self.unit.id if self.unit else None)

    @property
    def stated(self) -> bool:
        return self.proof is not None and self.proof.reference.startswith("statement:")


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is judged, and how days are counted."""

    now: dt.datetime
    days: Days
    midnight: Callable[[dt.date], dt.datetime]
    started_on: dt.date

    @property
    def today(self) -> dt.date:
        return self.days.day_of(self.now)


def status(
    history: tuple[Version, ...],
    noted: tuple[Noted, ...],
    election: dt.date,
    world: World,
    moment: Moment,
) -> list[Row]:
    """Every row of the period that an election gave rise to, commitment by commitment."""
    period = period_after(history[-1].plan.mandate, election)
    found: list[Row] = []
    for one in bound(history, election, noted):
        for unit in _units(one, world, period):
            mine = unit.id if unit else None
            asked = Asked(one.version.plan, one.commitment, world, moment.today, mine)
            found += [replace(row, unit=unit) for row in _rows(one, asked, period, moment)]
    return [row for row in found if not _gone(row)]


def _units(one: Bound, world: World, period: Period) -> Iterator[UnitFact | None]:
    """One duty for every unit of the role's kind that there is in the period, or just one."""
    each = one.version.plan.roles[one.commitment.by].each
    if each is None:
        yield None
        return
    for unit in world.units:
        since, until = unit.life.since or dt.date.min, unit.life.until or dt.date.max
        if unit.kind is each and since <= period.ends_on and until >= period.starts_on:
            yield unit


def _gone(row: Row) -> bool:
    """What falls due when the unit is no more, or not yet, nobody owes."""
    if row.unit is None:
        return False
    day = row.occurrence.due_on
    if day is None:
        return row.unit.life.until is not None and row.standing is not Standing.KEPT
    return not row.unit.life.holds(day)


def _rows(one: Bound, asked: Asked, period: Period, moment: Moment) -> list[Row]:
    cadence = one.commitment.cadence
    if isinstance(cadence, Continuous):
        whole = Occurrence(one.commitment.id, 1, opens_on=period.starts_on)
        if moment.today < period.starts_on:
            return [_row(one, whole, Standing.UPCOMING, Figure(0, len(items(asked))))]
        if moment.today > period.ends_on:
            return [_row(one, whole, Standing.UNKNOWN, Figure(0, 0))]
        standing, figure = always(asked, cadence, moment.started_on)
        return [_row(one, whole, standing, figure)]
    if isinstance(cadence, OnEvent):
        return [_on_event(one, asked, cadence, period, moment)]
    return _dated(one, asked, moment)


def _row(one: Bound, occurrence: Occurrence, standing: Standing, figure: Figure) -> Row:
    few = one.commitment.does in OF_CASES and 0 < figure.of < FEWEST_SHOWN
    return Row(one.version, one.commitment, occurrence, standing, figure, hidden=few)


def _on_event(one: Bound, asked: Asked, cadence: OnEvent, period: Period, moment: Moment) -> Row:
    events = happenings(asked, cadence.event, moment.midnight)
    total = each_time(events, cadence, period, moment.now, moment.days, moment.started_on)
    awaits = cadence.event.value if total.standing is Standing.AWAITING_EVENT else None
    whole = Occurrence(one.commitment.id, 1, opens_on=period.starts_on, awaiting=awaits)
    if moment.today < period.starts_on:
        return _row(one, whole, Standing.UPCOMING, Figure(0, 0))
    return _row(one, whole, total.standing, total.figure)


def _dated(one: Bound, asked: Asked, moment: Moment) -> list[Row]:
    proofs, figures = _proofs(one, asked)
    # A survey is proved by a survey; for the rest, somebody's word is second to the work itself.
    said = [] if one.commitment.does is Does.MEASURE else stated(asked)
    judged = standings(one.occurrences, [*proofs, *said], moment.today, moment.started_on)
    return [
        Row(
            one.version,
            one.commitment,
            was.occurrence,
            was.standing,
            _figure(was, figure),
            was.proof,
        )
        for was, figure in zip(judged, figures, strict=True)
    ]


def _proofs(one: Bound, asked: Asked) -> tuple[list[Proof], list[Figure]]:
    does = one.commitment.does
    if does in MANY:
        return MANY[does](asked, one.occurrences)
    if does in ONCE:
        found = ONCE[does](asked)
        # What has been learnt since a version that proves it is the next one's to consider.
        figure = lessons_figure(asked) if does is Does.LEARN and not found else NOTHING
        return found, [figure for _one in one.occurrences]
    if does in _COUNTED:
        return _counted(one, asked)
    return [], [NOTHING for _one in one.occurrences]


# Deeds that are counted thing by thing, also where a plan gives them a day.
_COUNTED = {Does.MAKE_KNOWN, Does.NAME_CONTACT, Does.KEEP_CONTACT}


def _counted(one: Bound, asked: Asked) -> tuple[list[Proof], list[Figure]]:
    """Proved on the day when the last thing was done; what holds since before counts from the
    window's first day.
    """
    found = items(asked)
    last = [item.last for item in found]
    figure = Figure(sum(1 for day in last if day), len(found))
    whole = max((day for day in last if day), default=None) if found and all(last) else None
    proofs = [
        Proof(max(whole, row.opens_on), f"{asked.commitment.what or asked.commitment.id}:all")
        for row in one.occurrences
        if whole and row.opens_on and row.opens_on <= asked.today
    ]
    return proofs, [figure for _row in one.occurrences]


def _figure(was: Judged, figure: Figure) -> Figure:
    """What is proved is whole; its own reference comes first."""
    if was.proof is None:
        return figure
    rest = tuple(ref for ref in figure.evidence if ref not in was.proof.reference)
    shown = (*was.proof.reference.split("+"), *rest)
    if figure.of <= 1 or was.proof.reference.startswith("statement:"):
        return Figure(1, 1, shown) if figure.of <= 1 else Figure(figure.done, figure.of, shown)
    return Figure(figure.done, figure.of, shown)


# ── taken together ────────────────────────────────────────────────────────────────────────────
WORST_FIRST = (
    Standing.MISSED,
    Standing.OVERDUE,
    Standing.DUE_SOON,
    Standing.OPEN,
    Standing.UNKNOWN,
    Standing.KEPT_LATE,
    Standing.KEPT,
    Standing.AWAITING_EVENT,
    Standing.UPCOMING,
)


def needs_reason(standing: Standing) -> bool:
    """What is overdue or missed asks its owner why, and what is done about it."""
    return standing in {Standing.OVERDUE, Standing.MISSED}
