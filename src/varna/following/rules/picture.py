"""The mandate on one picture: where each window stands, in the drawing's own units. Pure."""

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from varna.plan.rules.calendar import Period
from varna.plan.rules.standings import Standing
from varna.standing.rules.status import Row


LABELS, WIDTH, RIGHT = 330, 760, 10  # the labels' column, the time's, and what is left at the end
LANE, GAP, HEAD = 22, 4, 40
MOST_LETTERS, LETTERS = 44, 16  # on a line of a label, and how high such a line is
# What each standing looks like without its colour.
SIGNS: dict[Standing, str] = {
    Standing.KEPT: "✓",
    Standing.KEPT_LATE: "✓+",
    Standing.STATED: "✎",
    Standing.OPEN: "○",
    Standing.DUE_SOON: "◔",
    Standing.OVERDUE: "!",
    Standing.MISSED: "✕",
    Standing.UPCOMING: "·",
    Standing.UNKNOWN: "?",
    Standing.AWAITING_EVENT: "…",
    Standing.WITHDRAWN: "–",
}


def key_of(row: Row) -> str:
    """Names one occurrence in an address: turn, due day and unit."""
    due = row.occurrence.due_on.isoformat() if row.occurrence.due_on else ""
    return "_".join([str(row.occurrence.turn), due, str(row.unit.id) if row.unit else ""])


@dataclass(frozen=True, slots=True)
class Box:
    """One window: its place, its occurrence and its sign's place."""

    x: int
    y: int
    width: int
    row: Row

    @property
    def standing(self) -> Standing:
        return self.row.standing

    @property
    def sign(self) -> str:
        return SIGNS[self.standing]

    @property
    def key(self) -> str:
        return key_of(self.row)

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def baseline(self) -> int:
        return self.y + LANE - 9

    @property
    def height(self) -> int:
        return LANE - 4


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment's row in the drawing. Its name is whole, on as many lines as it needs."""

    label: tuple[str, ...]
    y: int
    height: int
    boxes: tuple[Box, ...]

    @property
    def title(self) -> str:
        return " ".join(self.label)

    @property
    def written(self) -> list[tuple[int, str]]:
        """Each line of the name, and where it stands."""
        return [(self.y + LETTERS * number, text) for number, text in enumerate(self.label, 1)]


@dataclass(frozen=True, slots=True)
class Year:
    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    lines: tuple[Line, ...]
    years: tuple[Year, ...]
    today: int | None
    width: int
    height: int


def draw(period: Period, labelled: Sequence[tuple[str, Sequence[Row]]], today: dt.date) -> Picture:
    """`labelled`: a commitment's title and its rows, in the order they are to be drawn."""
    y, lines = HEAD, []
    for label, rows in labelled:
        lanes = _lanes(period, rows)
        named = tuple(textwrap.wrap(label, MOST_LETTERS))
        height = max(max(1, len(lanes)) * LANE, LETTERS * len(named) + 4) + GAP
        boxes = tuple(
            _box(period, row, y + number * LANE + 2)
            for number, lane in enumerate(lanes)
            for row in lane
        )
        lines.append(Line(named, y, height, boxes))
        y += height
    return Picture(
        tuple(lines),
        tuple(_years(period)),
        _x(period, today) if today in period else None,
        LABELS + WIDTH + RIGHT,
        y + GAP,
    )


def _x(period: Period, day: dt.date) -> int:
    whole = (period.ends_on - period.starts_on).days + 1
    gone = min(max((day - period.starts_on).days, 0), whole)
    return LABELS + gone * WIDTH // whole


def _span(period: Period, row: Row) -> tuple[dt.date, dt.date]:
    """From the window's first day to its last; what always holds reaches from end to end."""
    one = row.occurrence
    return one.opens_on or period.starts_on, one.due_on or period.ends_on


def _lanes(period: Period, rows: Sequence[Row]) -> list[list[Row]]:
    """Windows that overlap are drawn under each other."""
    lanes: list[list[Row]] = []
    ends: list[dt.date] = []
    for row in sorted(rows, key=lambda one: (_span(period, one), one.occurrence.turn)):
        first, last = _span(period, row)
        free = next((number for number, end in enumerate(ends) if end < first), None)
        if free is None:
            lanes.append([row])
            ends.append(last)
        else:
            lanes[free].append(row)
            ends[free] = last
    return lanes


def _box(period: Period, row: Row, y: int) -> Box:
    first, last = _span(period, row)
    x = _x(period, first)
    width = max(_x(period, last + dt.timedelta(days=1)) - x - 2, 14)
    return Box(min(x, LABELS + WIDTH - 14), y, width, row)


def _years(period: Period) -> Iterable[Year]:
    for year in range(period.starts_on.year + 1, period.ends_on.year + 1):
        yield Year(_x(period, dt.date(year, 1, 1)), str(year))
