"""What a file leaves open, and what somebody has answered, as an import keeps them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let, locked, refuse
from varna.importing.actions.reading import Reading
from varna.importing.models import Import, ImportState
from varna.importing.rules.cells import Row
from varna.importing.rules.plan import Plan
from varna.importing.rules.questions import Answers, Namesakes, of_body, of_name
from varna.importing.rules.steps import WhyNotNow
from varna.organisation.forms import Asked
from varna.organisation.models import keeps_the_register
from varna.organisation.queries import token
from varna.organisation.rules.roles import BodyKind, body_kind


MOST_LISTED = 500


def answers_of(job: Import) -> Answers:
    said = job.answers
    return Answers(
        {key: BodyKind(kind) for key, kind in said.get("kinds", {}).items()},
        {key: Namesakes(one) for key, one in said.get("names", {}).items()},
    )


@deed("register.questions_answered")
def answer(
    job: Import,
    kinds: Mapping[str, BodyKind],
    names: Mapping[str, Namesakes],
    *,
    by: Actor,
    at: dt.datetime,
) -> Import:
    """Say what new bodies are, and whether a name is one person; then the file is compared anew."""
    let(keeps_the_register(by))
    job = locked(Import.unscoped, job.pk)
    refuse(None if job.state == ImportState.PLANNED else WhyNotNow.ELSEWHERE)
    was = job.answers
    job.answers = {
        "kinds": {**was.get("kinds", {}), **{key: kind.value for key, kind in kinds.items()}},
        "names": {**was.get("names", {}), **{key: one.value for key, one in names.items()}},
    }
    job.state, job.done, job.digest = ImportState.PLANNING, 0, ""
    job.save()
    leave("register.questions_answered", about=job.pk, n=len(kinds) + len(names))
    return job


def asked(reading: Reading, made: Plan) -> dict[str, Any]:
    """What must be asked, and what was taken for granted, by line."""
    return {
        "bodies": made.open_bodies,
        "names": made.open_names,
        "taken": made.taken_as_one[:MOST_LISTED],
        "doubts": [doubt.value for doubt in reading.doubts(made)],
    }


def why_not_apply(job: Import, *, sure: bool) -> WhyNotNow | None:
    """A name that is open only has its rows refused; a body or a doubt stops the file."""
    is_open = job.asked.get("bodies") or (job.asked.get("doubts") and not sure)
    return WhyNotNow.UNANSWERED if is_open else None


def guesses(reading: Reading, made: Plan) -> dict[str, Mapping[str, str]]:
    """Every open body answered as its name says: somebody has looked at them all."""
    named, lines = token(), set(made.open_bodies)
    found = [row.body for row in reading.rows if row.line in lines]
    keys = [row.body_key for row in reading.rows if row.line in lines]
    return {
        "kinds": {
            of_body(named, key): body_kind(name).value
            for key, name in zip(keys, found, strict=True)
        }
    }


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name that somebody must be asked about, or that was taken as one person."""

    key: str
    name: str
    rows: tuple[Row, ...]


def open_bodies(job: Import, rows: list[Row]) -> list[Asked]:
    named, lines = token(), set(job.asked.get("bodies", []))
    return [
        Asked(of_body(named, row.body_key), row.body, body_kind(row.body))
        for row in rows
        if row.line in lines
    ]


def open_names(job: Import, rows: list[Row], what: str) -> Iterator[OpenName]:
    """`what`: "names", or "taken" as one."""
    named, by_line = token(), {row.line: row for row in rows}
    for lines in job.asked.get(what, []):
        found = tuple(by_line[line] for line in lines if line in by_line)
        if found:
            name = f"{found[0].given} {found[0].family}".strip()
            yield OpenName(of_name(named, found[0].name_key), name, found)
