"""Leave a line, give lines their place in the tree, and sign the tree's head."""

import datetime as dt
import logging
import os
import secrets
import uuid
from dataclasses import dataclass
from typing import Protocol

from django.db import IntegrityError, transaction

from varna.foundation import tenant
from varna.foundation.audit import rules
from varna.foundation.audit.models import Checkpoint, Event, Leaf, Range, Waiting
from varna.foundation.audit.queries import (
    HEAD,
    is_known,
    last_head,
    origin,
    signing_key,
)
from varna.foundation.keys.store import keystore
from varna.foundation.tags import is_written


log = logging.getLogger("varna.audit")
THE_ONE = 1  # the range is one row


Fact = str | int | list[str] | None


class Doer(Protocol):
    """Whoever acts: a reference that names an account, a receipt or a part of the system."""

    @property
    def reference(self) -> str: ...


@dataclass(frozen=True, slots=True)
class House:
    """The house itself, where nobody does a deed."""

    reference: str


RESTORING = House("system:restored")  # whoever runs the server has put an older database back
VAULT = House("system:vault")


def record(
    act: str,
    *,
    by: Doer,
    at: dt.datetime,
    about: uuid.UUID | None = None,
    **facts: Fact,
) -> None:
    """Leave a line. `facts` are references, codes and counts; never words that somebody wrote."""
    body: dict[str, object] = {
        "v": 1,
        "at": rules.moment(at),
        "act": act,
        "by": by.reference,
        "about": str(about) if about else "",
    }
    body |= {name: value for name, value in facts.items() if value is not None}
    text = rules.canonical(body)
    salt = secrets.token_bytes(16)
    Event.unscoped.create(
        body=text.decode(),
        salt=salt,
        leaf=rules.leaf_hash(salt, text),
        at=at,
        act=act,
        about=about,
    )


def place_lines(*, most: int = 5000) -> int:
    """Give the lines that wait the next places in the tree. Answer how many."""
    if not Waiting.unscoped.exists():
        return 0
    try:
        with transaction.atomic():
            held, tree = _range()
            waiting = Waiting.unscoped.order_by("event").values_list("event", "event__leaf")
            lines = list(waiting[:most])
            Leaf.unscoped.bulk_create(
                [Leaf(index=tree.size + n, event_id=pk) for n, (pk, _) in enumerate(lines)]
            )
            Waiting.unscoped.filter(pk__in=[pk for pk, _ in lines]).delete()
            for _pk, leaf in lines:
                tree.append(bytes(leaf))
            held.size, held.peaks = tree.size, tree.joined()
            held.save()
    except IntegrityError:
        return 0  # another worker made the row first; the next round continues after it
    return len(lines)


def _placed() -> int:
    """How many lines have a place, by the last place there is."""
    last = Leaf.unscoped.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def _range() -> tuple[Range, rules.Tree]:
    """The row, held until the places are given, and the tree that it keeps. One that is not there,
    that Värna has not written or that does not fit the last place is made anew of the lines: no
    head is signed of what somebody else has put there.
    """
    held = Range.unscoped.select_for_update().filter(pk=THE_ONE).first()
    if held is not None and is_written(held) and held.size == _placed():
        return held, rules.kept(held.size, bytes(held.peaks))
    if held is not None:
        log.warning("the range of the log was not as it was written; it is made anew")
        held.delete()
    leaves = Leaf.unscoped.order_by("index").values_list("event__leaf", flat=True)
    tree = rules.grown(bytes(leaf) for leaf in leaves.iterator(chunk_size=5000))
    made = Range(pk=THE_ONE, size=tree.size, peaks=tree.joined())
    made.save(force_insert=True)
    return made, tree


def sign_head(*, at: dt.datetime) -> Checkpoint | None:
    """Sign the tree as it stands. None when nothing has happened since the last note. The order is
    the tree's, not the clock's: after a clock that has leapt ahead and come back, a head has the
    moment of the one before it.
    """
    while place_lines():
        pass
    size, last = _placed(), Checkpoint.unscoped.order_by("-size").first()
    if size == 0:
        return None
    if last is not None and last.size >= size:
        _keep(last)
        return None
    with transaction.atomic():
        tree = _range()[1]
    note = rules.signed(rules.Head(origin(), tree.size, tree.root()), signing_key())
    made, _fresh = Checkpoint.unscoped.get_or_create(
        size=tree.size, defaults={"note": note, "at": max(at, last.at) if last else at}
    )
    _keep(made)
    return made


def _keep(last: Checkpoint) -> None:
    """Keep the head apart from the database, in the file and then in the keystore: a stop between
    them is made good by the next round. What the keystore knows and the database does not is never
    written over: the database is older than it, or somebody has taken lines away.
    """
    head = rules.read_note(last.note, signing_key().public_key())
    known = last_head()
    if head is None or known == (head.size, head.root):
        return
    _append(last.note)
    if known is None or is_known(*known):
        remember_head(head.size, head.root)


def remember_head(size: int, root: bytes) -> None:
    """In the keystore, in place of a smaller one."""
    known = last_head()
    if known is None or known[0] < size:
        keystore().keep(HEAD, **{str(size): root})


def forget_head() -> None:
    keystore().keep(HEAD)


def _append(note: str) -> None:
    """To the file, unless it ends with this note already."""
    path = tenant.current().checkpoints
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - len(note.encode()) - 1))
        if file.read() != f"{note}\n".encode():
            file.write(f"{note}\n".encode())
            file.flush()
            os.fsync(file.fileno())


def accept_older(*, at: dt.datetime) -> None:
    """It is decided that the database holds as it is, though it is older than what has been signed.
    The log tells for ever that lines were lost, and how many there had been.
    """
    known, path = last_head(), tenant.current().checkpoints
    record("log.older_accepted", by=RESTORING, at=at, signed=known[0] if known else None)
    if path.exists():
        path.rename(path.with_name(f"{path.name}.{at:%Y%m%dT%H%M%S}"))
    forget_head()
    sign_head(at=at)
