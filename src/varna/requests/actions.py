"""Ask for help, and answer. Both are told by the mail that says nothing."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from varna.foundation.accounts.queries import holders
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.foundation.audit import actions as audit
from varna.foundation.notices.actions import tell
from varna.foundation.vault import service as vault
from varna.requests.models import ANSWERERS, HelpRequest
from varna.requests.queries import find
from varna.requests.rules import Subject


class RefusedError(Exception):
    """This actor may not; the page answers as if it did not exist."""


class AnsweredError(Exception):
    """Somebody was first: there is an answer already."""


@transaction.atomic
def ask(subject: Subject, question: str, *, by: Actor, at: dt.datetime) -> HelpRequest:
    if by.account is None or not by.has(Role.CONTACT):
        raise RefusedError
    row = HelpRequest(asker=by.account, subject=subject.value, asked_at=at)
    vault.writer(row.pk).seal(row, "question", question)
    row.save(force_insert=True)
    audit.record("help.asked", by=by, at=at, about=row.pk, subject=subject.value)
    tell(holders(*ANSWERERS, at=at), at=at)
    return row


@transaction.atomic
def answer(row: HelpRequest, text: str, *, by: Actor, at: dt.datetime) -> None:
    if by.account is None or not by.has(*ANSWERERS):
        raise RefusedError
    held = HelpRequest.unscoped.select_for_update().get(pk=row.pk)
    if held.answered_at is not None:
        raise AnsweredError
    vault.writer(held.pk).seal(held, "answer", text)
    held.answered_at, held.answered_by = at, by.account
    held.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("help.answered", by=by, at=at, about=held.pk)
    tell([held.asker], at=at)


@contextmanager
def reading(row: HelpRequest, *, by: Actor, at: dt.datetime) -> Iterator[vault.Handle]:
    """Open one request. The line is on disk first."""
    if find(by, row.pk) is None or by.strength is not Strength.STRONG:
        raise RefusedError
    with transaction.atomic(durable=True):
        audit.record("help.read", by=by, at=at, about=row.pk)
    with vault.opened_by_system(row.pk, purpose="help", at=at) as handle:
        yield handle
