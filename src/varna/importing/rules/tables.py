"""Read a file as a table, or say why it is none. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from varna.importing.rules.columns import Column, guess


MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 100
DELIMITERS = ";,\t"


class FileReason(StrEnum):
    """Why a whole file is refused."""

    NOT_A_TABLE = "not_a_table"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_WIDE = "too_wide"
    FORMULA = "formula"
    BAD_QUOTES = "bad_quotes"
    BOMB = "bomb"
    DAMAGED = "damaged"
    OPEN_DOCUMENT = "open_document"


class FileRefusedError(Exception):
    """The file changes nothing."""

    def __init__(self, reason: FileReason, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Table:
    """Headers, and rows with the line each begins on; blank rows are left out but counted."""

    headers: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    blank: int = 0


def size_is_well(size: int) -> None:
    if size > MOST_BYTES:
        raise FileRefusedError(FileReason.TOO_LARGE)


HEADERS_WITHIN = 25  # a title, who made the list and when, and then the headers


def table_of(rows: Iterator[tuple[int, list[str]]]) -> Table:
    """The first row whose words are known as headers holds them; else the first with two cells.
    What stands above is a title.
    """
    kept: list[tuple[int, list[str]]] = []
    blanks: list[int] = []
    for line, cells in rows:
        filled = [cell.strip() for cell in cells]
        if not any(filled):
            blanks.append(line)
            continue
        _refuse_formulas(line, filled)
        if len(filled) > MOST_COLUMNS:
            raise FileRefusedError(FileReason.TOO_WIDE, line)
        kept.append((line, filled))
        if len(kept) > MOST_ROWS + HEADERS_WITHIN:
            raise FileRefusedError(FileReason.TOO_MANY_ROWS)
    place = _headers_at(kept)
    if place is None:
        raise FileRefusedError(FileReason.NOT_A_TABLE if kept else FileReason.EMPTY)
    (above, headers), below = kept[place], kept[place + 1 :]
    if len(below) > MOST_ROWS:
        raise FileRefusedError(FileReason.TOO_MANY_ROWS)
    if not below:
        raise FileRefusedError(FileReason.EMPTY)
    return Table(tuple(headers), below, sum(line > above for line in blanks))


def _headers_at(rows: list[tuple[int, list[str]]]) -> int | None:
    first = [cells for _line, cells in rows[:HEADERS_WITHIN]]
    known = (n for n, cells in enumerate(first) if looks_like_headers(cells))
    wide = (n for n, cells in enumerate(first) if sum(map(bool, cells)) > 1)
    return next(known, next(wide, None))


def looks_like_headers(cells: Sequence[str]) -> bool:
    """A name, and something else that a register holds."""
    found = guess(cells)
    return len(found) > 1 and bool({Column.NAME, Column.FAMILY} & set(found))


# A phone number, a number, or a dash for "none"; what else begins so is a formula.
_HARMLESS = re.compile(r"[+-]?[\d\s().,/-]*%?")


def _refuse_formulas(line: int, cells: list[str]) -> None:
    for cell in cells:
        if cell and (cell[0] in "=@" or (cell[0] in "+-" and not _HARMLESS.fullmatch(cell))):
            raise FileRefusedError(FileReason.FORMULA, line)


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────
def read_csv(content: bytes) -> Table:
    text = decode(content)
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first)  # Excel writes it and hides it
    before = 1 if told else 0
    if told:
        return table_of(_records(rest, told[1], before))
    return table_of(_records(text, delimiter_of(text), before))


def decode(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries = ["utf-16"]
    else:
        tries = ["utf-8-sig", "cp1252"]
    for encoding in tries:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise FileRefusedError(FileReason.NOT_A_TABLE)


def _is_text(text: str) -> bool:
    """No control characters but line breaks and tabs; no page, object or list in disguise."""
    return not re.search(r"[\x00-\x08\x0e-\x1f]", text) and not re.match(r"\s*[<{\[]", text)


def delimiter_of(text: str) -> str:
    """The sign that cuts the first lines into the most columns, and most evenly."""

    def score(sign: str) -> tuple[float, int]:
        try:
            widths = [len(cells) for _, cells in _some(_records(text[:65536], sign, 0), 25)]
        except FileRefusedError:
            return (0.0, 0)
        wide = [width for width in widths if width > 1]  # a title has one cell
        if not wide:
            return (0.0, 0)
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        return (wide.count(usual) / len(widths), usual)

    return max(DELIMITERS, key=score)


def _some(records: Iterator[tuple[int, list[str]]], most: int) -> Iterator[tuple[int, list[str]]]:
    """The first records; a quote cut by the sample's end is no fault."""
    try:
        for number, record in enumerate(records):
            if number >= most:
                return
            yield record
    except FileRefusedError:
        if not most:
            raise


def _records(text: str, sign: str, before: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on: a quoted field may go on over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise FileRefusedError(FileReason.BAD_QUOTES, before + line) from None
        yield before + line, cells
        line = reader.line_num + 1
