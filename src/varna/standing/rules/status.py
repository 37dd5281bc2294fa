"""How every promise of a period stands: a row an occurrence, with figure and evidence. Pure."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from varna.foundation.figures import FEWEST_SHOWN
from varna.plan.rules.cadences import Continuous, Happening, OnEvent
from varna.plan.rules.calendar import Occurrence, Period
from varna.plan.rules.history import Bound, Noted, Version, bound, period_from
from varna.plan.rules.standings import HELD, Judged, Proof, Standing, standings
from varna.plan.rules.terms import Assignment, Commitment, Confirmation, Does, Unit
from varna.standing.rules.dated import Asked, Figure, Thing, stated
from varna.standing.rules.events import Days, Judging, each_time, happenings, of_cases
from varna.standing.rules.facts import Happened, Lack, UnitFact, World
from varna.standing.rules.kept import BOARDS, always, made_known, statements
from varna.standing.rules.proofs import PROOFS, is_of_cases
from varna.standing.rules.sources import Source, source_of


# Period, commitment, turn, due day and unit: one occurrence, whatever version it is under.
Key = tuple[dt.date, str, int, dt.date | None, uuid.UUID | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One occurrence of one promise, how it stands, what shows it, and where its "of" comes from.

    `hidden`: the figure is about so few cases that it is not to be shown. `reached`: how many it
    was made known to, beside those who have said that they know. `withdrawn_by`: the version that
    took it away before its day.
    """

    version: Version
    commitment: Commitment
    occurrence: Occurrence
    standing: Standing
    figure: Figure
    source: Source
    proof: Proof | None = None
    unit: UnitFact | None = None
    hidden: bool = False
    election: dt.date = dt.date.min  # of the period that it is looked at in
    reached: Figure | None = None
    withdrawn_by: Version | None = None

    @property
    def key(self) -> Key:
        """Which occurrence it is, as what was said about it names it."""
        one, unit = self.occurrence, self.unit.id if self.unit else None
        return (self.election, one.commitment, one.turn, one.due_on, unit)

    @property
    def stated(self) -> bool:
        return self.standing is Standing.STATED

    @property
    def said_on(self) -> dt.date | None:
        return self.proof.said_on if self.proof else None


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

    @property
    def day_of(self) -> Callable[[dt.datetime], dt.date]:
        return self.days.day_of


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
    for read in bound(history, election, noted, moment.today, world.boards_sit_from):
        one = _as_the_law_reads(read)
        for unit in _units(one, world, period):
            mine = unit.id if unit else None
            asked = Asked(
                one.version.plan, one.commitment, world, moment.today, moment.day_of, mine
            )
            # What proved a turn under an older version proves none under a newer.
            spent = used.setdefault((one.commitment.id, asked.unit), set())
            rows = _rows(one, asked, period, moment, spent)
            spent |= {row.proof.reference for row in rows if row.proof}
            found += [replace(row, unit=unit, election=election) for row in rows]
    return [row for row in found if not _gone(row, moment.today)]


# How long a confirmation of somebody who serves full time may be of use.
LAW_MONTHS = 12


def _as_the_law_reads(one: Bound) -> Bound:
    """Kommunallagen (2017:725) 4:18 a is about everybody who holds such an office, whenever it
    began. A file that lets somebody's word about each beginning prove it is read as the law reads.
    """
    it, plan = one.commitment, one.version.plan
    kinds = plan.groups[it.for_].assignments if it.for_ else ()
    starts = isinstance(it.cadence, OnEvent) and it.cadence.event is Happening.ASSIGNMENT_STARTED
    if not (starts and it.does is Does.ATTEST and set(kinds) == {Assignment.FULL_TIME}):
        return one
    always_so = replace(
        it,
        does=Does.CONFIRM_EACH,
        cadence=Continuous(LAW_MONTHS, 1.0),
        confirms=tuple(Confirmation),
    )
    return replace(one, commitment=always_so)


def _units(one: Bound, world: World, period: Period) -> Iterator[UnitFact | None]:
    """One duty for every unit of the role's kind that there is in the period, or just one. A board
    that no administration serves is nobody's to answer for, and is not forgotten; where there is
    none at all, the duty stands without.
    """
    each = one.version.plan.roles[one.commitment.by].each
    if each is None:
        yield None
        return
    mine = [unit for unit in world.units if _is_of(unit, each) and _is_there(unit, period)]
    yield from mine or (None,)


def _is_of(unit: UnitFact, each: Unit) -> bool:
    if each is Unit.BOARD:
        return unit.kind in BOARDS
    unserved = unit.kind in BOARDS and unit.served_by is None
    return unit.kind is each or (each is Unit.ADMINISTRATION and unserved)


def _is_there(unit: UnitFact, period: Period) -> bool:
    since, until = unit.life.since or dt.date.min, unit.life.until or dt.date.max
    return since <= period.ends_on and until >= period.starts_on


def _gone(row: Row, today: dt.date) -> bool:
    """What falls due when the unit is no more, or not yet, nobody owes."""
    return row.unit is not None and not row.unit.life.holds(row.occurrence.due_on or today)


def _rows(one: Bound, asked: Asked, period: Period, moment: Moment, spent: set[str]) -> list[Row]:
    if one.withdrawn_by is not None:
        return _withdrawn(one, one.withdrawn_by, asked, moment, spent)
    cadence = one.commitment.cadence
    if isinstance(cadence, Continuous):
        return [_always(one, asked, cadence, period, moment)] if moment.today in one.reign else []
    if isinstance(cadence, OnEvent):
        return _on_event(one, asked, cadence, period, moment)
    return _dated(one, asked, moment, spent)


