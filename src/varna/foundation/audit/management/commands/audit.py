"""`varna audit`: is the log whole, and has Värna written every right?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from varna.foundation import clock
from varna.foundation.audit.actions import accept_older, sign_head
from varna.foundation.audit.models import Checkpoint
from varna.foundation.audit.queries import verify
from varna.foundation.tags import forged


class Command(BaseCommand):
    help = _("Verifies the log; signs its head; prints the head for a witness.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        verifying = deeds.add_parser("verify", help="read every line and every signed head again")
        verifying.add_argument(
            "--against", type=Path, help="a file of checkpoints that was kept somewhere else"
        )
        deeds.add_parser("sign", help="sign the head now and print it")
        older = deeds.add_parser(
            "older", help="say that this database holds, though it is older than what was signed"
        )
        older.add_argument("--yes", action="store_true", required=True, help="it is decided")

    def handle(self, *_args: Any, deed: str, **options: Any) -> None:
        if deed == "sign":
            sign_head(at=clock.now())
            newest = Checkpoint.unscoped.order_by("-size").first()
            self.stdout.write(newest.note if newest else _("The log is empty."))
            return
        if deed == "older":
            accept_older(at=clock.now())
            self.stdout.write(
                _("This database holds from now on. The log says that lines were lost.")
            )
            return
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
        if not verdict.whole:
            raise CommandError(_("The log is NOT whole."))
        if strangers:
            raise CommandError(_("Somebody has written rights past Värna."))
        self.stdout.write(_("The log is whole, and Värna has written every right."))


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
