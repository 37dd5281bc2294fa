"""Files that nobody claimed, and a disk that takes no more."""

import datetime as dt

from varna.evidence import actions
from varna.evidence.pages import MENDERS
from varna.foundation.accounts.queries import holders
from varna.foundation.notices.actions import alarm
from varna.foundation.notices.rules import Due
from varna.foundation.vault.space import why_full


def unclaimed(*, at: dt.datetime) -> int:
    return actions.sweep(at=at)


def no_room(*, at: dt.datetime) -> int:
    """Tell those who run the system that files are refused."""
    full = why_full()
    return alarm([Due(f"evidence:{full}", holders(*MENDERS, at=at))], at=at) if full else 0
