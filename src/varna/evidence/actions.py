"""Keep an original at once; claim it when its form is accepted; sweep what nobody claimed."""

import base64
import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from varna.evidence import queries
from varna.evidence.models import KIND_LABELS, Item, Origin
from varna.evidence.rules import RISKY, kind_of, proof_of
from varna.evidence.sealed import Description
from varna.foundation.audit.destroying import destroys
from varna.foundation.codes import word_for
from varna.foundation.deeds import leave, part, refuse, upkeep
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import files, service
from varna.foundation.vault.uploads import Refusal, SealedUpload


A_DAY = dt.timedelta(hours=24)
UNCLAIMED_LIVES = A_DAY


@dataclass(frozen=True, slots=True)
class Original:
    """What a page may say of an original, to somebody who may know."""

    id: uuid.UUID
    name: str
    size: int
    kind: str  # a code
    sha256: str
    received_at: dt.datetime
    origin: str

    @property
    def kind_label(self) -> str:
        return word_for(KIND_LABELS, self.kind)

    @property
    def risky(self) -> bool:
        return self.kind in RISKY


@part("evidence.received")
def keep(
    owner: uuid.UUID,
    upload: SealedUpload,
    *,
    origin: Origin,
    at: dt.datetime,
    claimed: bool,
) -> Item:
    """Write down an original that is already sealed on disk, unless as many have come for the same
    report as may in a day. Its hash, keyed, goes into the log at once: the proof, for the
    police, that nothing has been changed since.
    """
    lately = queries.received_since(owner, at - A_DAY)
    refuse(Refusal.TOO_MANY if lately >= settings.FILES_MOST else None)
    item = Item(
        id=upload.file_id,
        owner=owner,
        origin=origin,
        received_at=at,
        claimed_at=at if claimed else None,
    )
    name = upload.name or ""
    meta = Description(
        name=name,
        raw_name=upload.raw_name,
        size=upload.size or 0,
        sha256=upload.sha256,
        key=upload.key,
        kind=kind_of(upload.head, name).value,
    )
    service.writer(owner, Compartment.EVIDENCE).seal(item, "meta", meta)
    item.save(force_insert=True)
    proof = proof_of(meta.sha256, meta.key)
    leave("evidence.received", about=owner, item=str(item.pk), proof=proof)
    upload.claim()
    return item


@part()
def claim(owner: uuid.UUID, *, at: dt.datetime) -> int:
    return Item.unscoped.filter(owner=owner, claimed_at=None).update(claimed_at=at)


@part()
def drop_waiting(owner: uuid.UUID) -> int:
    """Remove what came with a form that has not been accepted; answer how many."""
    waiting = list(Item.unscoped.filter(owner=owner, claimed_at=None))
    for item in waiting:
        _remove(item)
    return len(waiting)


def described(item: Item, handle: service.Handle) -> Original:
    meta = handle.read(item, "meta", Description)
    return Original(
        id=item.pk,
        name=meta.name,
        size=meta.size,
        kind=meta.kind,
        sha256=meta.sha256,
        received_at=item.received_at,
        origin=item.origin,
    )


def content(item: Item, handle: service.Handle) -> Iterator[bytes]:
    """Yield the original; the caller has left a line that it was fetched."""
    return files.read_file(item.pk, base64.b64decode(handle.read(item, "meta", Description).key))


def _remove(item: Item) -> None:
    file_id = item.pk  # the row forgets it when it is deleted
    item.delete()
    files.remove_file(file_id)


@upkeep
def remove_all(owner: uuid.UUID) -> int:
    """Remove rows and files after their keys were destroyed."""
    items = list(Item.unscoped.filter(owner=owner))
    for item in items:
        _remove(item)
    return len(items)


@upkeep
@destroys
def sweep(*, at: dt.datetime) -> int:
    """Remove what nobody claimed for a day, and files that have no row. Answer how many."""
    old = Item.unscoped.filter(claimed_at=None, received_at__lt=at - UNCLAIMED_LIVES)
    removed = 0
    for item in old:
        _remove(item)
        removed += 1
    oldest = (at - UNCLAIMED_LIVES).timestamp()
    for file_id, written in files.stored_files():
        if written < oldest and not Item.unscoped.filter(pk=file_id).exists():
            files.remove_file(file_id)
            removed += 1
    return removed
