"""The words for why a file, a row or a choice of columns is refused, and for what was found."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varna.importing.rules.cells import Reason, Row
from varna.importing.rules.columns import Column, MappingReason
from varna.importing.rules.plan import Outcome
from varna.importing.rules.questions import Doubt, Namesakes
from varna.importing.rules.steps import WhyNotNow
from varna.importing.rules.tables import FileReason
from varna.organisation.rules.roles import NoOffice


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


DOUBTS: dict[Doubt, "Promise"] = {
    Doubt.MOSTLY_NEW: _("Most of the people in the file are not in the register."),
    Doubt.NO_BODIES: _(
        "No column says in which body somebody sits. The people would have no assignment, and be "
        "counted nowhere."
    ),
    Doubt.CANDIDATES: _(
        "The headers are those of a list of candidates in an election, not of a register of "
        "elected officials."
    ),
    Doubt.ELSEWHERE: _(
        "The register knows none of the bodies in the file. Is it another municipality's?"
    ),
}
NAMESAKES: dict[str, "Promise"] = {
    Namesakes.ONE: _("one and the same person"),
    Namesakes.SEVERAL: _("several people, one for each party"),
}
NOBODY: dict[NoOffice, "Promise"] = {
    NoOffice.WEDDINGS: _("performs weddings"),
    NoOffice.FUNERALS: _("officiates at funerals, or represents in their affairs"),
    NoOffice.GUARDIAN: _("guardian"),
    NoOffice.COURT: _("lay judge or juror"),
    NoOffice.PROXY: _("proxy at a meeting"),
    NoOffice.ADJUNCT: _("may be present, is no member"),
    NoOffice.CONTACT: _("contact person"),
    NoOffice.BODY: _("sits in a body that counts nobody"),
    NoOffice.UNREAD: _("a role that Värna does not know"),
}
COLUMNS: dict[Column, "Promise"] = {
    Column.EXTERNAL: _("Id in the source"),
    Column.NAME: _("Whole name"),
    Column.GIVEN: _("Given name"),
    Column.FAMILY: _("Family name"),
    Column.EMAIL: _("E-mail address"),
    Column.PHONE: _("Telephone"),
    Column.PARTY: _("Party"),
    Column.BODY: _("Body"),
    Column.ROLE: _("Role"),
    Column.STARTS: _("From"),
    Column.ENDS: _("To"),
    Column.PERIOD: _("Mandate period (from and to in one column)"),
    Column.FULL_TIME: _("Full time"),
    Column.PROTECTED: _("Protected identity"),
}
FILE_REASONS: dict[FileReason, "Promise"] = {
    FileReason.NOT_A_TABLE: _(
        "The file is not a table. Save the register as XLSX, or as CSV with a semicolon, comma or "
        "tab between the columns and a first row of headers."
    ),
    FileReason.EMPTY: _("The file has no rows below its headers."),
    FileReason.TOO_LARGE: _("The file is too large."),
    FileReason.TOO_MANY_ROWS: _("The file has more than 200,000 rows. Divide it."),
    FileReason.TOO_WIDE: _("The table has more columns than a register of officials has."),
    FileReason.FORMULA: _(
        "The file holds a formula. Save it again with values only: a cell must not begin with =, "
        "@, + or − unless it is a number or a telephone number."
    ),
    FileReason.BAD_QUOTES: _(
        "A quotation mark is not closed, or stands in the middle of a field without being doubled."
    ),
    FileReason.BOMB: _(
        "The file would unpack to far more than a register holds, and is not opened."
    ),
    FileReason.OPEN_DOCUMENT: _(
        "The file is an OpenDocument spreadsheet (ODS). Save it as XLSX or CSV and choose that."
    ),
    FileReason.DAMAGED: _("The file is damaged and cannot be read. Save it again."),
}
REASONS: dict[Reason, "Promise"] = {
    Reason.NO_NAME: _("There is no name."),
    Reason.NO_BODY: _("There is a role but no body."),
    Reason.NO_ROLE: _("There is a body but no role."),
    Reason.BAD_EMAIL: _("The e-mail address is not an address."),
    Reason.BAD_DATE: _("The date cannot be read. Write YYYY-MM-DD."),
    Reason.BAD_ANSWER: _("It says neither yes nor no."),
    Reason.ENDS_BEFORE_START: _("The last day is before the first."),
    Reason.TOO_LONG: _("The text is too long."),
    Reason.TOO_MANY_CELLS: _("The row has more cells than there are headers."),
    Reason.AMBIGUOUS_NAME: _(
        "Two or more people have this name. Add an e-mail address or an id that tells them apart."
    ),
    Reason.NAMESAKE: _(
        "The name stands with different parties, or as member and deputy of one body. Is it one "
        "person or several?"
    ),
    Reason.AMBIGUOUS_EMAIL: _("Two or more people in the register have this e-mail address."),
    Reason.SHARED_EMAIL: _("The same e-mail address stands beside different names in the file."),
    Reason.SHARED_ID: _("The same id stands beside different names in the file."),
    Reason.CONTRADICTS: _(
        "An earlier row gives the same assignment another last day, party or extent."
    ),
}
MAPPING_REASONS: dict[MappingReason, "Promise"] = {
    MappingReason.NAME_MISSING: _("Choose a column for the whole name, or for the family name."),
    MappingReason.ROLE_WITHOUT_BODY: _("Choose a column for the body: a role is held in a body."),
    MappingReason.BODY_WITHOUT_ROLE: _("Choose a column for the role."),
    MappingReason.SAME_TWICE: _("The same column is chosen twice."),
    MappingReason.NO_SUCH_COLUMN: _("The file has no such column."),
}
OUTCOMES: dict[str, "Promise"] = {
    Outcome.NEW: _("New"),
    Outcome.CHANGED: _("Changed"),
    Outcome.UNCHANGED: _("Unchanged"),
    Outcome.DUPLICATE: _("Said once already"),
    Outcome.REFUSED: _("Refused"),
}
COUNTS: dict[str, "Promise"] = {
    "rows": _("Rows in the file"),
    **OUTCOMES,
    "ended": _("Assignments that end"),
    "people_new": _("People who are new"),
    "people_changed": _("People whose details change"),
    "bodies_new": _("Bodies that are new"),
    "parties_new": _("Parties that are new"),
}


def why(line: int, reason: str, column: str = "") -> tuple[int, "Promise", "Promise | str"]:
    """A refused row's line, reason and column in words."""
    return line, REASONS[Reason(reason)], COLUMNS[Column(column)] if column else ""


