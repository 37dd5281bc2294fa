"""What the worker does for invitations: reminders, when their day has come."""

import datetime as dt

from varna.foundation.accounts.rules import system
from varna.invitations.actions import inviting
from varna.invitations.models import Occasion
from varna.invitations.rules import time_to_remind


WORKER = system("invitations")
LONGEST = dt.timedelta(days=60)


def reminders(*, at: dt.datetime) -> int:
    """Answer how many mails were queued."""
    coming = Occasion.unscoped.filter(
        cancelled_at=None, reminded_at=None, starts_at__gt=at, starts_at__lte=at + LONGEST
    )
    due = [o for o in coming if time_to_remind(o.starts_at, o.remind_days, at)]
    return sum(inviting.remind(occasion, by=WORKER, at=at) for occasion in due)
