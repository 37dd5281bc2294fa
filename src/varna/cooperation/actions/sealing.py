"""Seal and open what is written in this room. Reading leaves a line that is on disk first."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from varna.cooperation.models import keeps_cooperation
from varna.foundation.accounts.rules import Actor, Strength
from varna.foundation.audit import actions as audit
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault


PARTS = (Compartment.CONTENT, Compartment.PROTECTION)


class RefusedError(Exception):
    """This actor may not; the page answers as if it did not exist."""


def writer(by: Actor) -> vault.Writer:
    if not keeps_cooperation(by):
        raise RefusedError
    return vault.writer(owners.COOPERATION, *PARTS)


@contextmanager
def reading(about: uuid.UUID | None, *, by: Actor, at: dt.datetime) -> Iterator[vault.Handle]:
    if not keeps_cooperation(by) or not (by.system or by.strength is Strength.STRONG):
        raise RefusedError
    if not by.system:
        with transaction.atomic(durable=True):
            audit.record("cooperation.read", by=by, at=at, about=about)
    with vault.opened_by_system(owners.COOPERATION, *PARTS, purpose="cooperation", at=at) as handle:
        yield handle
