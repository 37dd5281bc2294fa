"""What the worker does for the register: large files in turn, and files that were left."""

import contextlib
import datetime as dt
import logging

from varna.foundation.accounts.rules import system
from varna.foundation.audit.destroying import destroys
from varna.foundation.deeds import WhyNot
from varna.importing.actions import imports as deeds
from varna.importing.models import Import, ImportState
from varna.importing.queries import imports_in_turn, imports_left_over


log = logging.getLogger("varna.register")
WORKER = system("register import")


def imports(*, at: dt.datetime) -> int:
    """Compare or apply one file, and remove what has been left for a day. Answer how many."""
    left = leave_over(at=at)
    job = imports_in_turn(at).first()
    if job is None:
        return left
    try:
        _carry_on(job, at=at)
    except WhyNot:
        return left  # there is a new preview to look at, or somebody else was first
    except Exception:  # whatever it was must not be tried again for ever
        log.exception("an import was given up")
        with contextlib.suppress(WhyNot):  # somebody abandoned it meanwhile
            deeds.give_up(job, by=WORKER, at=at)
    return left + 1


@destroys
def leave_over(*, at: dt.datetime) -> int:
    """Remove the files that have waited for a day."""
    left = imports_left_over(at)
    for old in left:
        deeds.abandon(old, by=WORKER, at=at)
    return len(left)


def _carry_on(job: Import, *, at: dt.datetime) -> None:
    if job.state == ImportState.PLANNING:
        deeds.compare(job, by=WORKER, at=at)
    else:
        deeds.carry_out(job, by=WORKER, at=at)  # the line says who ordered it
