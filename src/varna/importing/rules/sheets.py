"""Read an XLSX file, after making sure that it can be opened without harm. Pure.

Every part is unpacked once in small pieces, so that what it declares about itself is proved before
the spreadsheet reader sees it.
"""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from varna.importing.rules.tables import (
    HEADERS_WITHIN,
    MOST_COLUMNS,
    MOST_ROWS,
    FileReason,
    FileRefusedError,
    Table,
    looks_like_headers,
    table_of,
)


Cells = Sequence[Sequence[object]]
MOST_PARTS = 2000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024
MOST_CELLS = 5_000_000
_PIECE = 256 * 1024
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK")


def read_xlsx(content: bytes) -> Table:
    refuse_harm(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        filled = [_unmerged(sheet) for sheet in sheets if sheet.height]
    except CalamineError:
        raise FileRefusedError(FileReason.DAMAGED) from None
    if not filled:
        raise FileRefusedError(FileReason.EMPTY)
    return table_of(_rows(next(filter(_is_register, filled), filled[0])))


def _is_register(rows: Cells) -> bool:
    """Not the sheet in front that tells about the others."""
    return any(looks_like_headers([_text(cell) for cell in row]) for row in rows[:HEADERS_WITHIN])


def _unmerged(sheet: CalamineSheet) -> Cells:
    """What is merged downwards is said of every row that it covers: a person on several rows. A
    cell that is merged sideways only is a title.
    """
    rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if top < len(rows) and left < len(row) and row[left] in {None, ""}:
                row[left] = rows[top][left]
    return rows


def _rows(rows: Sequence[Sequence[object]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(rows, start=1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)


def refuse_harm(content: bytes) -> None:
    """Raise when it is a bomb, holds a formula, or stretches farther than a register can."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive.infolist())
            if _kind_of(archive).startswith("application/vnd.oasis.opendocument.spreadsheet"):
                raise FileRefusedError(FileReason.OPEN_DOCUMENT)
            if "xl/workbook.xml" not in archive.namelist():
                raise FileRefusedError(FileReason.NOT_A_TABLE)
            for part in archive.infolist():
                with archive.open(part) as stream:
                    _look_through(iter(partial(stream.read, _PIECE), b""), part.filename)
    except _BAD_ZIP:
        # Also a part that is larger than it declares: its checksum does not agree.
        raise FileRefusedError(FileReason.DAMAGED) from None


def _kind_of(archive: zipfile.ZipFile) -> str:
    """What an OpenDocument file says of itself; others say nothing."""
    if "mimetype" not in archive.namelist():
        return ""
    with archive.open("mimetype") as stream:
        return stream.read(100).decode("ascii", "replace")


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if (
        len(parts) > MOST_PARTS
        or total > MOST_UNPACKED
        or (total > RATIO_COUNTS_FROM and total / packed > MOST_RATIO)
    ):
        raise FileRefusedError(FileReason.BOMB)


def _look_through(pieces: Iterator[bytes], name: str) -> None:
    if not name.endswith((".xml", ".rels")):
        for _piece in pieces:
            pass  # read to its end, so that its checksum is tried
        return
    look = _Look()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = look.element
    parser.StartDoctypeDeclHandler = look.doctype
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 (expat's own signature)
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError:
        raise FileRefusedError(FileReason.DAMAGED) from None


class _Look:
    """What is looked for in a part: formulas, cells far out, and declared entities."""

    def __init__(self) -> None:
        self.root = ""
        self.row = self.widest = 0

    def doctype(self, *_declared: object) -> None:
        raise FileRefusedError(FileReason.BOMB)

    def element(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self.root = self.root or tag
        if self.root != "worksheet":
            return
        if tag == "f":
            raise FileRefusedError(FileReason.FORMULA, self.row or None)
        if tag == "row":
            self.row = _number(attributes.get("r"), self.row + 1)
        elif tag == "c" and (found := re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", _ref(attributes))):
            self.row = int(found[2])
            self.widest = max(self.widest, _column(found[1]))
        else:
            return
        self._refuse_far_out()

    def _refuse_far_out(self) -> None:
        if self.row > MOST_ROWS + 1000:
            raise FileRefusedError(FileReason.TOO_MANY_ROWS)
        if self.widest > MOST_COLUMNS or self.row * self.widest > MOST_CELLS:
            raise FileRefusedError(FileReason.TOO_WIDE, self.row)


def _ref(attributes: dict[str, str]) -> str:
    return attributes.get("r", "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
