"""Tell people that something waits for them."""

import datetime as dt
import uuid
from collections.abc import Iterable

from varna.foundation.outbox.actions import put_uniform


def tell(accounts: Iterable[uuid.UUID], *, at: dt.datetime) -> None:
    """The uniform mail, at the next of the day's fixed times."""
    put_uniform(*sorted(set(accounts)), at=at)


def call_duty(accounts: Iterable[uuid.UUID], *, at: dt.datetime) -> None:
    """The same mail, at once: a new report reaches whoever is on duty within a minute."""
    put_uniform(*sorted(set(accounts)), at=at, at_once=True)
