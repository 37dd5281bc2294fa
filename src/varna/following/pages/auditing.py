"""The report of compliance as data: what an auditor outside the house goes through by a script.

Its shape is `auditor/schema.json`. It names no person: what is counted is told by its days and by
references to lines of the log, which come with it, and with their way to the log's signed head.
"""

import base64
import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from varna.following.queries import Stand
from varna.foundation.audit.proving import ProvedLine, excerpt
from varna.foundation.audit.rules import canonical
from varna.plan.queries import adoption_behind
from varna.plan.rules.cadences import Continuous, OnEvent
from varna.plan.words import in_language
from varna.standing.rules.dated import Thing
from varna.standing.rules.status import Row


FORMAT = "varna-revision/1"
# Evidence whose lines in the log are about nobody, and those of its lines that leave the house. All
# other lines stay: what was shared with a partner was about a case, and who came is somebody.
LOGGED = (
    "contact", "meeting", "partner", "planned", "records", "report", "session", "terms", "version",
)  # fmt: skip
ACTS = frozenset({
    "contacts.named", "contacts.corrected", "contacts.verified", "contacts.ended",
    "documents.drafted", "documents.adopted", "documents.made_known",
    "meeting.written", "occasion.arranged", "occasion.changed", "invitations.made",
    "partner.added", "partner.verified", "partner.contacted", "partner.ended",
    "plan.report_made", "plan.report_delivered",
    "records.checked", "terms.reviewed",
    "training.planned", "training.changed", "training.attendance",
})  # fmt: skip
Told = dict[str, Any]


def auditing(found: Stand, *, at: dt.datetime) -> bytes:
    """The whole file, sealed by its own hash."""
    rows = [_row(row, found) for row in found.rows]
    log = excerpt(_references(found.rows), ACTS, at=at)
    edition = adoption_behind(found.followed.now).edition
    told: Told = {
        "format": FORMAT,
        "municipality": settings.MUNICIPALITY,
        "made_at": at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "today": found.today.isoformat(),
        "period": [found.period.starts_on.isoformat(), found.period.ends_on.isoformat()],
        "plan": {
            "id": edition.plan,
            "version": edition.version,
            "title": in_language(found.followed.now.plan.title),
            "sha256": edition.sha256,
            "text": edition.text,
        },
        "rows": rows,
        "logged": list(LOGGED),
        "log": {
            "note": log.note,
            "key": base64.b64encode(log.key).decode(),
            "lines": [_line(line) for line in log.lines],
        },
    }
    return canonical(told | {"sha256": hashlib.sha256(canonical(told)).hexdigest()})


def _references(rows: Iterable[Row]) -> set[uuid.UUID]:
    found = {thing.reference for row in rows for thing in row.figure.things}
    return {
        uuid.UUID(reference.rpartition(":")[2])
        for reference in found
        if reference.split(":")[0] in LOGGED
    }


def _line(line: ProvedLine) -> Told:
    way = [[side, other.hex()] for side, other in line.way]
    return {"index": line.index, "body": line.body, "salt": line.salt.hex(), "way": way}


def _row(row: Row, found: Stand) -> Told:
    one, proof = row.occurrence, row.proof
    judged_on = min(found.today, found.period.ends_on, one.due_on or found.today)
    return {
        "commitment": row.commitment.id,
        "title": in_language(row.commitment.title),
        "unit": row.unit.name if row.unit else None,
        "turn": one.turn,
        "opens_on": _day(one.opens_on),
        "due_on": _day(one.due_on),
        "closes_on": _day(one.closes_on),
        "judged_on": judged_on.isoformat(),
        "standing": row.standing.value,
        "rule": _rule(row),
        "figure": {"done": row.figure.done, "of": row.figure.of} if not row.hidden else None,
        "hidden": row.hidden,
        "things": [] if row.hidden else _things(row),
        "proof": proof and {"on": _day(proof.on), "said_on": _day(proof.said_on)},
        "source": {
            "registers": [one.value for one in row.source.registers],
            "verified_on": _day(row.source.verified_on),
            "by": row.source.by,
            "lacks": [one.value for one in row.source.lacks],
        },
    }


def _rule(row: Row) -> Told:
    cadence = row.commitment.cadence
    base = {"does": row.commitment.does.value, "modal": row.commitment.modal.value}
    if isinstance(cadence, Continuous):
        months, share = cadence.max_age_months, cadence.share
        return base | {"kind": "always", "max_age_months": months, "share": share}
    return base | {"kind": "event" if isinstance(cadence, OnEvent) else "dated"}


def _things(row: Row) -> list[Told]:
    """Those that are alike together. What follows on an event tells how many days it was before its
    last day, and never when: so many days could point at a case.
    """
    if isinstance(row.commitment.cadence, OnEvent):
        margins = Counter(margin_of(thing) for thing in row.figure.things)
        return [
            {"margin": margin, "count": count}
            for margin, count in sorted(margins.items(), key=lambda one: (one[0] is None, one[0]))
        ]
    alike = Counter((_day(thing.last), thing.reference or None) for thing in row.figure.things)
    return [
        {"last": last, "reference": reference, "count": count}
        for (last, reference), count in sorted(alike.items(), key=str)
    ]


def margin_of(thing: Thing) -> int | None:
    return (thing.due - thing.last).days if thing.last and thing.due else None


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
