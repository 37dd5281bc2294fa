"""Which municipality is being served just now.

One installation serves one municipality by default. Nothing may assume that it is the only one
in the process: whoever needs the keystore, the media folder or the database asks here.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Tenant:
    id: uuid.UUID
    keystore: Path
    media: Path
    checkpoints: Path
    database: str = "default"


_chosen: ContextVar[Tenant | None] = ContextVar("tenant", default=None)


def current() -> Tenant:
    chosen = _chosen.get()
    if chosen is not None:
        return chosen
    return Tenant(
        id=uuid.UUID(settings.TENANT),
        keystore=settings.KEYSTORE,
        media=settings.MEDIA,
        checkpoints=settings.CHECKPOINTS,
    )


@contextmanager
def serving(tenant: Tenant) -> Iterator[None]:
    token = _chosen.set(tenant)
    try:
        yield
    finally:
        _chosen.reset(token)
