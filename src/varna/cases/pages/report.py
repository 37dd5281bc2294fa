"""One report as a handler or its reporter reads it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from varna.evidence import actions as evidence
from varna.evidence.queries import originals_of
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.reports import words
from varna.reports.models import Report
from varna.reports.queries import thread_of
from varna.reports.rules import Consent, Reach


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


LABELS = {
    "when": words.LABEL_WHEN,
    "for_whom": words.LABEL_FOR_WHOM,
    "exposed_name": words.LABEL_EXPOSED,
    "role": words.LABEL_ROLE,
    "kinds": words.LABEL_KINDS,
    "channels": words.LABEL_CHANNELS,
    "place": words.LABEL_PLACE,
    "matter": words.LABEL_MATTER,
    "worry": words.LABEL_WORRY,
    "done": words.LABEL_DONE,
    "support": words.LABEL_SUPPORT,
}
CODES: dict[str, Any] = {
    "for_whom": words.FOR_WHOM,
    "kinds": words.KIND,
    "channels": words.CHANNEL,
    "support": words.SUPPORT,
}


def told(report: Report, handle: vault.Handle) -> Told:
    """What a report says, as far as the handle has been opened."""
    content = handle.read(report, "told") or {}
    contact: dict[str, str] = {}
    if Compartment.PROTECTION in handle.opened:
        contact = handle.read(report, "contact") or {}
    pointed_out = ""
    if Compartment.PERSON in handle.opened:
        pointed_out = handle.read(report, "pointed_out") or ""
    consents = handle.read(report, "consents") or []
    return Told(
        happened=content.get("happened", ""),
        lines=[
            Line(str(label), _said(name, content[name]))
            for name, label in LABELS.items()
            if name in content
        ],
        contact=_contact(contact),
        safely=contact.get("safely", ""),
        pointed_out=pointed_out,
        consents=[(code, str(words.CONSENT[Consent(code)])) for code in consents],
        files=originals(report, handle),
    )


def _contact(contact: dict[str, str]) -> list[Line]:
    if not contact:
        return []
    lines = [Line(str(words.LABEL_REACH), str(words.REACH[Reach(contact["reach"])]))]
    if contact.get("detail"):
        lines.append(Line(str(words.LABEL_DETAIL), contact["detail"]))
    return lines


def _said(name: str, value: object) -> str:
    labels = CODES.get(name)
    if labels is None:
        return str(value)
    codes = value if isinstance(value, list) else [value]
    by_value = {key.value: str(label) for key, label in labels.items()}
    return ", ".join(by_value.get(str(code), str(code)) for code in codes)


def originals(report: Report, handle: vault.Handle) -> list[evidence.Original]:
    if Compartment.EVIDENCE not in handle.opened:
        return []
    items = originals_of(report.pk)
    return [evidence.described(item, handle) for item in items]


def thread(report: Report, handle: vault.Handle) -> list[Said]:
    said = []
    for entry in thread_of(report):
        spoken = handle.read(entry, "words")
        withdrawn = spoken.get("withdrawn", "")
        said.append(
            Said(
                at=entry.at,
                author=entry.author,
                text=spoken.get("text", ""),
                withdrawn=str(words.CONSENT[Consent(withdrawn)]) if withdrawn else "",
                seen_at=entry.seen_at,
            )
        )
    return said


HANDLERS_READ = frozenset(
    {Compartment.CONTENT, Compartment.PROTECTION, Compartment.EVIDENCE, Compartment.PERSON}
)
REPORTER_READS = frozenset({Compartment.CONTENT, Compartment.EVIDENCE})
