"""Read a plan's file, decide to follow it, and note the days of events."""

import datetime as dt
import hashlib
import uuid

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let, locked, refuse, unchanged
from varna.plan import queries
from varna.plan.models import OWNERS, Adoption, Edition, Event
from varna.plan.rules.calendar import GIVEN
from varna.plan.rules.faults import ID
from varna.plan.rules.history import why_not_adopt, why_not_tie
from varna.plan.rules.loading import load


class NotAnEventError(ValueError):
    """Its day follows from the election, or its name is none."""


def _let_owner(by: Actor) -> None:
    let(bool(by.system) or by.has(*OWNERS))


@deed("plan.read")
def read_plan(content: bytes, *, by: Actor, at: dt.datetime) -> Edition:
    """Keep a file that is whole and without fault; PlanRefusedError says all that is wrong.

    The same file read again is the same edition.
    """
    _let_owner(by)
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
        leave("plan.read", about=edition.pk)
    else:
        unchanged()
    return edition


@deed("plan.adopted")
def adopt_plan(
    edition: uuid.UUID,
    *,
    from_on: dt.date,
    by: Actor,
    at: dt.datetime,
    decision: str = "",
) -> Adoption:
    """Follow a version from a day. What has fallen due stays under the version of its day."""
    _let_owner(by)
    # Every edition is locked, in one order: two decisions at once take turns, whichever they adopt.
    list(Edition.unscoped.select_for_update().order_by("pk").values_list("pk"))
    row = locked(Edition.unscoped, edition)
    known = queries.followed(clock.day_of(at))
    history = known.history if known else ()
    refuse(why_not_adopt(history, queries.plan_of(row), from_on, clock.day_of(at)))
    adoption = Adoption.unscoped.create(
        edition=row,
        from_on=from_on,
        decision=decision,
        at=at,
        by=by.reference,
    )
    leave("plan.adopted", about=row.pk, from_on=from_on.isoformat())
    return adoption


@deed("plan.tied")
def tie_text(
    adoption: uuid.UUID, document: uuid.UUID, sha256: str, text: str, *, by: Actor, at: dt.datetime
) -> None:
    """The version that is followed is a reading of this adopted text. `sha256`: of the document's
    file, so that another one is noticed; `text`: its words, empty where only the file is kept.
    """
    _let_owner(by)
    row = locked(Adoption.unscoped, adoption)
    refuse(why_not_tie(queries.plan_of(row.edition).source_sha256, text))
    if (row.document, row.document_sha256) == (document, sha256):
        unchanged()
        return
    row.document, row.document_sha256 = document, sha256
    row.save(update_fields=["document", "document_sha256"])
    leave("plan.tied", about=row.edition_id, document=str(document), sha256=sha256)


@deed("plan.event_noted")
def note_event(name: str, *, on: dt.date, by: Actor, at: dt.datetime) -> Event:
    """Enter the day of something that commitments wait for. Said twice, it is noted once."""
    _let_owner(by)
    if name in GIVEN or not ID.fullmatch(name):
        raise NotAnEventError
    event, new = Event.unscoped.get_or_create(
        name=name, on=on, taken_back_at=None, defaults={"at": at, "by": by.reference}
    )
    if new:
        leave("plan.event_noted", about=event.pk, on=on.isoformat())
    else:
        unchanged()
    return event


@deed("plan.event_taken_back")
def take_back_event(event: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """It did not happen on that day. The row stays, and says so."""
    _let_owner(by)
    if Event.unscoped.filter(pk=event, taken_back_at=None).update(taken_back_at=at):
        leave("plan.event_taken_back", about=event)
    else:
        unchanged()
