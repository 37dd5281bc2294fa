"""Who is told that a report or a case waits, and when. Pure."""

import datetime as dt
from collections.abc import Callable
from enum import IntEnum


class Late(IntEnum):
    """How far the telling has come: it widens by one circle for each working day."""

    HANDLER = 0  # whoever has it
    LEADS = 1
    OWNER = 2  # the plan's owner, who is told how many and not which


def told_about(
    due_on: dt.date, day: dt.date, workdays_after: Callable[[dt.date, int], dt.date]
) -> Late | None:
    """Who is told on `day` of what was due on `due_on`; None before it is due."""
    if day < due_on:
        return None
    if day < workdays_after(due_on, 1):
        return Late.HANDLER
    return Late.LEADS if day < workdays_after(due_on, 2) else Late.OWNER
