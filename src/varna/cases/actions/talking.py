"""Words: to the reporter, to the team, to oneself; and whom the case waits for."""

import datetime as dt

from django.db import transaction

from varna.cases.actions import ground
from varna.cases.models import Case, Note
from varna.cases.rules.steps import Waits
from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.foundation.vault import service as vault
from varna.reports import actions as reports
from varna.reports.models import Entry, Report


def answer(case: Case, report: Report, text: str, *, by: Actor, at: dt.datetime) -> Entry:
    """Write to the reporter of a report that is linked to the case."""
    with transaction.atomic():
        entry = reports.say(report, text, by=by, at=at, author=Entry.Author.HANDLER)
        case = ground.locked(case)
        if case.answered_at is None:
            case.answered_at = at
            case.save(update_fields=["answered_at"])
        ground.reclock(case)
    return entry


@transaction.atomic
def note(case: Case, text: str, *, private: bool, by: Actor, at: dt.datetime) -> Note:
    row = Note(case=case, at=at, by=by.account, private=private)
    vault.writer(case.pk).seal(row, "words", text)
    row.save(force_insert=True)
    audit.record("note.written", by=by, at=at, about=case.pk, private="yes" if private else "no")
    return row


@transaction.atomic
def wait_for(case: Case, whom: Waits, *, by: Actor, at: dt.datetime) -> None:
    case = ground.locked(case)
    case.waits_for = whom
    case.save(update_fields=["waits_for"])
    audit.record("case.waits", by=by, at=at, about=case.pk, whom=whom.value)
