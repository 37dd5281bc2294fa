"""A case as its handlers read it, part by part."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from varna.cases import words
from varna.cases.additions import Happened, Tab, additions
from varna.cases.models import Assessment, Case, Closing, LinkedReport, Note, Step
from varna.cases.queries import dues_of, parts
from varna.cases.rules.judging import QUESTIONS, needs_second
from varna.cases.sealed import ExposedPerson, Reasoning, Result
from varna.foundation import clock
from varna.foundation.access.queries import holders
from varna.foundation.accounts import queries as accounts
from varna.foundation.accounts.rules import Actor
from varna.foundation.codes import word_for
from varna.foundation.vault import service as vault


TABS = (
    Tab(10, "cases:case", _("Overview"), ("case",)),
    Tab(20, "cases:assess", _("Assessment"), ("assess",)),
    Tab(40, "cases:talk", _("Messages"), ("talk",)),
    Tab(50, "cases:notes", _("Notes"), ("notes",)),
    Tab(80, "cases:classify", _("Classification"), ("classify",)),
    Tab(90, "cases:circle", _("Who may see"), ("circle",)),
    Tab(100, "cases:timeline", _("What has happened"), ("timeline",)),
)


def tabs() -> list[Tab]:
    """A case's pages, in order, with those of the rooms above."""
    more = [tab for room in additions() for tab in room.tabs]
    return sorted([*TABS, *more], key=lambda tab: tab.place)


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
    exposed: ExposedPerson
    dues: list[DueRow]
    handler: str
    readers: int


def head(case: Case, handle: vault.Handle, *, at: dt.datetime) -> Head:
    today = clock.day_of(at)
    return Head(
        case=case,
        label=handle.read(case, "label", str),
        exposed=handle.read(case, "exposed", ExposedPerson),
        dues=[DueRow(str(words.CLOCK[due.clock]), due.on, due.on < today) for due in dues_of(case)],
        handler=accounts.names({case.handler}).get(case.handler, ""),
        readers=len(holders(case.pk, at=at)),
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
    judged = handle.read(row, "judgement", Reasoning)
    more = [code for code in judged.questions if code not in QUESTIONS]  # that are not asked now
    return Version(
        row=row,
        level=word_for(words.LEVEL, row.level),
        means=str(words.LEVEL_MEANS.get(row.level, "")),  # type: ignore[call-overload]
        by=names.get(row.by, ""),
        second_by=names.get(row.second_by, ""),
        second_words=handle.read(row, "second_words", str),
        overall=judged.overall,
        took_part=judged.took_part,
        questions=[
            (word_for(words.QUESTION, code), judged.questions.get(code, ""))
            for code in (*QUESTIONS, *more)
        ],
        observations=[
            (word_for(words.OBSERVATION, code), word_for(words.ANSWER, seen.answer), seen.note)
            for code, seen in judged.observations.items()
        ],
        needs_second=needs_second(row.level) and row.second_at is None,
        mine=row.by == actor.account,
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
    for room in additions():
        happened += room.happenings(case, handle)
    happened += _closed(case, handle) + _noted(case, handle, actor)
    names = accounts.names({one.by for one in happened})
    rows = [Happening(one.at, one.what, names.get(one.by, ""), one.words) for one in happened]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _linked(case: Case, handle: vault.Handle) -> list[Happened]:
    rows = parts(LinkedReport, case)
    return [
        Happened(r.at, str(words.EVENT_LINKED), r.by, handle.read(r, "reason", str)) for r in rows
    ]


def _steps(case: Case, handle: vault.Handle) -> list[Happened]:
    rows = parts(Step, case)
    return [
        Happened(r.at, f"{r.get_before_display()} → {r.get_after_display()}", r.by,
         handle.read(r, "reason", str))
        for r in rows
    ]  # fmt: skip


def _judged(case: Case, handle: vault.Handle) -> list[Happened]:
    rows = parts(Assessment, case)
    found: list[Happened] = []
    for row in rows:
        what = words.EVENT_ASSESSED % {"version": row.version, "level": row.get_level_display()}
        said = handle.read(row, "judgement", Reasoning).overall
        found.append(Happened(row.at, what, row.by, said))
        if row.second_at:
            said = handle.read(row, "second_words", str)
            found.append(Happened(row.second_at, str(words.EVENT_SECOND), row.second_by, said))
    return found


def _closed(case: Case, handle: vault.Handle) -> list[Happened]:
    return [
        Happened(r.at, str(words.EVENT_CLOSED), r.by, handle.read(r, "what", Result).done)
        for r in parts(Closing, case)
    ]


def _noted(case: Case, handle: vault.Handle, actor: Actor) -> list[Happened]:
    rows = notes(case, actor)
    return [
        Happened(r.at, str(words.EVENT_PRIVATE if r.private else words.EVENT_NOTE), r.by,
         handle.read(r, "words", str))
        for r in rows
    ]  # fmt: skip


def notes(case: Case, actor: Actor) -> list[Note]:
    rows = parts(Note, case).order_by("-at")
    return [row for row in rows if not row.private or row.by == actor.account]
