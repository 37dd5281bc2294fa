"""Files that nobody claimed, and a disk that takes no more."""

import datetime as dt

from varna.evidence import actions
from varna.evidence.pages import MENDERS
from varna.foundation.accounts.queries import holders
from varna.foundation.audit.queries import is_older_than_its_heads
from varna.foundation.notices.actions import alarm
from varna.foundation.notices.rules import Due
from varna.foundation.vault.space import why_full


def unclaimed(*, at: dt.datetime) -> int:
    """Nothing when the database is an older copy, which knows nothing of what came after it."""
    return 0 if is_older_than_its_heads() else actions.sweep(at=at)


def no_room(*, at: dt.datetime) -> int:
    """Tell those who run the system that files are refused."""
    full = why_full()
    return alarm([Due(f"evidence:{full}", holders(*MENDERS, at=at))], at=at) if full else 0
