"""One report as a handler or its reporter reads it."""

import datetime as dt
from dataclasses import dataclass

from varna.evidence import actions as evidence
from varna.evidence.queries import originals_of
from varna.foundation.codes import word_for
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.reports import words
from varna.reports.forms import ReportForm
from varna.reports.models import Report
from varna.reports.queries import thread_of
from varna.reports.sealed import Answers, Consents, Contact, Message


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of the form, with its question."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of the thread."""

    at: dt.datetime
    author: str
    text: str
    withdrawn: str
    seen_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    happened: str
    lines: list[Line]
    contact: list[Line]
    safely: str
    pointed_out: str
    consents: list[tuple[str, str]]
    files: list[evidence.Original]


def told(report: Report, handle: vault.Handle) -> Told:
    """What a report says, as far as the handle has been opened."""
    answers = handle.read(report, "told", Answers)
    contact = Contact()
    if Compartment.PROTECTION in handle.opened:
        contact = handle.read(report, "contact", Contact)
    pointed_out = ""
    if Compartment.PERSON in handle.opened:
        pointed_out = handle.read(report, "pointed_out", str)
    consents = handle.read(report, "consents", Consents).codes
    return Told(
        happened=answers.happened,
        lines=[Line(label, value) for label, value in ReportForm.lines(answers)],
        contact=_contact(contact),
        safely=contact.safely,
        pointed_out=pointed_out,
        consents=[(code, word_for(words.CONSENT, code)) for code in consents],
        files=originals(report, handle),
    )


def _contact(contact: Contact) -> list[Line]:
    if contact == Contact():
        return []
    lines = [Line(str(words.LABEL_REACH), word_for(words.REACH, contact.reach))]
    if contact.detail:
        lines.append(Line(str(words.LABEL_DETAIL), contact.detail))
    return lines


def originals(report: Report, handle: vault.Handle) -> list[evidence.Original]:
    if Compartment.EVIDENCE not in handle.opened:
        return []
    items = originals_of(report.pk)
    return [evidence.described(item, handle) for item in items]


def thread(report: Report, handle: vault.Handle) -> list[Said]:
    said = []
    for entry in thread_of(report):
        spoken = handle.read(entry, "words", Message)
        said.append(
            Said(
                at=entry.at,
                author=entry.author,
                text=spoken.text,
                withdrawn=word_for(words.CONSENT, spoken.withdrawn),
                seen_at=entry.seen_at,
            )
        )
    return said


HANDLERS_READ = frozenset(
    {Compartment.CONTENT, Compartment.PROTECTION, Compartment.EVIDENCE, Compartment.PERSON}
)
REPORTER_READS = frozenset({Compartment.CONTENT, Compartment.EVIDENCE})
