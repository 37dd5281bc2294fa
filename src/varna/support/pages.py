"""Measures as the case's handlers read them."""

import datetime as dt
import uuid
from dataclasses import dataclass

from varna.cases.models import Case
from varna.cases.queries import parts
from varna.foundation.accounts import queries as accounts
from varna.foundation.vault import service as vault
from varna.support import words
from varna.support.models import Measure
from varna.support.rules import MeasureState


@dataclass(frozen=True, slots=True)
class MeasureRow:
    row: Measure
    what: str
    measure_class: str
    reason: str
    consent: str
    owner: str
    decided_by: str
    effect: str
    words: str
    task: str
    is_open: bool
    overdue: bool


CONSENT = {
    "given": words.CONSENT_GIVEN,
    "not_needed": words.CONSENT_NOT_NEEDED,
    "declined_but_needed": words.CONSENT_DECLINED,
}


EFFECT = {
    "": words.EFFECT_NOT_ASKED,
    "better": words.EFFECT_BETTER,
    "same": words.EFFECT_SAME,
    "worse": words.EFFECT_WORSE,
}


def measures(case: Case, handle: vault.Handle, *, today: dt.date) -> list[MeasureRow]:
    rows = list(parts(Measure, case))
    names = accounts.names({row.owner for row in rows} | {row.by for row in rows})
    return [_measure(row, handle, names, today) for row in rows]


def _measure(
    row: Measure, handle: vault.Handle, names: dict[uuid.UUID | None, str], today: dt.date
) -> MeasureRow:
    what = handle.read(row, "what")
    outcome = handle.read(row, "outcome") or {"effect": "", "words": ""}
    catalogued = words.CATALOGUE.get(what["code"], "")
    is_open = row.state in {MeasureState.DECIDED, MeasureState.UNDER_WAY}
    return MeasureRow(
        row=row,
        what=": ".join(str(part) for part in (catalogued, what["what"]) if part),
        measure_class=row.get_measure_class_display(),
        reason=what["reason"],
        consent=str(CONSENT[what["consent"]]),
        owner=names.get(row.owner, ""),
        decided_by=names.get(row.by, ""),
        effect=str(EFFECT[outcome["effect"]]),
        words=outcome["words"],
        task=handle.read(row, "task") or "",
        is_open=is_open,
        overdue=is_open and row.due_on is not None and row.due_on < today,
    )
