"""One row of a file, read with care: what it says, or why it is refused. Pure."""

import datetime as dt
import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from varna.importing.rules.columns import Choice, Column
from varna.organisation.rules.days import read_date
from varna.organisation.rules.names import fold, name_key, split_name, tidy


# Bodies and roles come again and again in a file.
_key = functools.lru_cache(maxsize=4096)(fold)


class Reason(StrEnum):
    """Why a row is refused."""

    NO_NAME = "no_name"
    NO_BODY = "no_body"
    NO_ROLE = "no_role"
    BAD_EMAIL = "bad_email"
    BAD_DATE = "bad_date"
    BAD_ANSWER = "bad_answer"
    ENDS_BEFORE_START = "ends_before_start"
    TOO_LONG = "too_long"
    TOO_MANY_CELLS = "too_many_cells"
    AMBIGUOUS_NAME = "ambiguous_name"
    NAMESAKE = "namesake"
    AMBIGUOUS_EMAIL = "ambiguous_email"
    SHARED_EMAIL = "shared_email"
    SHARED_ID = "shared_id"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that changes nothing, by the line it begins on."""

    line: int
    reason: Reason
    column: Column | None = None


@dataclass(slots=True)
class Row:
    """What a row says. None: the file has no such column, so what is there stays."""

    line: int
    external: str = ""
    given: str = ""
    family: str = ""
    name_key: str = ""
    email: str = ""
    phone: str = ""
    party: str | None = None
    body: str = ""
    role: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    full_time: bool | None = None
    protected: bool = False
    refused: Refused | None = None

    @property
    def body_key(self) -> str:
        return _key(self.body)

    @property
    def role_key(self) -> str:
        return _key(self.role)

    @property
    def party_key(self) -> str:
        return _key(self.party or "")


class _RefusedCell(Exception):  # noqa: N818 (it never leaves this module)
    def __init__(self, reason: Reason, column: Column | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


MOST = {
    Column.EXTERNAL: 100,
    Column.NAME: 200,
    Column.GIVEN: 100,
    Column.FAMILY: 100,
    Column.EMAIL: 254,
    Column.PHONE: 60,
    Column.PARTY: 100,
    Column.BODY: 200,
    Column.ROLE: 200,
}
_NOTHING = re.compile(r"[-–—.]*")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_BETWEEN = re.compile(r"\s*(?:\.\.|–|—|\s-\s)\s*")
_YES = {"ja", "j", "x", "1", "yes", "y", "true", "sant", "heltid"}
_NO = {"nej", "n", "0", "no", "false", "falskt", "deltid", "fritid", "fritidspolitiker"}
# "A considerable part of full time" begins at 40 per cent in the pension rules that Swedish
# municipalities share (OPF-KL); kommunallagen 4:2 itself names no figure.
CONSIDERABLE = 40


def read_row(line: int, cells: list[str], mapping: Choice, width: int) -> Row:
    """Read as much as can be read; `refused` says why the rest cannot be used."""
    row = Row(line)
    texts = {column: _cell(cells, index) for column, index in mapping.items()}
    _who(row, texts)
    row.body, row.role = texts.get(Column.BODY, ""), texts.get(Column.ROLE, "")
    try:
        _refuse_extra_cells(cells, width)
        _refuse_what_is_missing(row, texts)
        _when(row, texts)
        row.full_time = _full_time(texts.get(Column.FULL_TIME, ""))
        row.protected = _answer(texts.get(Column.PROTECTED, ""), Column.PROTECTED) or False
    except _RefusedCell as refusal:
        row.refused = Refused(line, refusal.reason, refusal.column)
    return row


def _cell(cells: list[str], index: int) -> str:
    text = tidy(cells[index]) if index < len(cells) else ""
    return "" if _NOTHING.fullmatch(text) else text


def _who(row: Row, texts: dict[Column, str]) -> None:
    row.given, row.family = texts.get(Column.GIVEN, ""), texts.get(Column.FAMILY, "")
    if not row.family:
        given, row.family = split_name(texts.get(Column.NAME, ""))
        row.given = row.given or given
    row.name_key = name_key(row.given, row.family)
    row.external = texts.get(Column.EXTERNAL, "")
    row.email = texts.get(Column.EMAIL, "").lower()
    row.phone = texts.get(Column.PHONE, "")
    row.party = texts.get(Column.PARTY)


def _refuse_extra_cells(cells: list[str], width: int) -> None:
    if any(cells[width:]):
        raise _RefusedCell(Reason.TOO_MANY_CELLS)


def _refuse_what_is_missing(row: Row, texts: dict[Column, str]) -> None:
    for column, most in MOST.items():
        if len(texts.get(column, "")) > most:
            raise _RefusedCell(Reason.TOO_LONG, column)
    if not row.family:
        raise _RefusedCell(Reason.NO_NAME)
    if max(len(row.given), len(row.family)) > MOST[Column.FAMILY]:
        raise _RefusedCell(Reason.TOO_LONG, Column.NAME)
    if row.email and not _EMAIL.fullmatch(row.email):
        raise _RefusedCell(Reason.BAD_EMAIL, Column.EMAIL)
    if row.role and not row.body:
        raise _RefusedCell(Reason.NO_BODY, Column.BODY)
    if row.body and not row.role:
        raise _RefusedCell(Reason.NO_ROLE, Column.ROLE)


def _when(row: Row, texts: dict[Column, str]) -> None:
    if period := texts.get(Column.PERIOD, ""):
        first, *rest = _BETWEEN.split(period)
        if len(rest) != 1:
            raise _RefusedCell(Reason.BAD_DATE, Column.PERIOD)
        row.starts_on = _date(first, Column.PERIOD)
        row.ends_on = _date(rest[0], Column.PERIOD)
    # A day of its own says more than the period it lies in.
    row.starts_on = _date(texts.get(Column.STARTS, ""), Column.STARTS) or row.starts_on
    row.ends_on = _date(texts.get(Column.ENDS, ""), Column.ENDS) or row.ends_on
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise _RefusedCell(Reason.ENDS_BEFORE_START, Column.ENDS)


def _date(text: str, column: Column) -> dt.date | None:
    try:
        return read_date(text)
    except ValueError:
        raise _RefusedCell(Reason.BAD_DATE, column) from None


def _answer(text: str, column: Column) -> bool | None:
    word = fold(text)
    if not word:
        return None
    if word in _YES or word.startswith("skydd"):
        return True
    if word in _NO:
        return False
    raise _RefusedCell(Reason.BAD_ANSWER, column)


def _full_time(text: str) -> bool | None:
    """Yes or no, or a share of full time: "100 %", "40", "0,5"."""
    share = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*%?", text)
    if share is None or text in {"0", "1"}:
        return _answer(text, Column.FULL_TIME)
    number = float(share[1].replace(",", "."))
    return (number * 100 if number < 1 else number) >= CONSIDERABLE
