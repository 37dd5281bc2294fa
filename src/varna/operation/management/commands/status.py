"""`varna status`: is everything well? What /halsa/drift and the operator's page say, in words."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varna.foundation import clock
from varna.operation import words
from varna.operation.queries import parts


class Command(BaseCommand):
    help = _("Tells whether everything is well, and what to do where it is not.")
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = parts(at=clock.now())
        for name, good in found.items():
            said = _("well") if good else f"{_('not well')}. {words.WHAT_TO_DO[name]}"
            self.stdout.write(f"{words.PARTS[name]}: {said}")
        wrong = sum(not good for good in found.values())
        if wrong:
            raise CommandError(
                ngettext("%d part is not well.", "%d parts are not well.", wrong) % wrong
            )
