"""When a clock that has leapt is confirmed, and how far it leapt."""

import datetime as dt
from enum import StrEnum

from varna.foundation.audit.rules import Reading


class WhyNotConfirm(StrEnum):
    AGREES = "agrees"


def why_not_confirm(*, leapt: bool) -> WhyNotConfirm | None:
    return None if leapt else WhyNotConfirm.AGREES


def hours_off(known: Reading, now: Reading) -> int:
    """Ahead, or back when it is below nothing: as far as the machine's other clock can tell, else
    since the clock was last believed.
    """
    same = known.boot == now.boot and known.booted_at and now.booted_at
    off = now.booted_at - known.booted_at if same else now.at - known.at  # type: ignore[operator]
    return round(off / dt.timedelta(hours=1))
