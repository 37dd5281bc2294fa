"""Which files wait, and for whom."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from varna.foundation import clock
from varna.importing.models import Before, Import, ImportState


IN_THE_REQUEST = 5_000  # rows; above it the worker compares and applies, and the page shows how far
LEFT_OVER_AFTER = dt.timedelta(hours=24)
A_REQUEST_DIES_AFTER = dt.timedelta(minutes=5)
STILL_WRITING = dt.timedelta(minutes=2)  # or nobody is at it any more


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
    waiting = Q(state__in=[ImportState.PLANNING, ImportState.APPLYING])
    large = Q(rows__gt=IN_THE_REQUEST) | Q(made_at__lt=at - A_REQUEST_DIES_AFTER)
    broken_off = Q(state=ImportState.WRITING, moved_at__lte=at - STILL_WRITING)
    in_turn = Import.unscoped.filter((waiting & large) | broken_off).exclude(file=None)
    return in_turn.order_by("made_at")


def being_written(at: dt.datetime) -> "QuerySet[Import]":
    """The file that somebody is writing into the register now, or taking back."""
    begun = [ImportState.WRITING, ImportState.BROKEN]
    return Import.unscoped.filter(state__in=begun, moved_at__gt=at - STILL_WRITING)


def can_be_undone(job: Import, *, at: dt.datetime) -> bool:
    """The latest that was written, whole or broken off, until the next."""
    begun = job.state in {ImportState.WRITING, ImportState.BROKEN}
    broken_off = begun and not being_written(at).filter(pk=job.pk).exists()
    over = job.state == ImportState.APPLIED or broken_off
    return over and Before.unscoped.filter(job=job.pk).exists()


def days_applied() -> list[dt.date]:
    """The days on which a file was written into the register, whole and to stay."""
    rows = Import.unscoped.filter(state=ImportState.APPLIED).exclude(applied_at=None)
    return sorted({clock.day_of(at) for at in rows.values_list("applied_at", flat=True) if at})


def is_large(job: Import) -> bool:
    """Too large to be compared while somebody waits for a page."""
    return job.rows > IN_THE_REQUEST
