"""Write what a plan says, a little at a time, and keep what stood there so that it can be undone.

Everything is made and sealed before the database is asked for its lock; then so many rows are
written as take a moment, with what they were, and the lock is given back: a report that comes
meanwhile waits for one such moment. Whoever dies half-way is followed by somebody who compares the
file with the register again and writes the rest.
"""

import base64
import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction

from varna.foundation import clock
from varna.foundation.deeds import part, seal_line
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.foundation.vault.fields import SealedField
from varna.importing.actions import register
from varna.importing.models import Before, Import, Kind
from varna.importing.rules.plan import Held, Known, Plan
from varna.importing.sealed import Was
from varna.organisation.models import Assignment, Body, Party, Person


CHUNK = 500
MODELS: dict[str, type[models.Model]] = {
    Kind.PARTY: Party, Kind.BODY: Body, Kind.PERSON: Person, Kind.ASSIGNMENT: Assignment,
}  # fmt: skip
CHANGEABLE = {Kind.PERSON: register.CHANGEABLE, Kind.ASSIGNMENT: ["ends_on", "party", "full_time"]}
Row = TypeVar("Row", bound=models.Model)
Thing = TypeVar("Thing")
Step = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What each row said when the file was compared: what has been changed since is left alone."""

    people: dict[uuid.UUID, tuple[str, ...]]
    assignments: dict[uuid.UUID, tuple[str, ...]]


def seen(known: Known) -> Seen:
    return Seen(
        {one.id: _said(one, "external", "given", "family", "protected") for one in known.people},
        {one.id: _said(one, "ends_on", "party", "full_time") for one in known.assignments},
    )


def _said(row: object, *columns: str) -> tuple[str, ...]:
    return tuple(_plain(getattr(row, column)) for column in columns)


def _chunks(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]


# ── apply ─────────────────────────────────────────────────────────────────────────────────────
@part()
def write(job: Import, plan: Plan, known: Seen, *, progress: Callable[[int, int], None]) -> None:
    """Write it all, in transactions of its own, each a moment long."""
    todo = len(plan.people_new) + len(plan.people_changed) + len(plan.new)
    done = 0
    for step in _steps(job, plan, known):
        with transaction.atomic():
            done += step()
            seal_line()
            Import.unscoped.filter(pk=job.pk).update(moved_at=clock.now())
        progress(min(done, todo), todo)


def _steps(job: Import, plan: Plan, known: Seen) -> Iterator[Step]:
    """What is to be done, made ready one step at a time, outside any transaction."""
    for old in _chunks(list(Before.unscoped.exclude(job=job.pk).values_list("pk", flat=True))):
        yield lambda old=old: 0 * Before.unscoped.filter(pk__in=old).delete()[0]  # type: ignore[misc]
    yield _making(job, Kind.PARTY, register.parties(plan))
    yield _making(job, Kind.BODY, register.bodies(plan, said_by=job.made_by))
    for people in _chunks(plan.people_new):
        yield _making(job, Kind.PERSON, register.people(people))
    with register.opened() as handle:
        for changed in _chunks(plan.people_changed):
            ids = [one.id for one in changed]
            was = Person.unscoped.in_bulk(ids)
            made = [register.changed(one, was[one.id], handle) for one in changed if one.id in was]
            yield _changing(job, Kind.PERSON, made, was, known.people)
    for held in _chunks(plan.new):
        yield _making(job, Kind.ASSIGNMENT, [register.assignment(one) for one in held])
    for ends in (plan.changed, plan.ended):
        for some in _chunks(ends):
            yield _ending(job, some, known)


def _ending(job: Import, some: Sequence[Held], known: Seen) -> Step:
    was = Assignment.unscoped.in_bulk([one.id for one in some])
    made = [register.assignment(one) for one in some]
    return _changing(job, Kind.ASSIGNMENT, made, was, known.assignments)


def _making(job: Import, kind: Kind, rows: Sequence[models.Model]) -> Step:
    journal = [Before(job=job.pk, kind=kind, row=row.pk) for row in rows]

    def make() -> int:
        _rows(kind).bulk_create(rows)
        Before.unscoped.bulk_create(journal)
        return len(rows) if kind in CHANGEABLE else 0

    return make


def _changing(
    job: Import,
    kind: Kind,
    made: Sequence[models.Model],
    was: dict[Any, Any],
    known: dict[uuid.UUID, tuple[str, ...]],
) -> Step:
    journal = {row.pk: _before(job, kind, was[row.pk], row) for row in made if row.pk in was}
    fields = CHANGEABLE[kind]

    def change() -> int:
        now = _rows(kind).in_bulk(list(journal))
        untouched = [
            row
            for row in made
            if row.pk in now
            and _plain_of(now[row.pk], fields) == _plain_of(was[row.pk], fields)
            and _as_seen(kind, now[row.pk]) == known[row.pk]
        ]
        if untouched:
            _mark(untouched, fields)
            _rows(kind).bulk_update(untouched, fields, batch_size=200)
            Before.unscoped.bulk_create([journal[row.pk] for row in untouched])
        return len(untouched)

    return change


def _as_seen(kind: Kind, row: Any) -> tuple[str, ...]:  # noqa: ANN401 (a row of either kind)
    if kind is Kind.PERSON:
        return _said(row, "external", "given", "family", "protected")
    return _said(row, "ends_on", "party_id", "full_time")


def _before(job: Import, kind: Kind, was: models.Model, becomes: models.Model) -> Before:
    fields = CHANGEABLE[kind]
    old, new = _plain_of(was, fields), _plain_of(becomes, fields)
    differ = [name for name in fields if old[name] != new[name]]
    before = Before(job=job.pk, kind=kind, row=was.pk)
    said = Was({name: old[name] for name in differ}, {name: new[name] for name in differ})
    vault.writer(owners.REGISTER, Compartment.PROTECTION).seal(before, "was", said)
    return before


def _rows(kind: str) -> "models.Manager[Any]":
    found: models.Manager[Any] = MODELS[kind].unscoped  # type: ignore[attr-defined]
    return found


def _plain_of(row: models.Model, fields: list[str]) -> dict[str, str]:
    return {name: _plain(getattr(row, _field(row, name).attname)) for name in fields}


def _field(row: models.Model, name: str) -> Any:  # noqa: ANN401 (a field of Django's)
    return row._meta.get_field(name)  # noqa: SLF001 (Django's public _meta)


def _mark(rows: list[Any], fields: list[str], *, emptied: bool = False) -> None:
    for name in fields:
        if isinstance(_field(rows[0], name), SealedField):
            vault.mark(rows, name, emptied=emptied)


def _plain(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def _back(field: Any, said: str) -> object:  # noqa: ANN401 (a field of Django's)
    if isinstance(field, models.BooleanField):
        return said == "yes"
    if isinstance(field, SealedField):
        return base64.b64decode(said) if said else None
    if isinstance(field, models.DateField):
        return dt.date.fromisoformat(said) if said else None
    if isinstance(field, models.ForeignKey):
        return uuid.UUID(said) if said else None
    return said


# ── undo ──────────────────────────────────────────────────────────────────────────────────────
@part()
def undo(job: Import, *, in_use: Callable[[set[uuid.UUID]], set[uuid.UUID]]) -> int:
    """Take back what an import wrote, a little at a time. What somebody has changed since stays as
    they left it, and what has come into use is not removed. Answer how many rows stayed.
    """
    stayed = 0
    with register.opened() as handle:
        for kind, keys in _journal(job):
            rows = list(Before.unscoped.filter(pk__in=keys))
            made = {row.row for row in rows if row.was is None}
            said = {row.row: handle.read(row, "was", Was) for row in rows if row.was}
            kept = in_use(made)
            with transaction.atomic():
                stayed += len(made) - _removed(kind, made - kept)
                _restore(kind, said)
                seal_line()
                Before.unscoped.filter(pk__in=keys).delete()
                Import.unscoped.filter(pk=job.pk).update(moved_at=clock.now())
    return stayed


def _journal(job: Import) -> Iterator[tuple[Kind, Sequence[uuid.UUID]]]:
    """What leans on others first."""
    for kind in (Kind.ASSIGNMENT, Kind.PERSON, Kind.BODY, Kind.PARTY):
        found = Before.unscoped.filter(job=job.pk, kind=kind)
        for keys in _chunks(list(found.values_list("pk", flat=True))):
            yield kind, keys


def _removed(kind: Kind, ids: set[uuid.UUID]) -> int:
    """Remove those that nothing in the register leans on."""
    free = _rows(kind).filter(pk__in=ids)
    if kind in {Kind.PERSON, Kind.BODY, Kind.PARTY}:
        column = {Kind.PERSON: "person", Kind.BODY: "body", Kind.PARTY: "party"}[kind]
        held = Assignment.unscoped.filter(**{f"{column}__in": ids})
        free = free.exclude(pk__in=held.values(column))
    if kind is Kind.BODY:
        free = free.exclude(pk__in=register.bodies_with_periods(ids))
    return int(free.delete()[0])


def _restore(kind: Kind, said: dict[uuid.UUID, Was]) -> None:
    rows, touched = [], set()
    for row in _rows(kind).filter(pk__in=list(said)):
        was = said[row.pk]
        for name, became in was.became.items():
            field = _field(row, name)
            if _plain(getattr(row, field.attname)) == became:
                setattr(row, field.attname, _back(field, was.was[name]))
                touched.add(name)
        rows.append(row)
    if touched:
        _mark(rows, sorted(touched), emptied=True)
        _rows(kind).bulk_update(rows, sorted(touched), batch_size=200)
