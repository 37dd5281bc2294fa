"""Whom contacts that are missing or old remind."""

import datetime as dt
from collections.abc import Iterable

from varna.contacts import queries, rules
from varna.foundation import clock
from varna.foundation.accounts.queries import holders
from varna.foundation.accounts.rules import Role, system
from varna.foundation.notices.rules import Due


def unverified(day: dt.date) -> Iterable[Due]:
    """Places without a contact, and contacts that are old or soon will be."""
    at = clock.end_of(day)
    told = holders(Role.LEAD, Role.PLAN_OWNER, at=at)
    for line in queries.lines(system("reminders"), at=at, day=day):
        if rules.is_due(line.last, day):
            yield Due(f"contacts:place:{line.place.key}", told)
