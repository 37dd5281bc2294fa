"""Seal and open. The only way to what people wrote.

`writer(owner)` seals and cannot read. `opened(...)` decides, leaves a line that is committed, and
only then fetches keys: no log, no data (security.md §2.5).
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.db import models, transaction

from varna.foundation import tenant
from varna.foundation.access.queries import holdings_of, is_within
from varna.foundation.access.rules import READS, Reason, Relation, why_not_open
from varna.foundation.accounts.rules import Actor, Strength
from varna.foundation.audit import actions as audit
from varna.foundation.deeds import Forbidden, leave, part
from varna.foundation.keys.rules import Compartment
from varna.foundation.keys.store import KeyName, keystore
from varna.foundation.vault import rules
from varna.foundation.vault.fields import SealedField
from varna.foundation.vault.shapes import Kind, Sealable, as_read, as_written, nothing


class Purpose(StrEnum):
    """Why something is opened; the log names it."""

    LIST = "list"  # show the handler's own lists
    HANDLE = "handle"  # work with the report or case
    OWN = "own"  # the person's own matter
    MEASURE = "measure"  # carry out a shared measure
    FILE = "file"  # fetch an original
    SYSTEM = "system"  # the system checks or moves what it must


class RefusedError(Forbidden):
    """This actor may not open this, and the log says why not."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class GoneError(Exception):
    """Nobody can read this: its keys have been destroyed, or are missing."""

    def __init__(self, owner: uuid.UUID) -> None:
        super().__init__(owner)
        self.destroyed = keystore().is_shredded(owner)


class Writer:
    """Seals for one owner. Making it makes the keys that are missing, on disk, first."""

    def __init__(self, owner: uuid.UUID, keys: dict[KeyName, bytes]) -> None:
        self.owner = owner
        self._keys = keys

    def seal(self, row: models.Model, field: str, value: Sealable) -> None:
        """Put `value` sealed into the row's field, which says what shape it has."""
        declared = sealed_field(row, field)
        compartment = Compartment(declared.compartment)
        if declared.owner_of(row) != self.owner:
            raise TypeError(f"{field} is sealed by another owner's keys")
        if not isinstance(value, declared.holds()):
            raise TypeError(
                f"{field} holds {declared.holds().__name__}, not {type(value).__name__}"
            )
        name = self._name(compartment)
        said = as_written(value)
        clear = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        blob = rules.seal(
            self._keys[name], compartment, name[1], _place(self.owner, row, field), clear
        )
        setattr(row, field, blob)

    def _name(self, compartment: Compartment) -> KeyName:
        names = [name for name in self._keys if name[0] is compartment]
        if not names:
            self._keys |= keystore().ensure(self.owner, [compartment])
            names = [name for name in self._keys if name[0] is compartment]
        return max(names, key=lambda name: name[1])


class Handle(Writer):
    """Reads and seals for one owner, in the compartments that were opened, for this request."""

    def __init__(
        self, owner: uuid.UUID, keys: dict[KeyName, bytes], opened: frozenset[Compartment]
    ) -> None:
        super().__init__(owner, keys)
        self.opened = opened

    def read(self, row: models.Model, field: str, shape: type[Kind]) -> Kind:
        """Answer what was sealed; where nothing was, a shape that says nothing. The caller names
        the shape for the types' sake: it is the field's own, or this is refused.
        """
        declared = sealed_field(row, field).holds()
        if declared is not shape:
            raise TypeError(f"{field} holds {declared.__name__}, not {shape.__name__}")
        blob = getattr(row, field)
        if blob is None:
            return nothing(shape)
        name = rules.named_key(bytes(blob))
        if name[0] not in self.opened:
            raise RefusedError(Reason.OTHER_COMPARTMENT)
        if name not in self._keys:
            raise GoneError(self.owner)
        clear = rules.unseal(self._keys[name], _place(self.owner, row, field), bytes(blob))
        return as_read(shape, json.loads(clear))


def writer(owner: uuid.UUID, *compartments: Compartment) -> Writer:
    return Writer(owner, keystore().ensure(owner, compartments or [Compartment.CONTENT]))


@dataclass(frozen=True, slots=True)
class Standing:
    """What an actor is to a report or case, and what that opens."""

    relations: frozenset[Relation] = frozenset()
    readable: frozenset[Compartment] = frozenset()

    def __or__(self, other: "Standing") -> "Standing":
        return Standing(self.relations | other.relations, self.readable | other.readable)


def standing_of(actor: Actor, about: uuid.UUID, *, at: dt.datetime) -> Standing:
    if actor.report is not None and actor.report == about:
        return Standing(frozenset({Relation.REPORTER}), READS[Relation.REPORTER])
    return _standings(actor, [about], at=at).get(about, Standing())


def _standing_within(
    actor: Actor, owner: uuid.UUID, within: uuid.UUID | None, *, at: dt.datetime
) -> Standing:
    """What an actor is to this, and to the case that it has gone into, asked together."""
    if within is None or actor.account is None:
        return standing_of(actor, owner, at=at)
    both = _standings(actor, [owner, within], at=at)
    found = both.get(owner, Standing())
    # Asked whatever the answer is to: what may not be seen costs what is not there.
    inside = is_within(owner, within)
    return found | both.get(within, Standing()) if inside else found