def _withdrawn(one: Bound, by: Version, asked: Asked, moment: Moment, spent: set[str]) -> list[Row]:
    """Kept if it was done before the version that took it away began; else it stands as taken."""
    found = []
    dated = [row for row in one.occurrences if row.due_on]
    last = min(moment.today, by.from_on - dt.timedelta(days=1))
    done = _dated(replace(one, occurrences=tuple(dated)), replace(asked, today=last), moment, spent)
    for row in done if dated else [_row(one, one.occurrences[0], Standing.OPEN, NONE, asked)]:
        standing = row.standing if row.proof else Standing.WITHDRAWN
        found.append(replace(row, standing=standing, withdrawn_by=by))
    return found


NONE = Figure(0, 0)


def _always(one: Bound, asked: Asked, cadence: Continuous, period: Period, moment: Moment) -> Row:
    """As it stands today, or as it stood on the period's last day."""
    whole = Occurrence(one.commitment.id, 1, opens_on=period.starts_on)
    if moment.today < period.starts_on:
        return _row(one, whole, Standing.UPCOMING, Figure(0, len(_things(asked))), asked)
    if period.ends_on < moment.started_on:
        return _row(one, whole, Standing.UNKNOWN, NONE, asked)
    then = replace(asked, today=min(moment.today, period.ends_on))
    found = _things(then)
    standing, figure = always(found, cadence, then.today, moment.started_on)
    whole_then = standing in {*HELD, Standing.DUE_SOON}
    if then.today < moment.today:
        standing = Standing.KEPT if whole_then else Standing.MISSED
    if whole_then and PROOFS[one.commitment.does].things is statements:
        standing = Standing.STATED
    reached = made_known(then) if one.commitment.does is Does.MAKE_KNOWN else None
    row = _row(one, whole, standing, figure, then, whole=whole_then)
    proof = _word(then) if row.standing is Standing.STATED else None
    return replace(row, reached=reached, proof=proof)


def _word(asked: Asked) -> Proof | None:
    """The latest that was said, where it is only said."""
    return max(stated(asked), key=lambda one: one.on, default=None)


def _things(asked: Asked) -> list[Thing]:
    return list(PROOFS[asked.commitment.does].things(asked))


def _row(
    one: Bound,
    occurrence: Occurrence,
    standing: Standing,
    figure: Figure,
    asked: Asked,
    *,
    whole: bool = False,
) -> Row:
    """`whole`: the standing says that nothing is missing today."""
    few = is_of_cases(one.commitment.does) and 0 < figure.of < FEWEST_SHOWN
    day = min(asked.today, occurrence.due_on or asked.today)
    of = 1 if standing in _WITHOUT_FIGURE else figure.of
    source = source_of(asked.plan, one.commitment, asked.world, day, of)
    return Row(
        one.version,
        one.commitment,
        occurrence,
        _trusted(standing, source, claims=whole or standing in HELD),
        figure,
        source,
        hidden=few,
    )


# What is not asked yet, or no more, claims nothing about how many there are.
_WITHOUT_FIGURE = frozenset({Standing.AWAITING_EVENT, Standing.UPCOMING, Standing.WITHDRAWN})


def _trusted(standing: Standing, source: Source, *, claims: bool) -> Standing:
    """Kept is said only where the "of" is known, and nothing at all of nobody. What is red is so
    whoever else there may be: a register that nobody keeps hides no fault.
    """
    if Lack.EMPTY in source.lacks:
        return Standing.UNKNOWN
    return Standing.UNKNOWN if source.lacks and claims else standing


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
    modal = one.commitment.modal
    total = each_time(events, Judging(cadence, period, moment.now, days, moment.started_on, modal))
    awaits = cadence.event.value if total.standing is Standing.AWAITING_EVENT else None
    whole = Occurrence(one.commitment.id, 1, opens_on=period.starts_on, awaiting=awaits)
    if moment.today < period.starts_on:
        return [_row(one, whole, Standing.UPCOMING, NONE, asked)]
    return [_row(one, whole, total.standing, total.figure, asked)]


def _events(asked: Asked, cadence: OnEvent, moment: Moment) -> Iterable[Happened]:
    proved = PROOFS[asked.commitment.does]
    if proved.case is not None:
        return of_cases(asked, cadence.event, proved.case, of_person=proved.of_person)
    if proved.room is not None:
        return proved.room(asked.world)
    return happenings(asked, cadence.event, moment.midnight)


def _dated(one: Bound, asked: Asked, moment: Moment, spent: set[str]) -> list[Row]:
    proofs, figures = PROOFS[one.commitment.does].windows(asked, one.occurrences)
    fresh = [proof for proof in proofs if proof.reference not in spent]
    judged = standings(one.occurrences, fresh, asked.today, moment.started_on)
    rows = [
        _row(one, was.occurrence, was.standing, _figure(was, figure), asked)
        for was, figure in zip(judged, figures, strict=True)
    ]
    return [
        replace(row, proof=was.proof) if was.proof else row
        for row, was in zip(rows, judged, strict=True)
    ]


def _figure(was: Judged, figure: Figure) -> Figure:
    """What is proved is whole; its own reference comes first."""
    if was.proof is None:
        return figure
    rest = tuple(ref for ref in figure.evidence if ref not in was.proof.reference)
    shown = (*was.proof.reference.split("+"), *rest)
    if figure.of > 1:
        return replace(figure, evidence=shown)
    alone = (Thing(None, was.proof.on, was.proof.reference),)
    return Figure(1, 1, shown, figure.things or alone)


# ── taken together ────────────────────────────────────────────────────────────────────────────
def needs_reason(standing: Standing) -> bool:
    """What is overdue or missed asks its owner why, and what is done about it."""
    return standing in {Standing.OVERDUE, Standing.MISSED}
