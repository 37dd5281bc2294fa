"""Is the log whole? And the key that signs it."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.db import DatabaseError
from django.db.models import Subquery
from django.utils.translation import gettext as _

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from varna.foundation import clock, tenant
from varna.foundation.audit import rules
from varna.foundation.audit.models import Checkpoint, Clock, Event, Leaf, Range, Waiting
from varna.foundation.keys.providers import RootKeyError
from varna.foundation.keys.store import keystore
from varna.foundation.tags import is_written


HEAD = "signed-head/"  # in the keystore; the name says how many lines
PLACED_WITHIN = dt.timedelta(minutes=10)
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
    held = _range_and_last()  # before the lines: more may come while they are read
    heads = _heads(verdict, witnessed)
    _check_memory(verdict, heads)
    _read_lines(verdict, heads, held)
    _check_waiting(verdict)
    return verdict


Head = tuple[int, bytes]
Heads = dict[int, set[bytes]]


def _heads(verdict: Verdict, witnessed: str) -> Heads:
    """Every head that has been signed and kept, in the database, in the file, elsewhere."""
    public = signing_key().public_key()
    notes: list[tuple[str, int | None]] = [
        (c.note, c.size) for c in Checkpoint.unscoped.order_by("size")
    ]
    apart = tenant.current().checkpoints
    beside = apart.read_text(encoding="utf-8", errors="replace") if apart.exists() else ""
    notes += [(block, None) for block in _notes_in(beside + "\n" + witnessed)]
    heads: Heads = {}
    for note, size in notes:
        head = rules.read_note(note, public)
        if head is None or (size is not None and head.size != size):
            verdict.faults.append(_("A checkpoint has a bad signature (size %s).") % (size or "?"))
            continue
        heads.setdefault(head.size, set()).add(head.root)
    verdict.checkpoints = len(heads)
    return heads


def _check_memory(verdict: Verdict, heads: Heads) -> None:
    """The database and the file can be cut back together; the keystore still knows the last."""
    try:
        known = last_head()
    except RootKeyError:
        verdict.faults.append(_("The head that the keystore keeps has been changed."))
        return
    if known is None:
        if heads:
            verdict.faults.append(_("The keystore keeps no signed head."))
        return
    size, root = known
    heads.setdefault(size, set()).add(root)
    if not is_known(size, root):
        verdict.faults.append(_("The last head that was signed is not in the database."))
    if size > _last_size_beside():
        verdict.faults.append(
            _("The file of checkpoints is missing, or ends before what has been signed.")
        )


def _last_size_beside() -> int:
    return max((int(note.split("\n")[1]) for note in _newest_beside()), default=0)


def last_head() -> Head | None:
    """How many lines were signed last, and their root, as the keystore remembers it."""
    kept = {int(name.removeprefix(HEAD)): root for name, root in keystore().kept(HEAD).items()}
    return max(kept.items()) if kept else None


def is_known(size: int, root: bytes) -> bool:
    """Whether the database has this signed head."""
    found = Checkpoint.unscoped.filter(size=size).first()
    head = rules.read_note(found.note, signing_key().public_key()) if found else None
    return head is not None and head.root == root


def is_older_than_its_heads() -> bool:
    """Whether the keystore, or the file beside the database, holds signed heads that the database
    does not know: an older copy has been put back. Nothing may then be thrown away because no row
    names it.
    """
    known = last_head()
    if known is not None and not is_known(*known):
        return True
    notes = _newest_beside()
    sizes = [int(note.split("\n")[1]) for note in notes]
    rows = Checkpoint.unscoped.filter(size__gte=min(sizes, default=0))
    return not set(notes) <= set(rows.values_list("note", flat=True))


def read_clock() -> rules.Reading:
    now = clock.now()
    return rules.Reading(now, clock.boot(), now - clock.since_boot())


def known_clock() -> tuple[rules.Reading | None, bool]:
    """What the clock said when it was last believed, and whether it has been seen to leap since.
    Nothing: the installation is new.
    """
    row = Clock.unscoped.first()
    if row is not None and is_written(row):
        return rules.Reading(row.at, row.boot, row.booted_at), row.leapt_at is not None
    last = Checkpoint.unscoped.order_by("-size").first()
    return (rules.Reading(last.at) if last else None), False


def has_leapt() -> bool:
    """Whether the clock says something else than it could by what was last known of it, and nobody
    has confirmed it.
    """
    return rules.has_leapt(*known_clock(), read_clock())


def _newest_beside() -> list[str]:
    """The last notes of the file; none where there is none."""
    apart = tenant.current().checkpoints
    if not apart.exists():
        return []
    start = max(0, apart.stat().st_size - NEWEST_BYTES)
    with apart.open("rb") as file:
        file.seek(start)
        notes = _notes_in(file.read().decode(errors="replace"))
    return notes[1:] if start else notes  # the first of a part may be cut


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


def _range_and_last() -> Range | None:
    """The row that the next head is signed of, with the last place there was at that moment."""
    last = Leaf.unscoped.order_by("-index").values("index")[:1]
    return Range.unscoped.annotate(last=Subquery(last)).first()


def _fits(held: Range | None, tree: rules.Tree) -> bool:
    """Whether the row holds what the lines so far give, and no more came before it was read. None:
    no line has had its place since there are such rows.
    """
    if held is None:
        return True
    last = held.last  # type: ignore[attr-defined]  # annotated
    as_many = held.size == tree.size == (0 if last is None else last + 1)
    return as_many and is_written(held) and bytes(held.peaks) == tree.joined()


def _read_lines(verdict: Verdict, heads: Heads, held: Range | None) -> None:
    tree, fits = rules.Tree(), _fits(held, rules.Tree())
    for index, leaf, event in _lines():
        if index != tree.size:
            verdict.faults.append(_("Line %d is missing.") % tree.size)
            break
        tree.append(leaf)
        if event is None:
            verdict.faults.append(_("Line %d has been changed.") % index)
        elif not _columns_agree(event):
            verdict.faults.append(_("Line %d is filed under something else than it says.") % index)
        if any(root != tree.root() for root in heads.pop(tree.size, ())):
            verdict.faults.append(
                _("The first %d lines are not those that were signed.") % tree.size
            )
        fits = fits or _fits(held, tree)
    verdict.lines = tree.size
    if heads:
        verdict.faults.append(
            _("Lines are missing at the end: %(signed)d were signed, %(here)d are here.")
            % {"signed": max(heads), "here": tree.size}
        )
    if not fits:
        verdict.faults.append(_("The sum that the next head is signed of is not the lines' own."))


Line = tuple[int, bytes, Event | None]
SOME = 2000
MARKS = '"seals":['
CANNOT_BE_READ = (DatabaseError, ValueError, TypeError, AttributeError)


def _lines() -> Iterator[Line]:
    """Each place, the hash of the line in it, and the line; None for one that is not what was
    written, or that the database itself cannot read. The rest is still read.
    """
    rows, after = Leaf.unscoped.select_related("event").order_by("index"), -1
    while True:
        wanted = rows.filter(index__gt=after)
        try:
            found: list[Line] = [_line(row) for row in wanted[:SOME]]
        except CANNOT_BE_READ:
            found = [_one(index) for index in wanted.values_list("index", flat=True)[:SOME]]
        yield from found
        if not found:
            return
        after = found[-1][0]


def every_mark() -> Iterator[str]:
    """What the log says of everything that was sealed, in the order it was written: those without a
    place yet come last.
    """
    placed = (event for _index, _leaf, event in _lines())
    waiting = Event.unscoped.filter(pk__in=Waiting.unscoped.values("event")).order_by("pk")
    for event in chain(placed, waiting):
        if event is not None and MARKS in event.body:
            yield from json.loads(event.body).get("seals", [])


def _line(row: Leaf) -> Line:
    said = _said(row.event)
    return row.index, said, row.event if said == bytes(row.event.leaf) else None


def _one(index: int) -> Line:
    """The line alone; where it cannot be read, the hash that stands beside it, if that can."""
    try:
        return _line(Leaf.unscoped.select_related("event").get(index=index))
    except CANNOT_BE_READ:
        leaf = Leaf.unscoped.filter(index=index).values_list("event__leaf", flat=True)[0]
        return index, leaf if isinstance(leaf, bytes) else b"", None


def _said(event: Event) -> bytes:
    return rules.leaf_hash(bytes(event.salt), event.body.encode())


def _check_waiting(verdict: Verdict) -> None:
    late = clock.now() - PLACED_WITHIN
    waiting = Event.unscoped.exclude(pk__in=Leaf.unscoped.values("event"))
    for pk in list(waiting.values_list("pk", flat=True)):
        verdict.unplaced += 1
        verdict.faults += _why_not_wait(pk, late)


def _why_not_wait(pk: int, late: dt.datetime) -> list[str]:
    try:
        event = Event.unscoped.get(pk=pk)
        if bytes(event.leaf) == _said(event) and _columns_agree(event):
            told = _("A line has waited for its place for more than ten minutes.")
            return [told] if event.at < late else []
    except CANNOT_BE_READ:
        pass
    return [_("A line that waits for its place has been changed.")]


def _columns_agree(event: Event) -> bool:
    try:
        body = json.loads(event.body)
        said = (body.get("act"), body.get("about"), body.get("at"))
        about = str(event.about) if event.about else ""
        return said == (event.act, about, rules.moment(event.at))
    except (*CANNOT_BE_READ, RecursionError):
        return False
