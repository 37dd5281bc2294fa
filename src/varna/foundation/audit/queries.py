"""Is the log whole? And the key that signs it."""

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from varna.foundation import tenant
from varna.foundation.audit import rules
from varna.foundation.audit.models import Checkpoint, Event, Leaf
from varna.foundation.keys.store import keystore


NEWEST_BYTES = 1_000_000  # some 5,000 signed heads, at most one a minute


def origin() -> str:
    return f"varna/{tenant.current().id}/logg"


def signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keystore().secret("audit-signature"))


@dataclass(slots=True)
class Verdict:
    """What was found when the log was read from its first line to its last."""

    lines: int = 0
    unplaced: int = 0
    checkpoints: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.faults


def verify(witnessed: str = "") -> Verdict:
    """Recompute every line and every signed head; `witnessed` holds notes kept elsewhere."""
    verdict = Verdict()
    public = signing_key().public_key()
    notes: list[tuple[str, int | None]] = [
        (c.note, c.size) for c in Checkpoint.unscoped.order_by("size")
    ]
    apart = tenant.current().checkpoints
    kept = (apart.read_text(encoding="utf-8") if apart.exists() else "") + "\n" + witnessed
    notes += [(block, None) for block in _notes_in(kept)]
    heads: dict[int, set[bytes]] = {}
    for note, size in notes:
        head = rules.read_note(note, public)
        if head is None or (size is not None and head.size != size):
            verdict.faults.append(_("A checkpoint has a bad signature (size %s).") % (size or "?"))
            continue
        heads.setdefault(head.size, set()).add(head.root)
    verdict.checkpoints = len(heads)
    _read_lines(verdict, heads)
    for event in Event.unscoped.exclude(pk__in=Leaf.unscoped.values("event")).iterator():
        verdict.unplaced += 1
        if not _is_itself(event):
            verdict.faults.append(_("A line that waits for its place has been changed."))
    return verdict


def is_older_than_its_heads() -> bool:
    """Whether the file beside the database holds signed heads that the database does not know: an
    older copy has been put back. Nothing may then be thrown away because no row names it.
    """
    apart = tenant.current().checkpoints
    if not apart.exists():
        return False
    start = max(0, apart.stat().st_size - NEWEST_BYTES)
    with apart.open("rb") as file:
        file.seek(start)
        notes = _notes_in(file.read().decode(errors="replace"))
    notes = notes[1:] if start else notes  # the first of a part may be cut
    sizes = [int(note.split("\n")[1]) for note in notes]
    known = Checkpoint.unscoped.filter(size__gte=min(sizes, default=0))
    return not set(notes) <= set(known.values_list("note", flat=True))


def _notes_in(text: str) -> list[str]:
    """Cut a file of notes: each is three lines, an empty one and a line that begins with a dash.
    A note whose writing was cut short is passed over; the next one stands for its lines too.
    """
    lines = text.splitlines()
    return [
        "\n".join(lines[number - 4 : number + 1]) + "\n"
        for number, line in enumerate(lines)
        if line.startswith("— ") and number >= 4
    ]


def _read_lines(verdict: Verdict, heads: dict[int, set[bytes]]) -> None:
    tree = rules.Tree()
    rows = Leaf.unscoped.select_related("event").order_by("index")
    for row in rows.iterator(chunk_size=2000):
        event = row.event
        if row.index != tree.size:
            verdict.faults.append(_("Line %d is missing.") % tree.size)
            break
        tree.append(rules.leaf_hash(bytes(event.salt), event.body.encode()))
        if not _is_itself(event):
            verdict.faults.append(_("Line %d has been changed.") % row.index)
        elif not _columns_agree(event):
            verdict.faults.append(
                _("Line %d is filed under something else than it says.") % row.index
            )
        for root in heads.pop(tree.size, ()):
            if root != tree.root():
                verdict.faults.append(
                    _("The first %d lines are not those that were signed.") % tree.size
                )
    verdict.lines = tree.size
    if heads:
        verdict.faults.append(
            _("Lines are missing at the end: %(signed)d were signed, %(here)d are here.")
            % {"signed": max(heads), "here": tree.size}
        )


def _is_itself(event: Event) -> bool:
    return bytes(event.leaf) == rules.leaf_hash(bytes(event.salt), event.body.encode())


def _columns_agree(event: Event) -> bool:
    body = json.loads(event.body)
    about = str(event.about) if event.about else ""
    return bool(body["act"] == event.act and body["about"] == about)
