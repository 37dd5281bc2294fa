"""What the outbox can be asked."""

import datetime as dt

from varna.foundation.outbox.models import Pulse


def last_beat(name: str) -> dt.datetime | None:
    """When a part of the system last showed that it is alive."""
    return Pulse.unscoped.filter(name=name).values_list("at", flat=True).first()
