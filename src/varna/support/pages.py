"""Measures as the case's handlers read them."""

import datetime as dt
import uuid
from dataclasses import dataclass

from varna.cases.models import Case
from varna.cases.queries import parts
from varna.foundation.accounts import queries as accounts
from varna.foundation.codes import word_for
from varna.foundation.vault import service as vault
from varna.support import words
from varna.support.models import Measure
from varna.support.rules import MeasureState
from varna.support.sealed import Content, Outcome


@dataclass(frozen=True, slots=True)
class MeasureRow:
    row: Measure
    what: str
    measure_class: str
    reason: str
    consent: str
    answer: str
    owner: str
    decided_by: str
    effect: str
    words: str
    task: str
    is_open: bool
    overdue: bool


def measures(case: Case, handle: vault.Handle, *, today: dt.date) -> list[MeasureRow]:
    rows = list(parts(Measure, case))
    names = accounts.names({row.owner for row in rows} | {row.by for row in rows})
    return [_measure(row, handle, names, today) for row in rows]


def _word(answer: str) -> str:
    return word_for(words.ANSWER, answer) if answer else ""


def _measure(
    row: Measure, handle: vault.Handle, names: dict[uuid.UUID | None, str], today: dt.date
) -> MeasureRow:
    what = handle.read(row, "what", Content)
    outcome = handle.read(row, "outcome", Outcome)
    catalogued = word_for(words.CATALOGUE, what.code)
    is_open = row.state in {MeasureState.DECIDED, MeasureState.UNDER_WAY}
    return MeasureRow(
        row=row,
        what=": ".join(part for part in (catalogued, what.what) if part),
        measure_class=row.get_measure_class_display(),
        reason=what.reason,
        consent=word_for(words.CONSENT, what.consent),
        answer=_word(handle.read(row, "answer", str)),
        owner=names.get(row.owner, ""),
        decided_by=names.get(row.by, ""),
        effect=word_for(words.EFFECT, outcome.effect),
        words=outcome.words,
        task=handle.read(row, "task", str),
        is_open=is_open,
        overdue=is_open and row.due_on is not None and row.due_on < today,
    )
