"""Ask for help, and answer. Both are told by the mail that says nothing."""

import datetime as dt
from contextlib import AbstractContextManager

from varna.foundation.accounts.actions import let_holder
from varna.foundation.accounts.queries import holders
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.deeds import deed, held, leave, refuse
from varna.foundation.notices.actions import tell
from varna.foundation.vault import service as vault
from varna.requests.models import ANSWERERS, HelpRequest
from varna.requests.queries import find
from varna.requests.rules import Subject, why_not_answer


@deed("help.asked")
def ask(subject: Subject, question: str, *, by: Actor, at: dt.datetime) -> HelpRequest:
    asker = let_holder(by, Role.CONTACT)
    row = HelpRequest(asker=asker, subject=subject.value, asked_at=at)
    vault.writer(row.pk).seal(row, "question", question)
    row.save(force_insert=True)
    leave("help.asked", about=row.pk, subject=subject.value)
    tell(holders(*ANSWERERS, at=at), at=at)
    return row


@deed("help.answered")
def answer(row: HelpRequest, text: str, *, by: Actor, at: dt.datetime) -> None:
    answerer = let_holder(by, *ANSWERERS)
    row = held(HelpRequest.visible_to, row.pk)
    refuse(why_not_answer(answered=row.answered_at is not None))
    vault.writer(row.pk).seal(row, "answer", text)
    row.answered_at, row.answered_by = at, answerer
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    leave("help.answered", about=row.pk)
    tell([row.asker], at=at)


def reading(
    row: HelpRequest, *, by: Actor, at: dt.datetime
) -> AbstractContextManager[vault.Handle]:
    """Open one request."""
    may = find(by, row.pk, at=at) is not None
    return vault.opened_for(row.pk, may=may, act="help.read", about=row.pk, by=by, at=at)
