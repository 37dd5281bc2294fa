"""Read what closed cases have taught. A lesson knows of no case, and points at nobody."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from varna.cases.models import Lesson
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.foundation.audit import actions as audit
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault


@dataclass(frozen=True, slots=True)
class Learnt:
    """One lesson, opened."""

    id: uuid.UUID
    on: dt.date
    words: str


def read_lessons(*, by: Actor, at: dt.datetime) -> list[Learnt]:
    """Every lesson, for those who handle cases or write the plan; nothing for anybody else.

    The line in the log is on disk before a key is fetched.
    """
    if not by.has(Role.HANDLER, Role.LEAD, Role.PLAN_OWNER) or by.strength is not Strength.STRONG:
        return []
    rows = list(Lesson.unscoped.all())
    if not rows:
        return []
    with transaction.atomic(durable=True):
        audit.record("lessons.read", by=by, at=at, count=len(rows))
    with vault.opened_by_system(
        owners.LESSONS, Compartment.CONTENT, purpose="lessons", at=at
    ) as handle:
        return [Learnt(row.pk, row.on, handle.read(row, "words")) for row in rows]
