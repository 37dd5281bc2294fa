"""Originals by the report or case they came with; the caller has asked who is looking."""

import base64
import datetime as dt
import uuid

from varna.evidence.models import Item, ItemQuerySet


def originals_of(owner: uuid.UUID) -> ItemQuerySet:
    return Item.unscoped.about(owner)


def original(item: uuid.UUID) -> Item | None:
    """One original whose form was accepted; what it holds still has to be opened."""
    return Item.unscoped.filter(pk=item).exclude(claimed_at=None).first()


def key_within(model: str, clear: dict[str, str]) -> bytes | None:
    """The key of an original, in what was sealed of it; for whoever reads a copy again."""
    return base64.b64decode(clear["key"]) if model == Item._meta.label else None  # noqa: SLF001


def received_since(owner: uuid.UUID, moment: dt.datetime) -> int:
    """How many files have come for it, with its form or later."""
    return Item.unscoped.filter(owner=owner, received_at__gt=moment).count()


def waiting(owner: uuid.UUID) -> int:
    """How many files were received with a form that is not yet accepted."""
    return Item.unscoped.filter(owner=owner, claimed_at=None).count()
