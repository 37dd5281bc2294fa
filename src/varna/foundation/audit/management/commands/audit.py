"""`varna audit`: is the log whole?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from varna.foundation import clock
from varna.foundation.audit.actions import sign_head
from varna.foundation.audit.models import Checkpoint
from varna.foundation.audit.queries import verify


class Command(BaseCommand):
    help = "Verifies the log; signs its head; prints the head for a witness."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        verifying = deeds.add_parser("verify", help="read every line and every signed head again")
        verifying.add_argument(
            "--against", type=Path, help="a file of checkpoints that was kept somewhere else"
        )
        deeds.add_parser("sign", help="sign the head now and print it")

    def handle(self, *_args: Any, deed: str, **options: Any) -> None:
        if deed == "sign":
            sign_head(at=clock.now())
            newest = Checkpoint.unscoped.order_by("-size").first()
            self.stdout.write(newest.note if newest else "The log is empty.")
            return
        against: Path | None = options["against"]
        if against is not None and not against.exists():
            raise CommandError(f"There is no file {against}.")
        verdict = verify(against.read_text(encoding="utf-8") if against else "")
        for fault in verdict.faults:
            self.stderr.write(fault)
        self.stdout.write(
            f"{verdict.lines} lines, {verdict.checkpoints} signed heads, "
            f"{verdict.unplaced} lines waiting for their place."
        )
        if not verdict.whole:
            raise CommandError("The log is NOT whole.")
        self.stdout.write("The log is whole.")
