"""Which files wait, and for whom."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from varna.importing.models import Import, ImportState


IN_THE_REQUEST = 5_000  # rows; above it the worker compares and applies, and the page shows how far
LEFT_OVER_AFTER = dt.timedelta(hours=24)
A_REQUEST_DIES_AFTER = dt.timedelta(minutes=5)


def recent_imports(most: int = 20) -> "QuerySet[Import]":
    return Import.unscoped.all()[:most]


def find_import(pk: uuid.UUID) -> Import | None:
    return Import.unscoped.filter(pk=pk).first()


def imports_left_over(at: dt.datetime) -> list[Import]:
    """Files that have waited for a day. Those in the worker's hands are left in them."""
    waiting = [ImportState.UPLOADED, ImportState.PLANNED]
    return list(Import.unscoped.filter(state__in=waiting, made_at__lt=at - LEFT_OVER_AFTER))


def imports_in_turn(at: dt.datetime) -> "QuerySet[Import]":
    """What waits for the worker, the oldest first; also what a request died from."""
    waiting = Import.unscoped.filter(state__in=[ImportState.PLANNING, ImportState.APPLYING])
    large = Q(rows__gt=IN_THE_REQUEST)
    return waiting.filter(large | Q(made_at__lt=at - A_REQUEST_DIES_AFTER)).order_by("made_at")


def is_large(job: Import) -> bool:
    """Too large to be compared while somebody waits for a page."""
    return job.rows > IN_THE_REQUEST
