"""`varna backup run TARGET`: a copy of everything, made while Värna serves, and read again."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from varna.foundation import clock
from varna.operation.actions.backup import back_up
from varna.operation.actions.dumps import CopyError


class Command(BaseCommand):
    help = _("Copies everything while it serves, and reads the copy again.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        running = deeds.add_parser("run", help="make a copy, and take away those that are old")
        running.add_argument("target", type=Path, help="a folder, best on another disk")
        running.add_argument("--days", type=int, default=90, help="so long a copy is kept")

    def handle(self, *_args: Any, target: Path, days: int, **_options: Any) -> None:
        kept = dt.timedelta(days=days)
        try:
            copy = back_up(target.resolve(), at=clock.now(), kept=kept, tell=self.stdout.write)
        except CopyError as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(_("The copy is %s.") % copy)
