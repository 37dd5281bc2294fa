"""Remember what the clock says, so that a leap is seen; believe it again when somebody says so."""

import datetime as dt
import logging

from varna.foundation.audit import rules
from varna.foundation.audit.models import Clock
from varna.foundation.audit.queries import known_clock, read_clock


log = logging.getLogger("varna.audit")
THE_CLOCK = 1  # it is one row
WRITTEN_EVERY = dt.timedelta(minutes=1)


def look_at_clock() -> bool:
    """Remember what the clock says; where it has leapt, remember that instead, until somebody
    confirms it. Answer whether it has.
    """
    now = read_clock()
    known, seen = known_clock()
    if rules.has_leapt(known, seen, now):
        if known is not None and not seen:
            log.warning("the clock has leapt: nothing is destroyed until somebody confirms it")
            _write_clock(known, leapt_at=now.at)
        return True
    if known is None or known.boot != now.boot or now.at - known.at >= WRITTEN_EVERY:
        same = known is not None and known.boot == now.boot
        started = known.booted_at if same and known else now.booted_at
        _write_clock(rules.Reading(now.at, now.boot, started), leapt_at=None)
    return False


def believe_clock() -> None:
    """Somebody has said that the clock is right as it is."""
    _write_clock(read_clock(), leapt_at=None)


def _write_clock(said: rules.Reading, *, leapt_at: dt.datetime | None) -> None:
    """In place of whatever stands there."""
    row = Clock(
        pk=THE_CLOCK, at=said.at, boot=said.boot, booted_at=said.booted_at, leapt_at=leapt_at
    )
    written = ["at", "boot", "booted_at", "leapt_at", "tag"]
    Clock.unscoped.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=written
    )
