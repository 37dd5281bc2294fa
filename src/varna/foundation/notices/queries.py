"""What has been reminded of."""

import datetime as dt

from varna.foundation.notices.models import Reminder


def reminded_of(about: str) -> list[dt.date]:
    """The days on which anybody was reminded of it."""
    days = Reminder.unscoped.filter(about=about).order_by("on").values_list("on", flat=True)
    return sorted(set(days))


def last_reminded(day: dt.date) -> dict[tuple[str, object], dt.date]:
    """When each thing was last told to each account, before a day."""
    rows = Reminder.unscoped.filter(on__lt=day).order_by("on")
    return {(row.about, row.account): row.on for row in rows}