def _standings(
    actor: Actor, abouts: list[uuid.UUID], *, at: dt.datetime
) -> dict[uuid.UUID, Standing]:
    found: dict[uuid.UUID, Standing] = {}
    for one in holdings_of(actor, abouts, at=at):
        so_far = found.get(one.about, Standing())
        found[one.about] = so_far | Standing(frozenset({one.relation}), one.reads)
    return found


def may_open(
    actor: Actor, owner: uuid.UUID, compartments: Iterable[Compartment], *, at: dt.datetime
) -> bool:
    """Whether `opened` would open; for a page that shows less to whoever may read less."""
    found = standing_of(actor, owner, at=at)
    return why_not_open(actor, found.relations, found.readable, frozenset(compartments)) is None


@contextmanager
def opened(
    owner: uuid.UUID,
    compartments: Iterable[Compartment],
    *,
    by: Actor,
    at: dt.datetime,
    purpose: Purpose,
    within: uuid.UUID | None = None,
) -> Iterator[Handle]:
    """Open one owner's compartments for reading.

    `within`: the case that a report has gone into, whose circle reads it. Raises RefusedError
    (answer 404) or GoneError (destroyed).
    """
    wanted = frozenset(compartments)
    found = _standing_within(by, owner, within, at=at)
    reason = why_not_open(by, found.relations, found.readable, wanted)
    names = [c.name.lower() for c in sorted(wanted)]
    if reason is not None:
        audit.record(
            "read.refused", by=by, at=at, about=owner, compartments=names, why=reason.value
        )
        raise RefusedError(reason)
    # Its own transaction, on disk before any key is fetched: no log, no data.
    with transaction.atomic(durable=True):
        audit.record(
            "read",
            by=by,
            at=at,
            about=owner,
            compartments=names,
            purpose=purpose.value,
            relations=sorted(r.value for r in found.relations),
        )
    keys = keystore().keys(owner, wanted)
    if not keys and keystore().is_shredded(owner):
        raise GoneError(owner)
    yield Handle(owner, keys, wanted)


def opened_for_list(
    owners: Iterable[uuid.UUID], *, by: Actor, at: dt.datetime
) -> dict[uuid.UUID, Handle]:
    """Open the content of many at once, for the working names in a handler's own list.

    The caller has scoped `owners` with `visible_to`; the relations are asked for again here. One
    line in the log for the whole list. Whoever is too weak to read gets no handles.
    """
    wanted = frozenset({Compartment.CONTENT})
    standings = _standings(by, list(owners), at=at)
    may = [
        owner
        for owner, found in standings.items()
        if why_not_open(by, found.relations, found.readable, wanted) is None
    ]
    if not may:
        return {}
    with transaction.atomic(durable=True):
        audit.record("read.list", by=by, at=at, purpose=Purpose.LIST.value, n=len(may))
    store = keystore()
    return {owner: Handle(owner, store.keys(owner, wanted), wanted) for owner in may}


@contextmanager
def opened_for(
    owner: uuid.UUID,
    *compartments: Compartment,
    may: bool,
    act: str,
    about: uuid.UUID | None,
    by: Actor,
    at: dt.datetime,
) -> Iterator[Handle]:
    """Open what belongs to no report and no case, for somebody whom its room lets (`may`) and who
    has signed in strongly. The line, `act`, is on disk before a key is fetched. Raises Forbidden.
    """
    if not may or not (by.system or by.strength is Strength.STRONG):
        audit.record("read.refused", by=by, at=at, about=about or owner, to=act)
        raise Forbidden
    if not by.system:  # what the system opens has its line below
        with transaction.atomic(durable=True):
            audit.record(act, by=by, at=at, about=about)
    with opened_by_system(owner, *compartments, purpose=by.system or act, at=at) as handle:
        yield handle


@contextmanager
def opened_by_system(
    owner: uuid.UUID, *compartments: Compartment, purpose: str, at: dt.datetime
) -> Iterator[Handle]:
    """Open what belongs to the installation itself (the register, lessons, queued codes), or a
    case for a check that no person makes. `purpose` is named in the log.
    """
    wanted = frozenset(compartments) or frozenset({Compartment.CONTENT})
    audit.record(
        "read",
        by=Actor(system=purpose),
        at=at,
        about=owner,
        compartments=[c.name.lower() for c in sorted(wanted)],
        purpose=Purpose.SYSTEM.value,
    )
    yield Handle(owner, keystore().keys(owner, wanted), wanted)


def mark(rows: Iterable[models.Model], field: str, *, emptied: bool = False) -> None:
    """Mark what is sealed in rows that are written many at once, where no row is asked. `emptied`:
    what is empty may have held something.
    """
    for row in rows:
        if emptied or getattr(row, field) is not None:
            sealed_field(row, field).pre_save(row, add=False)


@part("keys.shredded")
def shred(owners: Iterable[uuid.UUID], *, about: uuid.UUID) -> int:
    """Destroy keys for ever. Answer how many there were."""
    wanted = list(owners)
    leave("keys.shredded", about=about, n=len(wanted))
    return keystore().shred(wanted)


def sealed_field(row: models.Model, field: str) -> SealedField:
    declared = row._meta.get_field(field)  # noqa: SLF001 (Django's public _meta)
    if not isinstance(declared, SealedField):
        raise TypeError(f"{field} is not a sealed field")
    return declared


def _place(owner: uuid.UUID, row: models.Model, field: str) -> rules.Place:
    if not isinstance(row.pk, uuid.UUID):
        raise TypeError("Only rows with a UUID of their own can hold something sealed")
    return rules.Place(tenant.current().id, owner, *sealed_field(row, field).seal_name, row.pk)
