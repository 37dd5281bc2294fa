"""A Merkle tree as in RFC 6962, and signed notes of its head (C2SP tlog-checkpoint). Pure."""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


HASH = 32
EMPTY = hashlib.sha256(b"").digest()


def canonical(body: Mapping[str, object]) -> bytes:
    """JSON with one spelling only: sorted keys, no blanks, UTF-8 (strings and whole numbers)."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def moment(at: dt.datetime) -> str:
    """As a line says it: UTC, to the millisecond."""
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds")


STEP = dt.timedelta(hours=2)  # so much a clock may be set by, while the machine is on
AWAY = dt.timedelta(days=7)  # so long a machine may have been off without anybody being asked


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock says, and when by it the machine was started."""

    at: dt.datetime
    boot: str = ""  # which start of the machine; empty: not known
    booted_at: dt.datetime | None = None


def disagrees(known: Reading, now: Reading) -> bool:
    """Whether the clock has leapt since it was known. For as long as the machine is on, its start
    lies still: small steps do not add up unseen. Over another start only the clock itself tells.
    """
    if known.booted_at and now.booted_at and known.boot == now.boot != "":
        return abs(now.booted_at - known.booted_at) > STEP
    return not -STEP <= now.at - known.at <= AWAY


def has_leapt(known: Reading | None, seen: bool, now: Reading) -> bool:  # noqa: FBT001
    """`seen`: it has been seen to, and nobody has confirmed it."""
    return seen or (known is not None and disagrees(known, now))


def leaf_hash(salt: bytes, body: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + salt + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Tree:
    """A tree that only grows: it keeps one hash for each whole subtree, largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        self.peaks.append(leaf)
        self.size += 1
        whole = self.size
        while whole % 2 == 0:
            right, left = self.peaks.pop(), self.peaks.pop()
            self.peaks.append(node_hash(left, right))
            whole //= 2

    def root(self) -> bytes:
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def joined(self) -> bytes:
        """The hashes one after the other, as a row keeps them."""
        return b"".join(self.peaks)


def kept(size: int, joined: bytes) -> Tree:
    """The tree that a row has kept."""
    return Tree(size, [joined[at : at + HASH] for at in range(0, len(joined), HASH)])


def grown(leaves: Iterable[bytes]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the log at some moment: its name, how many lines, and their root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(origin: str, public: Ed25519PublicKey) -> bytes:
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(origin.encode() + b"\n\x01" + raw).digest()[:4]


def signed(head: Head, key: Ed25519PrivateKey) -> str:
    """Answer the head as a signed note."""
    signature = key_id(head.origin, key.public_key()) + key.sign(head.text().encode())
    return f"{head.text()}\n— {head.origin} {base64.b64encode(signature).decode()}\n"


def read_note(note: str, public: Ed25519PublicKey) -> Head | None:
    """Answer the head that this note signs, or None when the note or its signature is bad."""
    try:
        text, _, line = note.partition("\n\n")
        origin, size, root = text.split("\n")
        signature = base64.b64decode(line.strip().rsplit(" ", 1)[1], validate=True)
        head = Head(origin, int(size), base64.b64decode(root, validate=True))
        if signature[:4] != key_id(origin, public):
            return None
        public.verify(signature[4:], head.text().encode())
    except (ValueError, IndexError, InvalidSignature):
        return None
    return head


# ── the way up: that a line stands below a head (RFC 6962 2.1.1) ──────────────────────────────
Step = tuple[str, bytes]  # on which side the other half is ("left", "right"), and its hash


def levels(leaves: list[bytes]) -> list[list[bytes]]:
    """The whole tree, from its leaves to its root; an odd one out goes up as it is."""
    found = [leaves]
    while len(found[-1]) > 1:
        below = found[-1]
        pairs = [
            node_hash(below[at], below[at + 1]) if at + 1 < len(below) else below[at]
            for at in range(0, len(below), 2)
        ]
        found.append(pairs)
    return found


def way_up(tree: list[list[bytes]], index: int) -> Iterator[Step]:
    """The other halves from a leaf to the root."""
    for level in tree[:-1]:
        other = index ^ 1
        if other < len(level):
            yield ("left" if other < index else "right"), level[other]
        index //= 2
