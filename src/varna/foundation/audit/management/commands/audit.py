"""`varna audit`: is the log whole, and has Värna written every right?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varna.foundation import clock, rooms
from varna.foundation.audit.actions import accept_older, sign_head
from varna.foundation.audit.models import Checkpoint
from varna.foundation.audit.queries import verify
from varna.foundation.tags import forged


class Command(BaseCommand):
    help = _("Verifies the log; signs its head; prints the head for a witness.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        verifying = deeds.add_parser("verify", help="read every line and every signed head again")
        verifying.add_argument(
            "--against", type=Path, help="a file of checkpoints that was kept somewhere else"
        )
        deeds.add_parser("sign", help="sign the head now and print it")
        deeds.add_parser(
            "mark", help="mark in the log what was sealed before there were marks, once"
        )
        older = deeds.add_parser(
            "older", help="say that this database holds, though it is older than what was signed"
        )
        older.add_argument("--yes", action="store_true", required=True, help="it is decided")

    def handle(self, *_args: Any, deed: str, **options: Any) -> None:
        getattr(self, f"do_{deed}")(options)

    def do_sign(self, _options: dict[str, Any]) -> None:
        sign_head(at=clock.now())
        newest = Checkpoint.unscoped.order_by("-size").first()
        self.stdout.write(newest.note if newest else _("The log is empty."))

    def do_older(self, _options: dict[str, Any]) -> None:
        accept_older(at=clock.now())
        self.stdout.write(_("This database holds from now on. The log says that lines were lost."))

    def do_mark(self, _options: dict[str, Any]) -> None:
        (note,) = rooms.handed("audit.note_unmarked")
        count = note(at=clock.now())
        self.stdout.write(ngettext("%d text was marked.", "%d texts were marked.", count) % count)

    def do_verify(self, options: dict[str, Any]) -> None:
        against: Path | None = options["against"]
        verdict = verify(_kept(against) if against else "")
        for fault in verdict.faults:
            self.stderr.write(fault)
        self.stdout.write(
            _("%(lines)d lines, %(heads)d signed heads, %(waiting)d lines waiting for their place.")
            % {
                "lines": verdict.lines,
                "heads": verdict.checkpoints,
                "waiting": verdict.unplaced,
            }
        )
        strangers = list(forged())
        for model, pk in strangers:
            self.stderr.write(
                _("%(model)s %(id)s was not written by Värna, and opens nothing.")
                % {"model": model, "id": pk}
            )
        put_back = [place for find in rooms.handed("audit.rolled_back") for place in find()]
        for model, pk, field in put_back:
            self.stderr.write(
                _("%(model)s %(id)s: what is sealed in %(field)s is not what was written last.")
                % {"model": model, "id": pk, "field": field}
            )
        if not verdict.whole:
            raise CommandError(_("The log is NOT whole."))
        if strangers:
            raise CommandError(_("Somebody has written rights past Värna."))
        if put_back:
            raise CommandError(_("Something older has been put back where it once stood."))
        self.stdout.write(_("The log is whole, and Värna has written every right."))
        if against is None:
            self.stdout.write(
                _(
                    "Compared with what is kept here only. Signed heads that somebody else keeps "
                    "prove more: --against."
                )
            )


def _kept(path: Path) -> str:
    """The checkpoints that were kept; a log without lines has made none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CommandError(
            _(
                "There is no file %s. The file of checkpoints is made by the first line in the "
                "log; an empty log has none."
            )
            % path
        ) from None
    except (OSError, UnicodeDecodeError):
        raise CommandError(_("The file %s cannot be read.") % path) from None
