"""A file as it has been read and compared with the register. Changes nothing."""

import datetime as dt
from dataclasses import dataclass

from varna.importing.actions import register
from varna.importing.models import Import, RememberedColumns
from varna.importing.rules import columns, questions, sheets, tables
from varna.importing.rules.cells import Row, read_row
from varna.importing.rules.columns import Choice, Column
from varna.importing.rules.plan import Known, Plan, Progress, Says, plan
from varna.importing.rules.questions import NOTHING_ANSWERED, Answers, Doubt
from varna.importing.rules.tables import Table
from varna.organisation.queries import token


def quiet(_done: int, _of: int) -> None:
    return None


def read_table(content: bytes) -> Table:
    """The file as a table; raises FileRefusedError for one that is none or could do harm."""
    tables.size_is_well(len(content))
    if sheets.is_zip(content):
        return sheets.read_xlsx(content)
    return tables.read_csv(content)


# ── which column holds what ───────────────────────────────────────────────────────────────────
def choose(table: Table) -> dict[Column, int]:
    """As it was last chosen for these headers, else as they are best understood."""
    kept = RememberedColumns.unscoped.filter(pk=columns.fingerprint(table.headers)).first()
    if kept is None:
        return columns.guess(table.headers)
    return {Column(name): place for name, place in kept.columns.items()}


def plain(choice: Choice) -> dict[str, int]:
    return {column.value: place for column, place in choice.items()}


def choice_of(job: Import) -> dict[Column, int]:
    return {Column(name): place for name, place in job.columns.items()}


# ── compare ───────────────────────────────────────────────────────────────────────────────────
def rows_of(table: Table, choice: Choice) -> list[Row]:
    """What each row says. Needs no database, and so is done before anything is locked."""
    width = len(table.headers)
    return [read_row(line, cells, choice, width) for line, cells in table.rows]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it has been read: its rows, and which column holds what."""

    rows: list[Row]
    choice: Choice
    headers: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        return columns.fingerprint(self.headers)

    def doubts(self, made: Plan) -> list[Doubt]:
        """Why it may be the wrong file."""
        return questions.doubts(self.headers, self.choice, made.size)


def read(table: Table, choice: Choice) -> Reading:
    return Reading(rows_of(table, choice), choice, table.headers)


def preview(
    reading: Reading,
    *,
    day: dt.date,
    answers: Answers = NOTHING_ANSWERED,
    progress: Progress = quiet,
) -> Plan:
    """What the file would change on this day. Changes nothing."""
    return compared(reading, register.known(), day=day, answers=answers, progress=progress)


def compared(
    reading: Reading, known: Known, *, day: dt.date, answers: Answers, progress: Progress
) -> Plan:
    known.answers = answers
    return plan(
        reading.rows,
        known,
        day=day,
        says=_says(reading.choice),
        token=token(),
        progress=progress,
    )


def _says(choice: Choice) -> Says:
    period = Column.PERIOD in choice
    return Says(starts=period or Column.STARTS in choice, ends=period or Column.ENDS in choice)
