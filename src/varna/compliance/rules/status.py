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
from varna.plan.rules.calendar import Occurrence, Period
from varna.plan.rules.history import Bound, Noted, Version, bound, period_from
from varna.plan.rules.standings import Judged, Proof, Standing, standings
from varna.plan.rules.terms import Commitment, Does


# Period, commitment, turn, due day and unit: one occurrence, whatever version it is under.
Key = tuple[dt.date, str, int, dt.date | None, uuid.UUID | None]


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
    election: dt.date = dt.date.min  # of the period that it is looked at in

    @property
    def key(self) -> Key:
        """Which occurrence it is, as what was said about it names it."""
        one, unit = self.occurrence, self.unit.id if self.unit else None
        return (self.election, one.commitment, one.turn, one.due_on, unit)

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
    period = period_from(history, election, moment.today)
    found: list[Row] = []
    used: dict[tuple[str, uuid.UUID | None], set[str]] = {}
    for one in bound(history, election, noted, moment.today):
        for unit in _units(one, world, period):
            mine = unit.id if unit else None
            asked = Asked(one.version.plan, one.commitment, world, moment.today, mine)
            # What proved a turn under an older version proves none under a newer.
            spent = used.setdefault((one.commitment.id, mine), set())
            rows = _rows(one, asked, period, moment, spent)
            spent |= {row.proof.reference for row in rows if row.proof}
            found += [replace(row, unit=unit, election=election) for row in rows]
    return [row for row in found if not _gone(row, moment.today)]


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


def _gone(row: Row, today: dt.date) -> bool:
    """What falls due when the unit is no more, or not yet, nobody owes."""
    return row.unit is not None and not row.unit.life.holds(row.occurrence.due_on or today)


def _rows(one: Bound, asked: Asked, period: Period, moment: Moment, spent: set[str]) -> list[Row]:
    cadence = one.commitment.cadence
    if isinstance(cadence, Continuous):
        return [_always(one, asked, cadence, period, moment)] if moment.today in one.reign else []
    if isinstance(cadence, OnEvent):
        return _on_event(one, asked, cadence, period, moment)
    return _dated(one, asked, moment, spent)


def _always(one: Bound, asked: Asked, cadence: Continuous, period: Period, moment: Moment) -> Row:
    """As it stands today, or as it stood on the period's last day."""
    whole = Occurrence(one.commitment.id, 1, opens_on=period.starts_on)
    if moment.today < period.starts_on:
        return _row(one, whole, Standing.UPCOMING, Figure(0, len(items(asked))))
    if period.ends_on < moment.started_on:
        return _row(one, whole, Standing.UNKNOWN, Figure(0, 0))
    day = min(moment.today, period.ends_on)
    standing, figure = always(replace(asked, today=day), cadence, moment.started_on)
    if day < moment.today:
        held = standing in {Standing.KEPT, Standing.DUE_SOON}
        standing = Standing.KEPT if held else Standing.MISSED
    return _row(one, whole, standing, figure)


def _row(one: Bound, occurrence: Occurrence, standing: Standing, figure: Figure) -> Row:
    few = one.commitment.does in OF_CASES and 0 < figure.of < FEWEST_SHOWN
    return Row(one.version, one.commitment, occurrence, standing, figure, hidden=few)


def _on_event(
    one: Bound, asked: Asked, cadence: OnEvent, period: Period, moment: Moment
) -> list[Row]:
    """An event is judged by the version that ruled when it happened."""
    days = moment.days
    events = [
        event
        for event in happenings(asked, cadence.event, moment.midnight)
        if days.day_of(event.at) in one.reign and days.day_of(event.at) in period
    ]
    if not events and moment.today not in one.reign:
        return []
    total = each_time(events, cadence, period, moment.now, days, moment.started_on)
    awaits = cadence.event.value if total.standing is Standing.AWAITING_EVENT else None
    whole = Occurrence(one.commitment.id, 1, opens_on=period.starts_on, awaiting=awaits)
    if moment.today < period.starts_on:
        return [_row(one, whole, Standing.UPCOMING, Figure(0, 0))]
    return [_row(one, whole, total.standing, total.figure)]


def _dated(one: Bound, asked: Asked, moment: Moment, spent: set[str]) -> list[Row]:
    proofs, figures = _proofs(one, asked)
    # A survey is proved by a survey; for the rest, somebody's word is second to the work itself.
    said = [] if one.commitment.does is Does.MEASURE else stated(asked)
    fresh = [proof for proof in [*proofs, *said] if proof.reference not in spent]
    judged = standings(one.occurrences, fresh, moment.today, moment.started_on)
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
    """Each window by itself, as things stood on its last day: proved on the day when the last
    thing was done. What holds since before counts from the window's first day.
    """
    proofs: list[Proof] = []
    figures: list[Figure] = []
    for row in one.occurrences:
        if row.opens_on is None or row.closes_on is None or row.opens_on > asked.today:
            figures.append(Figure(0, 0))
            continue
        found = items(replace(asked, today=min(row.closes_on, asked.today)))
        days = [item.last for item in found if item.last]
        figures.append(Figure(len(days), len(found)))
        if found and len(days) == len(found):
            name = f"all:{asked.commitment.id}:{row.turn}:{row.due_on}"
            proofs.append(Proof(max(*days, row.opens_on), name))
    return proofs, figures


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
def needs_reason(standing: Standing) -> bool:
    """What is overdue or missed asks its owner why, and what is done about it."""
    return standing in {Standing.OVERDUE, Standing.MISSED}
