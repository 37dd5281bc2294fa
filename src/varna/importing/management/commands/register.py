"""`varna register`: read a file into the register, or show whom it holds on a day."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.deeds import WhyNot
from varna.importing import words
from varna.importing.actions import answering, imports, reading
from varna.importing.rules import columns
from varna.importing.rules.columns import Column
from varna.importing.rules.plan import Outcome, Plan
from varna.importing.rules.steps import WhyNotNow
from varna.importing.rules.tables import MOST_BYTES, FileReason, FileRefusedError, Table
from varna.organisation.models import BODY_KIND_LABELS, GROUP_LABELS
from varna.organisation.queries import body_lines, groups_on
from varna.organisation.rules.days import read_date
from varna.organisation.rules.names import fold
from varna.organisation.rules.roles import body_kind


BY = system("varna register")


@contextmanager
def _told() -> Iterator[None]:
    """Why the register is not written just now, in words."""
    try:
        yield
    except WhyNot as why:
        stale = words.WHY_NOT_WRITE[WhyNotNow.STALE]
        raise CommandError(str(words.WHY_NOT_WRITE.get(why.reason, stale))) from None


class Command(BaseCommand):
    help = _("Imports a register of elected officials (import), or shows it on a day (show).")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        reads = deeds.add_parser("import", help="read a CSV or XLSX file")
        reads.add_argument("file", type=Path)
        reads.add_argument(
            "--mapping",
            nargs="+",
            default=[],
            metavar="NAME=COLUMN",
            help="what a column holds: " + ", ".join(Column) + "; its header or its number",
        )
        reads.add_argument("--apply", action="store_true", help="apply it, not only show it")
        reads.add_argument("--yes", action="store_true", help="apply without asking")
        reads.add_argument(
            "--guesses", action="store_true", help="the guesses of what new bodies are, are right"
        )
        reads.add_argument("--sure", action="store_true", help="it is the right file, odd or not")
        showing = deeds.add_parser("show", help="groups and bodies on a day")
        showing.add_argument("--day", default="", metavar="YYYY-MM-DD")

    def handle(self, *_args: Any, deed: str, **options: Any) -> None:
        if deed == "show":
            self._show(options["day"])
            return
        try:
            self._import(options)
        except FileRefusedError as refusal:
            raise CommandError(words.file_refused(refusal.reason, refusal.line)) from None

    # ── import ────────────────────────────────────────────────────────────────────────────────
    def _import(self, options: dict[str, Any]) -> None:
        content = _read(options["file"])
        table = reading.read_table(content)
        choice = _choice(table, options["mapping"])
        self._tell_columns(table, choice)
        at = clock.now()
        read = reading.read(table, choice)
        made = reading.preview(read, day=clock.day_of(at), progress=self._progress)
        self._tell(made)
        self._tell_open(read, made)
        doubts = [words.DOUBTS[doubt] for doubt in read.doubts(made)]
        for doubt in doubts:
            self.stdout.write(_("Is this the right file? ") + str(doubt))
        if not options["apply"]:
            self.stdout.write(_("Nothing has been changed. Add --apply to apply it."))
            return
        if doubts and not options["sure"]:
            raise CommandError(_("Nothing has been changed. Add --sure if it is the right file."))
        if not options["yes"] and not _agreed():
            self.stdout.write(_("Nothing has been changed."))
            return
        answers = answering.guesses(read, made) if options["guesses"] else None
        with _told():
            imports.apply_content(
                content, choice, by=BY, at=at, answers=answers, progress=self._progress
            )
        self.stdout.write(_("Applied."))
        if made.open_bodies and not answers:
            told = _(
                "Say in the register what the new bodies are. Until then figures are uncertain."
            )
            self.stdout.write(told)

    def _tell_open(self, read: reading.Reading, made: Plan) -> None:
        lines = set(made.open_bodies)
        for row in read.rows:
            if row.line in lines:
                kind = BODY_KIND_LABELS[body_kind(row.body)]
                self.stdout.write(_("New body: ") + f"{row.body} ({kind}?)")
        for why, count in words.counting_nobody(made.counts()):
            self.stdout.write(_("Counts nobody: ") + f"{count} ({why})")
        for names in made.taken_as_one:
            self.stdout.write(_("Taken as one person, lines: ") + ", ".join(map(str, names)))

    def _progress(self, done: int, of: int) -> None:
        if of > 2000:
            self.stderr.write(f"  {done} / {of}", ending="\r" if done < of else "\n")

    def _tell_columns(self, table: Table, choice: columns.Choice) -> None:
        for column, place in choice.items():
            self.stdout.write(f"  {words.COLUMNS[column]}: {table.headers[place]}")
        taken = set(choice.values())
        unused = [header for n, header in enumerate(table.headers) if n not in taken and header]
        if unused:
            self.stdout.write(_("Columns that are not used: ") + ", ".join(unused))

    def _tell(self, made: Plan) -> None:
        self.stdout.write(_("Rows: %d") % made.rows)
        for outcome in Outcome:
            self.stdout.write(f"  {words.OUTCOMES[outcome]}: {made.outcomes[outcome]}")
        self.stdout.write(_("Assignments that end: %d") % len(made.ended))
        for refused in made.refused:
            line, reason, column = words.why(refused.line, refused.reason, refused.column or "")
            about = f" ({column})" if column else ""
            self.stdout.write(_("Line %d: ") % line + f"{reason}{about}")

    # ── show ──────────────────────────────────────────────────────────────────────────────────
    def _show(self, text: str) -> None:
        try:
            day = read_date(text) or clock.today()
        except ValueError:
            raise CommandError(_("The date cannot be read. Write YYYY-MM-DD.")) from None
        self.stdout.write(day.isoformat())
        for group, count in groups_on(day).items():
            self.stdout.write(f"  {count:>5}  {GROUP_LABELS[group]}")
        for line in body_lines(BY, day, at=clock.now()):
            self.stdout.write(f"  {line.seats:>5}  {line.body.name}")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileRefusedError(FileReason.TOO_LARGE)
        return path.read_bytes()
    except OSError as fault:
        raise CommandError(_("The file cannot be opened: %s") % fault.strerror) from None


def _choice(table: Table, said: list[str]) -> dict[Column, int]:
    choice = reading.choose(table)
    headers = {fold(header): place for place, header in reversed(list(enumerate(table.headers)))}
    for word in said:
        name, _equals, header = word.partition("=")
        if name not in set(Column):
            raise CommandError(_("There is no field called %s.") % name)
        if not header:
            choice.pop(Column(name), None)
            continue
        place = headers.get(fold(header), int(header) - 1 if header.isdecimal() else -1)
        # What is said takes the column from what was only guessed.
        choice = {column: held for column, held in choice.items() if held != place}
        choice[Column(name)] = place
    reason = columns.why_not_use(choice, len(table.headers))
    if reason is not None:
        raise CommandError(str(words.MAPPING_REASONS[reason]))
    return choice


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise CommandError(_("Add --yes to apply without being asked."))
    return fold(input(_("Apply? Write yes: "))) in {"ja", "j", "yes", "y"}
