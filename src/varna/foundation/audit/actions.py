"""Leave a line, give lines their place in the tree, and sign the tree's head."""

import datetime as dt
import secrets
import uuid
from typing import Protocol

from django.db import IntegrityError, transaction

from varna.foundation import tenant
from varna.foundation.audit import rules
from varna.foundation.audit.models import Checkpoint, Event, Leaf
from varna.foundation.audit.queries import origin, signing_key


CLOCK_MAY_STEP_BACK = dt.timedelta(seconds=2)


Fact = str | int | list[str] | None


class Doer(Protocol):
    """Whoever acts: a reference that names an account, a receipt or a part of the system."""

    @property
    def reference(self) -> str: ...


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
        "at": at.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
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
    """Give the lines that have no place yet the next places in the tree. Answer how many."""
    try:
        with transaction.atomic():
            waiting = list(
                Event.unscoped.filter(pk__gt=_last_placed() - 10_000)
                .exclude(pk__in=Leaf.unscoped.values("event"))
                .order_by("pk")
                .values_list("pk", flat=True)[:most]
            )
            start = Leaf.unscoped.count()
            Leaf.unscoped.bulk_create(
                [Leaf(index=start + n, event_id=pk) for n, pk in enumerate(waiting)]
            )
    except IntegrityError:
        return 0  # another worker was first; the next round continues after it
    return len(waiting)


def _last_placed() -> int:
    last = Leaf.unscoped.order_by("-index").values_list("event_id", flat=True).first()
    return last or 0


def sign_head(*, at: dt.datetime) -> Checkpoint | None:
    """Sign the tree as it stands, and append the note to the file that lies apart from the
    database. None when nothing has happened since the last note.
    """
    while place_lines():
        pass
    last = Checkpoint.unscoped.order_by("-size").first()
    size = Leaf.unscoped.count()
    if size == 0 or (
        last is not None and (last.size >= size or at < last.at - CLOCK_MAY_STEP_BACK)
    ):
        return None
    leaves = Leaf.unscoped.order_by("index").values_list("event__leaf", flat=True)
    tree = rules.grown(bytes(leaf) for leaf in leaves.iterator(chunk_size=5000))
    head = rules.Head(origin(), tree.size, tree.root())
    note = rules.signed(head, signing_key())
    made, fresh = Checkpoint.unscoped.get_or_create(
        size=tree.size, defaults={"note": note, "at": at}
    )
    if fresh:
        path = tenant.current().checkpoints
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(note + "\n")
    return made
