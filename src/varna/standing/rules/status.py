"""How every promise of a period stands: a row an occurrence, with figure and evidence. Pure."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from varna.foundation.figures import FEWEST_SHOWN
from varna.plan.rules.cadences import Continuous, OnEvent
from varna.plan.rules.calendar import Occurrence, Period
from varna.plan.rules.history import Bound, Noted, Version, bound, period_from
from varna.plan.rules.standings import Judged, Proof, Standing, standings
from varna.plan.rules.terms import Commitment
from varna.standing.rules.dated import Asked, Figure, stated
from varna.standing.rules.facts import Happened, UnitFact, World
from varna.standing.rules.kept import Days, Item, always, each_time, happenings, of_cases
from varna.standing.rules.proofs import PROOFS, is_of_cases


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
        return _row(one, whole, Standing.UPCOMING, Figure(0, len(_things(asked))))
    if period.ends_on < moment.started_on:
        return _row(one, whole, Standing.UNKNOWN, Figure(0, 0))
    day = min(moment.today, period.ends_on)
    found = _things(replace(asked, today=day))
    standing, figure = always(found, cadence, day, moment.started_on)
    if day < moment.today:
        held = standing in {Standing.KEPT, Standing.DUE_SOON}
        standing = Standing.KEPT if held else Standing.MISSED
    return _row(one, whole, standing, figure)


def _things(asked: Asked) -> list[Item]:
    return list(PROOFS[asked.commitment.does].things(asked))


def _row(one: Bound, occurrence: Occurrence, standing: Standing, figure: Figure) -> Row:
    few = is_of_cases(one.commitment.does) and 0 < figure.of < FEWEST_SHOWN
    return Row(one.version, one.commitment, occurrence, standing, figure, hidden=few)


def _on_event(
    one: Bound, asked: Asked, cadence: OnEvent, period: Period, moment: Moment
) -> list[Row]:
    """An event is judged by the version that ruled when it happened."""
    days = moment.days
    events = [
        event
        for event in _events(asked, cadence, moment)
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


def _events(asked: Asked, cadence: OnEvent, moment: Moment) -> Iterable[Happened]:
    proved = PROOFS[asked.commitment.does]
    if proved.case is not None:
        return of_cases(asked, cadence.event, proved.case)
    if proved.room is not None:
        return proved.room(asked.world)
    return happenings(asked, cadence.event, moment.midnight)


def _dated(one: Bound, asked: Asked, moment: Moment, spent: set[str]) -> list[Row]:
    proved = PROOFS[one.commitment.does]
    proofs, figures = proved.windows(asked, one.occurrences)
    said = stated(asked) if proved.by_word else []  # second to the work itself
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
