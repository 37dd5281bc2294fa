"""What is done with documents: written, sent for comment, adopted."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from django.utils import formats, translation
from django.utils.translation import gettext as _

from varna.documents.models import AdviceCheck, Document, Version, writes
from varna.documents.rules import versions as rules
from varna.documents.rules.marks import blocks
from varna.documents.rules.versions import Reason, State
from varna.documents.words import adopter
from varna.foundation import clock, deeds
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import Forbidden, deed, leave, let, locked, refuse
from varna.foundation.print.press import CannotBeSetError, pdf


@dataclass(frozen=True, slots=True)
class Decision:
    """Who adopted a version, when, how it was decided, and from when it is in force."""

    adopted_on: dt.date
    adopted_by: str
    in_force_on: dt.date
    decision: str = ""
    reference: str = ""


@deed("documents.opened")
def open_document(*, code: str, title: str, by: Actor, at: dt.datetime) -> Document:
    let(writes(by))
    refuse(Reason.NUMBER_TAKEN if Document.unscoped.filter(code=code).exists() else None)
    made = Document.unscoped.create(code=code, title=title)
    leave("documents.opened", about=made.pk)
    return made


@deed("documents.drafted")
def draft(
    document: Document, *, number: str, by: Actor, at: dt.datetime, text: str | None = None
) -> Version:
    """A new draft, beginning with the words that were adopted last."""
    let(writes(by))
    others = Version.unscoped.filter(document=document)
    refuse(Reason.NUMBER_TAKEN if others.filter(number=number).exists() else None)
    last = others.filter(state=State.ADOPTED).order_by("-in_force_on").first()
    made = Version.unscoped.create(
        document=document,
        number=number,
        text=(last.text if last else "") if text is None else text,
        made_at=at,
        changed_at=at,
    )
    leave("documents.drafted", about=made.pk)
    return made


@deed("documents.written")
def write(
    version: uuid.UUID,
    *,
    text: str,
    by: Actor,
    at: dt.datetime,
    seen: dt.datetime | None = None,
) -> Version:
    """Save a draft. `seen`: when it was last saved, as the writer saw it."""
    row = _locked(version, by)
    refuse(rules.why_not_change(State(row.state)))
    meanwhile = seen is not None and row.changed_at != seen and row.text != text
    refuse(Reason.MEANWHILE if meanwhile else None)
    row.text, row.changed_at = text, at
    row.save(update_fields=["text", "changed_at"])
    leave("documents.written", about=version)
    return row


@deed("documents.sent")
def send(version: uuid.UUID, *, to: str, until: dt.date | None, by: Actor, at: dt.datetime) -> None:
    """Send for comment. Everybody signed in may read it until it is adopted or taken back."""
    row = _locked(version, by)
    refuse(rules.why_not_change(State(row.state)))
    refuse(None if row.text.strip() else Reason.EMPTY)
    row.state, row.sent_on, row.sent_to = State.SENT, clock.day_of(at), to
    row.comments_until = until
    row.save(update_fields=["state", "sent_on", "sent_to", "comments_until"])
    leave("documents.sent", about=version)


@deed("documents.taken_back")
def take_back(version: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """From comment to the desk again, to be written in."""
    row = _locked(version, by)
    refuse(Reason.ADOPTED if row.state == State.ADOPTED else None)
    row.state = State.DRAFT
    row.save(update_fields=["state"])
    leave("documents.taken_back", about=version)


@deed("documents.adopted")
def adopt(version: uuid.UUID, decided: Decision, *, by: Actor, at: dt.datetime) -> Version:
    """Fix the words for good, and print them. Older versions are left as they are."""
    row = _locked(version, by)
    taken = Version.unscoped.filter(document=row.document, state=State.ADOPTED)
    refuse(
        rules.why_not_adopt(
            State(row.state),
            row.text,
            adopted_on=decided.adopted_on,
            in_force_on=decided.in_force_on,
            today=clock.day_of(at),
            taken=[day for day in taken.values_list("in_force_on", flat=True) if day],
        )
    )
    row.state = State.ADOPTED
    row.adopted_on, row.adopted_by = decided.adopted_on, decided.adopted_by
    row.decision, row.reference = decided.decision, decided.reference
    row.in_force_on = decided.in_force_on
    row.pdf = printed(row, decided, at=at)
    row.sha256 = hashlib.sha256(row.pdf).hexdigest()
    row.save()
    leave("documents.adopted", about=version, sha256=row.sha256)
    return row


@deed("advice.confirmed")
def confirm_advice(name: str, *, by: Actor, at: dt.datetime) -> None:
    """A piece of advice has been read today, and is still right here."""
    let(writes(by))
    row = AdviceCheck.unscoped.create(name=name, on=clock.day_of(at), noted_by=by.reference)
    leave("advice.confirmed", about=row.pk, name=name)


def printed(row: Version, decided: Decision, *, at: dt.datetime) -> bytes:
    """The adopted words and the decision, in the language that they are written in."""
    with translation.override("sv"):
        facts = [
            (_("Version"), row.number),
            (_("Adopted by"), adopter(decided.adopted_by)),
            (_("Adopted on"), formats.date_format(decided.adopted_on, "j F Y")),
            (_("Decision"), decided.decision),
            (_("Reference number"), decided.reference),
            (_("In force from"), formats.date_format(decided.in_force_on, "j F Y")),
        ]
        content = {
            "lang": "sv",
            "title": row.document.title,
            "footer": f"{row.document.title}, {row.number}",
            "facts": [pair for pair in facts if pair[1]],
            "blocks": blocks(row.text),
        }
        try:
            return pdf("documents/adopted.typ", content, at=at)
        except CannotBeSetError:
            raise deeds.WhyNot(Reason.UNPRINTABLE) from None


def _locked(version: uuid.UUID, by: Actor) -> Version:
    """The version, with its document locked: two adoptions must not pass each other."""
    let(writes(by))
    its = Version.unscoped.filter(pk=version).values("document")
    document = Document.unscoped.select_for_update().filter(pk__in=its).first()
    if document is None:
        raise Forbidden
    row = locked(Version.unscoped, version)
    row.document = document
    return row
