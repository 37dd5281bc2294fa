"""The clock is right, says somebody who has looked at another one."""

import datetime as dt

from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.audit.clocks import believe_clock
from varna.foundation.audit.queries import known_clock, read_clock
from varna.foundation.audit.rules import has_leapt
from varna.foundation.deeds import deed, leave, let, refuse
from varna.operation.rules.clock import hours_off, why_not_confirm


@deed("clock.confirmed")
def confirm(*, by: Actor, at: dt.datetime) -> None:
    """What has stood still goes on from what the clock says now."""
    let(bool(by.system) or by.has(Role.OPERATOR))
    (known, seen), now = known_clock(), read_clock()
    refuse(why_not_confirm(leapt=has_leapt(known, seen, now)))
    leave("clock.confirmed", hours=hours_off(known, now) if known else None)
    believe_clock()
