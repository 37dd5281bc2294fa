"""The mandate: every promise in one period, as a picture and as a table, and what comes next."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise

from varna.following import words
from varna.following.queries import Stand
from varna.following.rules.picture import SIGNS, Picture, draw
from varna.foundation.figures import FEWEST_SHOWN
from varna.plan.rules.calendar import Period
from varna.plan.rules.standings import WORST_FIRST, Standing
from varna.plan.rules.terms import Commitment
from varna.plan.words import cadence, in_language
from varna.standing.rules.proofs import is_of_cases
from varna.standing.rules.status import Row


A_PAGE = 60
AHEAD = dt.timedelta(days=90)
# What has begun and is not over decides how a promise is spoken of; else what was last.
_ALIVE = {Standing.OVERDUE, Standing.DUE_SOON, Standing.OPEN, Standing.AWAITING_EVENT}


@dataclass(frozen=True, slots=True)
class Label:
    """A standing as it is shown: code for the looks, sign and words."""

    code: str
    sign: str
    text: str | Promise
    meaning: str | Promise = ""


def label(standing: Standing) -> Label:
    return Label(
        standing.value, SIGNS[standing], words.STANDINGS[standing], words.MEANINGS[standing]
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """One occurrence as it is shown."""

    row: Row
    label: Label
    figure: str

    @property
    def title(self) -> str:
        return in_language(self.row.commitment.title)

    @property
    def due_on(self) -> dt.date | None:
        return self.row.occurrence.due_on


@dataclass(frozen=True, slots=True)
class Promised:
    """One commitment as it is shown in the table."""

    commitment: Commitment
    title: str
    who: str
    often: str
    label: Label
    turns: list[Turn]
    quiet: bool  # about too few cases to be shown to everybody


@dataclass(frozen=True, slots=True)
class Counted:
    label: Label
    count: int


@dataclass(frozen=True, slots=True)
class MandatePage:
    title: str
    period: Period
    promised: list[Promised]
    pages: Page[list[Row]]
    picture: Picture
    counted: list[Counted]
    legend: list[Label]


def by_commitment(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of the same commitment together, in the plan's order; old versions' first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.commitment.id, []).append(row)
    return list(found.values())


def headline(rows: Sequence[Row]) -> Standing:
    """How a whole promise stands now: the worst of what can still be done, else what was last."""
    alive = {row.standing for row in rows} & _ALIVE
    if alive:
        return next(standing for standing in WORST_FIRST if standing in alive)
    over = [row for row in rows if row.standing is not Standing.UPCOMING]
    return over[-1].standing if over else Standing.UPCOMING


def spoken_of(rows: Sequence[Row]) -> Row:
    """The latest whose time has come: what is said of the register is said of it."""
    begun = [row for row in rows if row.standing is not Standing.UPCOMING]
    return (begun or list(rows))[-1]


def turns(rows: Sequence[Row]) -> list[Turn]:
    return [Turn(row, label(row.standing), words.figure(row)) for row in rows]


def promised(rows: Sequence[Row]) -> Promised:
    last = rows[-1]
    plan, one = last.version.plan, last.commitment
    return Promised(
        one,
        in_language(one.title),
        in_language(plan.roles[one.by].title),
        cadence(one.cadence),
        label(headline(rows)),
        turns(rows),
        _quiet(last),
    )


def _quiet(row: Row) -> bool:
    """Also how a promise about cases stands tells that there is one, when there are few."""
    return is_of_cases(row.commitment.does) and row.figure.of < FEWEST_SHOWN


def public(found: Stand, today: dt.date, page: str | int = 1) -> MandatePage:
    """The same for everybody: what is about few cases is neither shown nor counted."""
    shown = [row for row in found.rows if not _quiet(row)]
    return replace(mandate(found, today, page), counted=_counted(shown))


def mandate(found: Stand, today: dt.date, page: str | int = 1) -> MandatePage:
    period = found.period
    pages = Paginator(by_commitment(found.rows), A_PAGE)
    shown = pages.get_page(page)
    groups = list(shown)
    return MandatePage(
        in_language(found.followed.now.plan.title),
        period,
        [promised(rows) for rows in groups],
        shown,
        draw(period, [(in_language(rows[-1].commitment.title), rows) for rows in groups], today),
        _counted(found.rows),
        [label(standing) for standing in WORST_FIRST],
    )


def _counted(rows: Sequence[Row]) -> list[Counted]:
    counts = Counter(row.standing for row in rows)
    return [Counted(label(one), counts[one]) for one in WORST_FIRST if counts[one]]


# ── what comes next ───────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Owed:
    """What a role is to do next, the nearest first."""

    role: str
    title: str
    turns: list[Turn]


def ahead(found: Stand, today: dt.date) -> list[Owed]:
    """What is overdue, or falls due within ninety days, or is not kept though it always should
    be, by responsible role.
    """
    roles: dict[str, list[Row]] = {}
    for row in found.rows:
        if row.standing in {Standing.OVERDUE, Standing.DUE_SOON} or _near(row, today):
            roles.setdefault(row.commitment.by, []).append(row)
    plan = found.followed.now.plan
    return [
        Owed(role, in_language(plan.roles[role].title), turns(sorted(rows, key=_by_due)))
        for role, rows in roles.items()
        if role in plan.roles
    ]


def _near(row: Row, today: dt.date) -> bool:
    return row.standing is Standing.OPEN and (row.occurrence.due_on or today) <= today + AHEAD


def _by_due(row: Row) -> tuple[bool, dt.date]:
    return (row.occurrence.due_on is not None, row.occurrence.due_on or dt.date.min)
