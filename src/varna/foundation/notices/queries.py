"""What has been reminded of."""

import datetime as dt
import uuid

from varna.foundation.notices.models import Reminder
from varna.foundation.notices.rules import AGAIN_AFTER


def reminded_of(about: str) -> list[dt.date]:
    """The days on which anybody was reminded of it."""
    days = Reminder.unscoped.filter(about=about).order_by("on").values_list("on", flat=True)
    return sorted(set(days))


def last_told(day: dt.date) -> dict[tuple[str, uuid.UUID], dt.date]:
    """When each thing was last told to each account, up to a day; the latest wins."""
    since = day - 2 * AGAIN_AFTER
    rows = Reminder.unscoped.filter(on__gte=since, on__lte=day).order_by("on")
    return {(row.about, row.account): row.on for row in rows}
