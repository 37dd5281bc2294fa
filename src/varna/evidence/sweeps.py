"""Files that nobody claimed."""

import datetime as dt

from varna.evidence import actions
from varna.foundation.audit.queries import is_older_than_its_heads


def unclaimed(*, at: dt.datetime) -> int:
    """Nothing when the database is an older copy, which knows nothing of what came after it."""
    return 0 if is_older_than_its_heads() else actions.sweep(at=at)
