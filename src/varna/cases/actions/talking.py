"""Words: to the reporter, to the team, to oneself; and whom the case waits for."""

import datetime as dt

from varna.cases.actions import ground
from varna.cases.models import Case, Note
from varna.cases.queries import reports_of
from varna.cases.rules.steps import Waits
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let
from varna.foundation.vault import service as vault
from varna.reports import actions as reports
from varna.reports.models import Entry, Report


@deed("thread.written")
def answer(case: Case, report: Report, text: str, *, by: Actor, at: dt.datetime) -> Entry:
    """Write to the reporter of a report that is linked to the case."""
    case = ground.held(case)
    let(report.pk in reports_of(case))
    entry = reports.say(report, text, by=by, at=at)
    if case.answered_at is None:
        case.answered_at = at
        case.save(update_fields=["answered_at"])
    ground.reclock(case)
    return entry


@deed("thread.seen")
def see(case: Case, report: Report, *, by: Actor, at: dt.datetime) -> None:
    """A handler has opened the thread with whoever reported."""
    case = ground.held(case)
    let(report.pk in reports_of(case))
    reports.mark_seen(report, Entry.Author.REPORTER, at=at)


@deed("note.written")
def note(case: Case, text: str, *, private: bool, by: Actor, at: dt.datetime) -> Note:
    case = ground.held(case)
    row = Note(case=case, at=at, by=by.account, private=private)
    vault.writer(case.pk).seal(row, "words", text)
    row.save(force_insert=True)
    leave("note.written", about=case.pk, private="yes" if private else "no")
    return row


@deed("case.waits")
def wait_for(case: Case, whom: Waits, *, by: Actor, at: dt.datetime) -> None:
    case = ground.held(case)
    case.waits_for = whom
    case.save(update_fields=["waits_for"])
    leave("case.waits", about=case.pk, whom=whom.value)
