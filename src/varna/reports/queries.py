"""Reports by what leads to them: their form, their code, the case they are linked to."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from varna.reports.models import Entry, Report, ReportQuerySet
from varna.reports.receipts import lookup
from varna.reports.rules import normalised


def already_sent(report: uuid.UUID) -> Report | None:
    """The report that this form has already led to."""
    return Report.unscoped.filter(pk=report).first()


def with_code(written: str) -> Report | None:
    code = normalised(written)
    return Report.unscoped.filter(lookup=lookup(code)).first() if code else None


def among(ids: Iterable[uuid.UUID]) -> ReportQuerySet:
    """Reports that are linked to a case which the caller has found for its actor."""
    return Report.unscoped.filter(pk__in=list(ids)).order_by("received_at")


def thread_of(report: Report) -> QuerySet[Entry]:
    return Entry.unscoped.filter(report=report)
