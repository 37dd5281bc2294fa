"""What stands on top of every page for those who can mend it."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import ngettext

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor, Role
from varna.intake import queries


def alarms(actor: Actor, *, at: dt.datetime) -> Iterator[str]:
    """Counts, and nothing that tells which: an alarm is read by people who may see no report."""
    may_mend = actor.has(Role.ACCESS_ADMIN, Role.PLAN_OWNER)
    alarm = queries.alarm(at=at) if may_mend else queries.Alarm(0, 0)
    late = queries.long_late(clock.day_of(at)) if actor.has(Role.PLAN_OWNER) else 0
    if alarm.reports:
        yield ngettext(
            "%(n)s report can be read by nobody: nobody is on duty who may. Appoint somebody.",
            "%(n)s reports can be read by nobody: nobody is on duty who may. Appoint somebody.",
            alarm.reports,
        ) % {"n": alarm.reports}
    if alarm.cases:
        yield ngettext(
            "%(n)s open case can be opened by nobody. Appoint a lead handler without a conflict.",
            "%(n)s open cases can be opened by nobody. Appoint a lead handler without a conflict.",
            alarm.cases,
        ) % {"n": alarm.cases}
    if late:
        yield ngettext(
            "%(n)s report or case has waited two working days too long. Ask the lead handler.",
            "%(n)s reports or cases have waited two working days too long. Ask the lead handler.",
            late,
        ) % {"n": late}