def file_refused(reason: FileReason, line: int | None) -> str:
    """Why a whole file was refused, with the line where it was found."""
    where = gettext("Line %d: ") % line if line else ""
    return where + str(FILE_REASONS[reason])


def seat_of(row: Row) -> str:
    """A row's line, party, body and role, for whoever must say whom it means."""
    told = [gettext("Line %d: ") % row.line + (row.party or "–"), row.body, row.role]
    return ", ".join(part for part in told if part)


def counting_nobody(counts: dict[str, int]) -> list[tuple["Promise", int]]:
    """How many rows count nobody, and why."""
    found = [(said, counts.get(f"nobody_{why}", 0)) for why, said in NOBODY.items()]
    return [(said, count) for said, count in found if count]


def counted(counts: dict[str, int]) -> list[tuple["Promise", int]]:
    """An import's counts in words, in the order they are read."""
    return [(words, counts.get(name, 0)) for name, words in COUNTS.items()]


# Why a file that is read at the terminal is not written.
WHY_NOT_WRITE: dict[WhyNotNow, "Promise"] = {
    WhyNotNow.BUSY: _(
        "Another file is being written, or was broken off just now. Nothing has been changed. Try "
        "again in two minutes."
    ),
    WhyNotNow.STALE: _("The register has changed meanwhile. Nothing has been changed. Try again."),
}
