"""Whom cooperation reminds: of silent partners, of tasks, of meetings nobody is invited to."""

import datetime as dt
import uuid
from collections.abc import Iterable

from varna.cooperation import queries
from varna.cooperation.models import KEEPERS
from varna.cooperation.rules import SOON
from varna.foundation import clock
from varna.foundation.accounts.queries import holders
from varna.foundation.accounts.rules import system
from varna.foundation.notices.rules import Due
from varna.invitations import queries as invitations


def reminders(day: dt.date) -> Iterable[Due]:
    told = holders(*KEEPERS, at=clock.end_of(day))
    by = system("reminders")
    for line in queries.partner_lines(by, day):
        if line.silent:
            yield Due(f"cooperation:partner:{line.life.id}", told)
    for task in queries.open_tasks():
        if task.due_on <= day + SOON:
            owner = frozenset({task.account}) if task.account else told
            yield Due(f"cooperation:task:{task.pk}", owner)
    for meeting in queries.meetings():
        soon = day <= meeting.held_on <= day + 2 * SOON
        if soon and not invitations.invited(_id(meeting.reference)):
            yield Due(f"cooperation:{meeting.reference}", told)


def _id(reference: str) -> uuid.UUID:
    return uuid.UUID(reference.partition(":")[2])
