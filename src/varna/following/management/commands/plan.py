"""`varna plan`: try a plan's file, show the days that it gives rise to, or how it all stands."""

import datetime as dt
import json
from argparse import ArgumentParser
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from varna.following.queries import programme, stand
from varna.following.rules.xray import Found, look_through
from varna.following.words import FINDINGS, STANDINGS, figure
from varna.foundation import clock
from varna.plan import words
from varna.plan.queries import plan_in, shipped
from varna.plan.rules.cadences import Anchored, Continuous, OnEvent
from varna.plan.rules.calendar import (
    BOARDS_ELECTED,
    GIVEN,
    NotAnElectionError,
    Occurrence,
    occurrences,
    period_after,
)
from varna.plan.rules.faults import ID, PlanRefusedError
from varna.plan.rules.questions import ask
from varna.plan.rules.terms import PlanFile
from varna.standing.rules.status import Row


MOST_TOLD = 50


class Command(BaseCommand):
    help = _(
        "Tries a plan's file, shows the days it gives rise to, or how the followed plan stands."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        which = "a plan's file, or one that comes with Värna: " + ", ".join(shipped())
        checking = deeds.add_parser("check", help="what is wrong, then what to ask the owner")
        checking.add_argument("file", help=which)
        showing = deeds.add_parser("calendar", help="everything due in a mandate period")
        showing.add_argument("file", help=which)
        showing.add_argument("--election", required=True, metavar="YYYY-MM-DD")
        showing.add_argument("--boards-elected", default="", metavar="YYYY-MM-DD")
        showing.add_argument(
            "--event", action="append", default=[], metavar="NAME=YYYY-MM-DD", dest="events"
        )
        showing.add_argument("--json", action="store_true", help="for other programs")

        standing = deeds.add_parser("status", help="the followed plan, with its evidence")
        standing.add_argument(
            "--on", default="", metavar="YYYY-MM-DD", help="another day than today"
        )
        standing.add_argument("--json", action="store_true", help="for other programs")

        looking = deeds.add_parser("xray", help="what the figures rest on, and how to mend it")
        looking.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *_args: Any, deed: str, **options: Any) -> None:
        if deed == "xray":
            self._xray(as_json=options["json"])
        elif deed == "status":
            self._status(options["on"], as_json=options["json"])
        else:
            self._file(deed, options.pop("file"), options)

    # ── status ────────────────────────────────────────────────────────────────────────────────
    def _status(self, on: str, *, as_json: bool) -> None:
        now = clock.end_of(_day(on)) if on else clock.now()
        found = stand(now)
        if found is None:
            raise CommandError(_("No plan is followed yet."))
        rows = sorted(found.rows, key=_by_due)
        if as_json:
            self.stdout.write(json.dumps([_status_as_json(row) for row in rows], indent=2))
            return
        plan = found.followed.now.plan
        self.stdout.write(f"{words.in_language(plan.title)} ({words.plain(plan.version)})")
        head = (_("due"), _("standing"), _("done"), _("commitment"), _("turn"), _("unit"))
        table = [head] + [
            (
                _said(row.occurrence.due_on),
                str(STANDINGS[row.standing]),
                figure(row),
                row.commitment.id,
                str(row.occurrence.turn),
                row.unit.name if row.unit else "",
            )
            for row in rows
        ]
        self._table(table)

    def _xray(self, *, as_json: bool) -> None:
        """Answers 0 whatever is found: these are questions."""
        found = stand(clock.now())
        if found is None:
            raise CommandError(_("No plan is followed yet."))
        told = look_through(programme(found))
        if as_json:
            rows = [
                {
                    "finding": one.finding.value,
                    "about": one.about,
                    "unit": one.unit,
                    "due_on": one.due_on and one.due_on.isoformat(),
                }
                for one in told
            ]
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for finding, ones in groupby(told, key=lambda one: one.finding):
            what, how = FINDINGS[finding]
            self.stdout.write(f"{what}. {how}")
            for one in ones:
                where = filter(None, (one.about, one.unit, _day_of(one)))
                self.stdout.write(f"- {' '.join(where)}")
        if not told:
            self.stdout.write(_("Nothing was found. Every row rests on what it says."))

    def _table(self, table: Sequence[Sequence[str]]) -> None:
        widths = [max(len(line[place]) for line in table) for place in range(len(table[0]))]
        for line in table:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())

    def _file(self, deed: str, file: str, options: dict[str, Any]) -> None:
        plan = self._plan(file)
        if deed == "check":
            self._check(plan)
            return
        events = _events(options["events"], options["boards_elected"])
        self._tell_unused(plan, events)
        election = _day(options["election"])
        try:
            rows = occurrences(plan, election, events)
        except NotAnElectionError as fault:
            raise CommandError(
                _(
                    "%(day)s is no ordinary election day. The nearest one by the plan's own rule "
                    "is %(nearest)s."
                )
                % {"day": election, "nearest": fault.nearest}
            ) from None
        except (ValueError, OverflowError):
            raise CommandError(_("The day is too far away to be reckoned with.")) from None
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(row) for row in rows], indent=2))
        else:
            self._show(plan, election, rows)

    def _plan(self, file: str) -> PlanFile:
        try:
            return plan_in(file)
        except PlanRefusedError as refusal:
            for fault in refusal.faults[:MOST_TOLD]:
                self.stderr.write(f"{words.plain(file)}: {words.fault(fault)}")
            count = len(refusal.faults)
            raise CommandError(_("Nothing is loaded. Faults in the file: %d") % count) from None
        except (OSError, ValueError) as fault:
            said = getattr(fault, "strerror", None) or str(fault)
            raise CommandError(
                _("%(file)s cannot be opened: %(why)s") % {"file": words.plain(file), "why": said}
            ) from None

    # ── check ─────────────────────────────────────────────────────────────────────────────────
    def _check(self, plan: PlanFile) -> None:
        self.stdout.write(f"{words.in_language(plan.title)} ({words.plain(plan.version)})")
        self.stdout.write(_("No faults. Commitments: %d") % len(plan.commitments))
        questions = ask(plan)
        if questions:
            self.stdout.write(_("Questions to the plan's owner:"))
        for asked in questions:
            self.stdout.write(f"- {words.question(asked)}")

    # ── calendar ──────────────────────────────────────────────────────────────────────────────
    def _tell_unused(self, plan: PlanFile, events: dict[str, dt.date]) -> None:
        awaited = {c.cadence.to for c in plan.commitments if isinstance(c.cadence, Anchored)}
        for name in sorted(events.keys() - awaited):
            self.stderr.write(_("No commitment waits for %s.") % name)

    def _show(self, plan: PlanFile, election: dt.date, rows: list[Occurrence]) -> None:
        period = period_after(plan.mandate, election)
        self.stdout.write(f"{words.in_language(plan.title)} ({words.plain(plan.version)})")
        self.stdout.write(
            _("Period %(first)s – %(last)s, next ordinary election %(election)s")
            % {"first": period.starts_on, "last": period.ends_on, "election": period.next_election}
        )
        scales = {c.id: words.cadence(c.cadence) for c in plan.commitments}
        head = (_("due"), _("opens"), _("warning"), _("commitment"), _("turn"), _("how often"))
        table = [head] + [
            (
                _said(row.due_on) if row.awaiting is None else _("awaits"),
                _said(row.opens_on),
                _said(row.warn_on),
                row.commitment,
                str(row.turn),
                scales[row.commitment],
            )
            for row in rows
        ]
        self._table(table)
        for scale, title in ((Continuous, _("Always:")), (OnEvent, _("Each time:"))):
            names = [c.id for c in plan.commitments if isinstance(c.cadence, scale)]
            if names:
                self.stdout.write(f"{title} {', '.join(names)}")


