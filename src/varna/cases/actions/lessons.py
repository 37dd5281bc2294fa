"""Read what closed cases have taught. A lesson knows of no case, and points at nobody."""

import datetime as dt
import uuid
from dataclasses import dataclass

from varna.cases.models import Lesson
from varna.foundation.accounts.rules import Actor, Role
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
    """Every lesson, for those who handle cases or write the plan; nothing for anybody else."""
    if not (by.has(Role.HANDLER, Role.LEAD, Role.PLAN_OWNER) and by.is_strong):
        return []
    rows = list(Lesson.unscoped.all())
    if not rows:
        return []
    with vault.opened_for(
        owners.LESSONS, Compartment.CONTENT, may=True, act="lessons.read", about=None, by=by, at=at
    ) as handle:
        return [Learnt(row.pk, row.on, handle.read(row, "words", str)) for row in rows]
