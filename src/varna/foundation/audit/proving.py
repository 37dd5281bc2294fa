"""Show somebody outside the house that lines stand in the signed log, and nothing of the others."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from varna.foundation.audit.actions import sign_head
from varna.foundation.audit.models import Checkpoint, Leaf
from varna.foundation.audit.queries import signing_key
from varna.foundation.audit.rules import Step, levels, way_up


@dataclass(frozen=True, slots=True)
class ProvedLine:
    """A line as it was written, its place, and the way from it to the head's root."""

    about: uuid.UUID
    body: str
    salt: bytes
    index: int
    way: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some of the log's lines below its last signed head. `note` is empty before the first."""

    note: str
    key: bytes  # the public half, 32 bytes
    lines: tuple[ProvedLine, ...]


def excerpt(about: Iterable[uuid.UUID], acts: Iterable[str], *, at: dt.datetime) -> Excerpt:
    """The lines about these, of these acts, in the log's order, under a head that is signed now."""
    sign_head(at=at)
    key = signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    last = Checkpoint.unscoped.order_by("-size").first()
    if last is None:
        return Excerpt("", key, ())
    placed = Leaf.unscoped.filter(index__lt=last.size).order_by("index")
    hashes = placed.values_list("event__leaf", flat=True)
    tree = levels([bytes(leaf) for leaf in hashes.iterator(chunk_size=5000)])
    mine = placed.filter(event__about__in=set(about), event__act__in=set(acts)).select_related(
        "event"
    )
    lines = tuple(
        ProvedLine(
            row.event.about,
            row.event.body,
            bytes(row.event.salt),
            row.index,
            tuple(way_up(tree, row.index)),
        )
        for row in mine
        if row.event.about
    )
    return Excerpt(last.note, key, lines)
