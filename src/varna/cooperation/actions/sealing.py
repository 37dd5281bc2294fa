"""Seal and open what is written in this room."""

import datetime as dt
import uuid
from contextlib import AbstractContextManager

from varna.cooperation.models import keeps_cooperation
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import let
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault


PARTS = (Compartment.CONTENT, Compartment.PROTECTION)


def let_keep(by: Actor) -> vault.Writer:
    """Let whoever keeps cooperation, and answer what seals their words."""
    let(keeps_cooperation(by))
    return vault.writer(owners.COOPERATION, *PARTS)


def reading(
    about: uuid.UUID | None, *, by: Actor, at: dt.datetime
) -> AbstractContextManager[vault.Handle]:
    may = keeps_cooperation(by)
    return vault.opened_for(
        owners.COOPERATION, *PARTS, may=may, act="cooperation.read", about=about, by=by, at=at
    )