def _day_of(one: Found) -> str:
    return one.due_on.isoformat() if one.due_on else ""


def _said(day: dt.date | None) -> str:
    return "–" if day is None else day.isoformat()


def _by_due(row: Row) -> tuple[bool, dt.date, str, int, str]:
    one = row.occurrence
    name = row.unit.name if row.unit else ""
    return (one.due_on is None, one.due_on or dt.date.max, one.commitment, one.turn, name)


def _status_as_json(row: Row) -> dict[str, object]:
    """A calendar's row with what is known of it. Too few cases to be counted in the open: null."""
    told = _as_json(row.occurrence) | {
        "standing": row.standing.value,
        "done": None if row.hidden else row.figure.done,
        "of": None if row.hidden else row.figure.of,
        "evidence": list(row.figure.evidence),
        "of_source": {
            "registers": [one.value for one in row.source.registers],
            "verified_on": row.source.verified_on and row.source.verified_on.isoformat(),
            "by": row.source.by,
            "lacks": [one.value for one in row.source.lacks],
        },
        "said_on": row.said_on and row.said_on.isoformat(),
    }
    return told | ({"unit": row.unit.name} if row.unit else {})


def _as_json(row: Occurrence) -> dict[str, object]:
    return {
        "commitment": row.commitment,
        "turn": row.turn,
        "opens_on": row.opens_on and row.opens_on.isoformat(),
        "due_on": row.due_on and row.due_on.isoformat(),
        "closes_on": row.closes_on and row.closes_on.isoformat(),
        "warn_on": row.warn_on and row.warn_on.isoformat(),
        "awaiting": row.awaiting,
    }


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError(_("%s is no day. Write YYYY-MM-DD.") % words.plain(text)) from None


def _events(said: list[str], boards_elected: str) -> dict[str, dt.date]:
    found: dict[str, dt.date] = {}
    if boards_elected:
        said = [*said, f"{BOARDS_ELECTED}={boards_elected}"]
    for word in said:
        name, equals, text = word.partition("=")
        if not equals or not ID.fullmatch(name):
            raise CommandError(_("Write an event as NAME=YYYY-MM-DD."))
        if name in GIVEN:
            raise CommandError(_("%s follows from the election and cannot be given.") % name)
        if found.get(name, _day(text)) != _day(text):
            raise CommandError(_("%s is given two different days.") % name)
        found[name] = _day(text)
    return found
