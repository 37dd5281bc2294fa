"""What the worker does again and again for reports and cases."""

import datetime as dt
import functools
import logging
import uuid

from varna.cases.actions.closing import shred_again
from varna.cases.models import Case
from varna.evidence import actions as evidence
from varna.evidence.models import Item
from varna.foundation.audit.queries import is_older_than_its_heads
from varna.foundation.keys.store import keystore
from varna.foundation.vault import service as vault
from varna.reports.models import Report


log = logging.getLogger("varna.sweeps")
UNUSED_KEYS_LIVE = dt.timedelta(hours=24)


def leftovers(*, at: dt.datetime) -> int:
    """Files nobody claimed, and keys that never came to seal anything that was kept."""
    if at - _last_swept() < dt.timedelta(minutes=10):
        return 0
    _remember(at)
    return sweep_everything(at=at)


def sweep_everything(*, at: dt.datetime) -> int:
    """An older copy of the database knows nothing of what came after it: then only what was decided
    is destroyed, and nothing because no row names it.
    """
    destroyed = shred_again(at=at)
    keystore().settle()
    if is_older_than_its_heads():
        log.warning("the database is older than the signed heads beside it; nothing is swept")
        return destroyed
    return destroyed + evidence.sweep(at=at) + unused_keys(at=at)


def unused_keys(*, at: dt.datetime) -> int:
    owners = keystore().owners(older_than=at - UNUSED_KEYS_LIVE) - vault.INSTALLATION
    unused = owners - _known(owners)
    for owner in unused:
        keystore().discard(owner)
    return len(unused)


def _known(owners: set[uuid.UUID]) -> set[uuid.UUID]:
    known: set[uuid.UUID] = set()
    listed = sorted(owners)
    for start in range(0, len(listed), 500):
        some = listed[start : start + 500]
        known |= set(Report.unscoped.filter(pk__in=some).values_list("pk", flat=True))
        known |= set(Case.unscoped.filter(pk__in=some).values_list("pk", flat=True))
        known |= set(Item.unscoped.filter(owner__in=some).values_list("owner", flat=True))
    return known


@functools.cache
def _times() -> list[dt.datetime]:
    return [dt.datetime.min.replace(tzinfo=dt.UTC)]


def _last_swept() -> dt.datetime:
    return _times()[0]


def _remember(at: dt.datetime) -> None:
    _times()[0] = at
