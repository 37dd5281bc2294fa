"""`varna restore COPY`: put a copy back, with the newest keystore."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from varna.foundation import clock
from varna.operation.actions.dumps import CopyError
from varna.operation.actions.lock import InUseError
from varna.operation.actions.restore import restore


class Command(BaseCommand):
    help = _("Puts back a copy that `varna backup` has made.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("copy", type=Path, help="its folder: TARGET/copies/…")
        parser.add_argument(
            "--keystore", type=Path, help="a copy of the keystore, where there is none here"
        )

    def handle(self, *_args: Any, copy: Path, keystore: Path | None, **_options: Any) -> None:
        keys = keystore.resolve() if keystore else None
        try:
            restore(copy.resolve(), keys=keys, at=clock.now(), tell=self.stdout.write)
        except (CopyError, InUseError, DatabaseError, OSError) as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(_("Now: `varna keys check`, `varna audit verify`, `varna serve`."))
