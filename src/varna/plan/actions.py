"""Read a plan's file, decide to follow it, and note the days of events."""

import datetime as dt
import hashlib
import uuid

from django.db import transaction

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.plan import queries
from varna.plan.models import OWNERS, Adoption, Edition, Event
from varna.plan.rules.calendar import GIVEN
from varna.plan.rules.faults import ID
from varna.plan.rules.history import WhyNotAdopt, why_not_adopt
from varna.plan.rules.loading import load


class RefusedError(Exception):
    """This actor does not own the plan; the page answers as if it did not exist."""


class NotAdoptedError(Exception):
    def __init__(self, reason: WhyNotAdopt) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NotAnEventError(ValueError):
    """Its day follows from the election, or its name is none."""


def _owner(actor: Actor) -> None:
    if not (actor.system or actor.has(*OWNERS)):
        raise RefusedError


@transaction.atomic
def read_plan(content: bytes, *, by: Actor, at: dt.datetime) -> Edition:
    """Keep a file that is whole and without fault; PlanRefusedError says all that is wrong.

    The same file read again is the same edition.
    """
    _owner(by)
    plan = load(content)
    text = content.decode("utf-8-sig")
    digest = hashlib.sha256(text.encode()).hexdigest()
    edition, new = Edition.unscoped.get_or_create(
        sha256=digest,
        defaults={
            "plan": plan.id,
            "version": plan.version,
            "text": text,
            "read_at": at,
            "read_by": by.reference,
        },
    )
    if new:
        audit.record("plan.read", by=by, at=at, about=edition.pk)
    return edition


@transaction.atomic
def adopt_plan(
    edition: uuid.UUID,
    *,
    from_on: dt.date,
    by: Actor,
    at: dt.datetime,
    decision: str = "",
    document: uuid.UUID | None = None,
) -> Adoption:
    """Follow a version from a day. What has fallen due stays under the version of its day."""
    _owner(by)
    # Every edition is locked, in one order: two decisions at once take turns, whichever they adopt.
    list(Edition.unscoped.select_for_update().order_by("pk").values_list("pk"))
    row = Edition.unscoped.get(pk=edition)
    known = queries.followed(clock.day_of(at))
    history = known.history if known else ()
    reason = why_not_adopt(history, queries.plan_of(row), from_on, clock.day_of(at))
    if reason is not None:
        raise NotAdoptedError(reason)
    adoption = Adoption.unscoped.create(
        edition=row,
        from_on=from_on,
        document=document,
        decision=decision,
        at=at,
        by=by.reference,
    )
    audit.record("plan.adopted", by=by, at=at, about=row.pk, from_on=from_on.isoformat())
    return adoption


@transaction.atomic
def note_event(name: str, *, on: dt.date, by: Actor, at: dt.datetime) -> Event:
    """Enter the day of something that commitments wait for. Said twice, it is noted once."""
    _owner(by)
    if name in GIVEN or not ID.fullmatch(name):
        raise NotAnEventError
    event, new = Event.unscoped.get_or_create(
        name=name, on=on, taken_back_at=None, defaults={"at": at, "by": by.reference}
    )
    if new:
        audit.record("plan.event_noted", by=by, at=at, about=event.pk, on=on.isoformat())
    return event


@transaction.atomic
def take_back_event(event: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """It did not happen on that day. The row stays, and says so."""
    _owner(by)
    if Event.unscoped.filter(pk=event, taken_back_at=None).update(taken_back_at=at):
        audit.record("plan.event_taken_back", by=by, at=at, about=event)
