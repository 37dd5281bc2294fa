"""`varna clock confirm`: the clock is right, though it has leapt."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.deeds import WhyNot
from varna.operation.actions.clock import confirm


BY = system("command line")


class Command(BaseCommand):
    help = _("Confirms the clock after it has leapt, or after the server has been off for long.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("confirm", help="the clock is right; what has stood still goes on")

    def handle(self, *_args: Any, **_options: Any) -> None:
        at = clock.now()
        said = at.astimezone(clock.STOCKHOLM).strftime("%Y-%m-%d %H:%M")
        try:
            confirm(by=BY, at=at)
        except WhyNot:
            self.stdout.write(_("The clock has not leapt; there is nothing to confirm."))
        else:
            self.stdout.write(_("It is %s, and what has stood still goes on.") % said)
