"""A case as its handlers read it, part by part."""

import datetime as dt
import uuid
from dataclasses import dataclass

from varna.cases import words
from varna.cases.models import (
    Assessment,
    Case,
    Closing,
    HealthOffer,
    LinkedReport,
    Measure,
    Note,
    PoliceContact,
    Step,
)
from varna.cases.queries import circle_of, dues_of, parts
from varna.cases.rules.judging import QUESTIONS, Answer, Level
from varna.cases.rules.measures import MeasureState
from varna.foundation import clock
from varna.foundation.accounts import queries as accounts
from varna.foundation.accounts.rules import Actor
from varna.foundation.vault import service as vault


@dataclass(frozen=True, slots=True)
class DueRow:
    what: str
    on: dt.date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What every page of a case shows at its top."""

    case: Case
    label: str
    exposed: dict[str, str]
    dues: list[DueRow]
    handler: str
    readers: int


def head(case: Case, handle: vault.Handle, *, at: dt.datetime) -> Head:
    today = clock.day_of(at)
    return Head(
        case=case,
        label=handle.read(case, "label") or "",
        exposed=handle.read(case, "exposed") or {},
        dues=[DueRow(str(words.CLOCK[due.clock]), due.on, due.on < today) for due in dues_of(case)],
        handler=accounts.names({case.handler}).get(case.handler, ""),
        readers=circle_of(case, at=at).values("account").distinct().count(),
    )


@dataclass(frozen=True, slots=True)
class Version:
    row: Assessment
    level: str
    means: str
    by: str
    second_by: str
    second_words: str
    overall: str
    took_part: str
    questions: list[tuple[str, str]]
    observations: list[tuple[str, str, str]]
    needs_second: bool
    mine: bool


def versions(case: Case, handle: vault.Handle, actor: Actor) -> list[Version]:
    """Every version of the assessment, the newest first."""
    rows = list(parts(Assessment, case).order_by("-version"))
    names = accounts.names({row.by for row in rows} | {row.second_by for row in rows})
    return [_version(row, handle, names, actor) for row in rows]


def _version(
    row: Assessment, handle: vault.Handle, names: dict[uuid.UUID | None, str], actor: Actor
) -> Version:
    judged = handle.read(row, "judgement")
    level = Level(row.level)
    return Version(
        row=row,
        level=str(words.LEVEL[level]),
        means=str(words.LEVEL_MEANS[level]),
        by=names.get(row.by, ""),
        second_by=names.get(row.second_by, ""),
        second_words=handle.read(row, "second_words") or "",
        overall=judged["overall"],
        took_part=judged["took_part"],
        questions=[
            (str(words.QUESTION[code]), judged["questions"].get(code, "")) for code in QUESTIONS
        ],
        observations=[
            (str(words.OBSERVATION[code]), str(words.ANSWER[Answer(seen["answer"])]), seen["note"])
            for code, seen in judged["observations"].items()
        ],
        needs_second=level >= Level.SERIOUS and row.second_at is None,
        mine=row.by == actor.account,
    )


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


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline."""

    at: dt.datetime
    what: str
    by: str
    words: str


def timeline(case: Case, handle: vault.Handle, actor: Actor) -> list[Happening]:
    """All that has happened in the case, the newest first; private notes only to their author."""
    happened = _linked(case, handle) + _steps(case, handle) + _judged(case, handle)
    happened += _supported(case, handle) + _noted(case, handle, actor)
    names = accounts.names({by for _, _, by, _ in happened})
    rows = [Happening(at, what, names.get(by, ""), said) for at, what, by, said in happened]
    return sorted(rows, key=lambda row: row.at, reverse=True)


_Part = tuple[dt.datetime, str, uuid.UUID | None, str]


def _linked(case: Case, handle: vault.Handle) -> list[_Part]:
    rows = parts(LinkedReport, case)
    return [(r.at, str(words.EVENT_LINKED), r.by, handle.read(r, "reason") or "") for r in rows]


def _steps(case: Case, handle: vault.Handle) -> list[_Part]:
    rows = parts(Step, case)
    return [
        (r.at, f"{r.get_before_display()} → {r.get_after_display()}", r.by,
         handle.read(r, "reason") or "")
        for r in rows
    ]  # fmt: skip


def _judged(case: Case, handle: vault.Handle) -> list[_Part]:
    rows = parts(Assessment, case)
    found: list[_Part] = []
    for row in rows:
        what = words.EVENT_ASSESSED % {"version": row.version, "level": row.get_level_display()}
        found.append((row.at, what, row.by, handle.read(row, "judgement")["overall"]))
        if row.second_at:
            said = handle.read(row, "second_words") or ""
            found.append((row.second_at, str(words.EVENT_SECOND), row.second_by, said))
    return found


def _supported(case: Case, handle: vault.Handle) -> list[_Part]:
    found: list[_Part] = []
    for row in parts(Measure, case):
        what = words.EVENT_MEASURE % {"state": row.get_state_display()}
        found.append((row.at, what, row.by, row.get_measure_class_display()))
    for police in parts(PoliceContact, case):
        said = handle.read(police, "what")
        found.append((police.at, str(words.EVENT_POLICE), police.by, said.get("number", "")))
    for offer in parts(HealthOffer, case):
        found.append((offer.at, str(words.EVENT_HEALTH), offer.by, ""))
    for closing in parts(Closing, case):
        said = handle.read(closing, "what")
        found.append((closing.at, str(words.EVENT_CLOSED), closing.by, said["done"]))
    return found


def _noted(case: Case, handle: vault.Handle, actor: Actor) -> list[_Part]:
    rows = notes(case, actor)
    return [
        (r.at, str(words.EVENT_PRIVATE if r.private else words.EVENT_NOTE), r.by,
         handle.read(r, "words"))
        for r in rows
    ]  # fmt: skip


def notes(case: Case, actor: Actor) -> list[Note]:
    rows = parts(Note, case).order_by("-at")
    return [row for row in rows if not row.private or row.by == actor.account]
