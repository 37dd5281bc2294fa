"""What stands on top of every page for those who run the system, when the clock has leapt."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.audit.queries import has_leapt


def alarms(actor: Actor, *, at: dt.datetime) -> Iterator[str]:  # noqa: ARG001 (as it is asked)
    if actor.has(Role.OPERATOR) and has_leapt():
        yield _("The clock has leapt: nothing is destroyed until it is confirmed under Operation.")
