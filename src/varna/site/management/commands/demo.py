"""`varna demo`: an invented municipality with cases, and the server."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varna.foundation import clock, rooms
from varna.foundation.accounts.rules import system
from varna.site.demonstration import PEOPLE
from varna.site.management.commands.serve import prepare, refuse_a_busy_port, run


class Command(BaseCommand):
    help = gettext_lazy("Serves an invented municipality to look around in.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument("--no-worker", action="store_true")
        parser.add_argument("--fill-only", action="store_true", help="fill, and do not serve")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("The demonstration wants VARNA_DEMO=yes, and a place of its own."))
        if not options["fill_only"]:
            refuse_a_busy_port(options["host"], options["port"])
        prepare()
        by, at = system("demonstration"), clock.now()
        for room in rooms.demonstrations():
            room.fill(by=by, at=at)
        if options["fill_only"]:
            return
        self.tell(options["port"])
        sys.exit(run(options))

    def tell(self, port: int) -> None:
        """The address, and who can sign in by a button on the sign-in page."""
        here = f"http://localhost:{port}"
        lines = [f"  {email:<38}{title}" for email, _name, title, _role in PEOPLE]
        self.stdout.write(
            "\n"
            + _("Värna is on %s") % here
            + "\n\n"
            + _("Sign in as one of these, by a button on %s") % f"{here}/konto/logga-in/"
            + "\n"
            + "\n".join(lines)
            + f"\n  {'fortroendevald@exempelstad.example':<38}Ledamot\n\n"
            + _("Everything here is invented. Stop with Ctrl+C.")
            + "\n"
        )
        self.stdout.flush()
