"""`varna move ADDRESS`: the whole database into another, empty one."""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varna.operation.actions.dumps import CopyError
from varna.operation.actions.lock import InUseError
from varna.operation.actions.moving import move
from varna.site import environment


class Command(BaseCommand):
    help = _("Copies the database into another one, for instance from SQLite to PostgreSQL.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "address", help="what DATABASE_URL is to be, or a file that holds it (a password in it)"
        )

    def handle(self, *_args: Any, address: str, **_options: Any) -> None:
        if "://" not in address and Path(address).is_file():
            address = Path(address).read_text(encoding="utf-8").strip()
        try:
            database = environment.database_at(address)
            count = move(database, varna=at(address), tell=self.stdout.write)
        except (CopyError, InUseError) as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(
            ngettext(
                "%d row is there, and the counts agree.",
                "%d rows are there, and the counts agree.",
                count,
            )
            % count
        )
        self.stdout.write(
            _("Set DATABASE_URL to the new address and start. The old database stays where it is.")
        )


def at(address: str) -> Callable[..., str]:
    """A command, run where this is the database; the address never stands in an environment."""

    def varna(*words: str) -> str:
        command = [sys.executable, "-m", "varna.site.command", *words]
        with environment.handed_on(DATABASE_URL=address) as how:
            done: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: S603 (our own words)
                command, capture_output=True, text=True, check=False, **how
            )
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise CopyError(_("It did not work: %s") % "".join(said[-1:]))
        return done.stdout

    return varna
