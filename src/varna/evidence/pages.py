"""What stands on top of every page for those who run the system, when files are refused."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.vault.space import Full, why_full


MENDERS = (Role.OPERATOR, Role.ACCESS_ADMIN)


def alarms(actor: Actor, *, at: dt.datetime) -> Iterator[str]:  # noqa: ARG001 (as it is asked)
    full = why_full() if actor.has(*MENDERS) else None
    if full is Full.DISK:
        yield _("The disk is nearly full: files are refused, and soon reports too. Make room.")
    if full is Full.CAP:
        yield _("The files have reached the size they may have together: no more are taken.")
