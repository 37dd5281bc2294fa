"""What happens to a report: it is sent, answered, acknowledged, added to, put aside."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from varna.evidence import actions as evidence
from varna.evidence.models import Item, Origin
from varna.foundation.access import actions as access
from varna.foundation.access.models import Grant, GrantReason
from varna.foundation.access.rules import HANDLING, Relation
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.foundation.keys.rules import Compartment
from varna.foundation.notices import actions as notices
from varna.foundation.vault import service as vault
from varna.foundation.vault.uploads import SealedUpload
from varna.reports.models import Entry, Report
from varna.reports.receipts import Receipt, lookup
from varna.reports.rules import Consent, Lane, Reason, State


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told us, compartment by compartment; anything that JSON can say."""

    content: dict[str, object]
    contact: dict[str, str]
    pointed_out: str = ""
    consents: list[Consent] = field(default_factory=list)
    language: str = "sv"
    lane: Lane = Lane.NORMAL


class NotWaitingError(Exception):
    """The report is no longer waiting: somebody else was first."""


def submit(told: Told, receipt: Receipt, *, by: Actor, at: dt.datetime) -> Report:
    """Receive a report. When this returns, it is on disk and its keys are; sent twice, it is one.

    Keys first (security.md D6): a report without a key could never be read.
    """
    report = Report(
        id=receipt.report,
        received_at=at,
        lane=told.lane,
        language=told.language,
        lookup=lookup(receipt.code),
    )
    needed = [Compartment.CONTENT, Compartment.PROTECTION]
    if told.pointed_out:
        needed.append(Compartment.PERSON)
    writer = vault.writer(report.pk, *needed)
    writer.seal(report, "told", told.content)
    writer.seal(report, "consents", [consent.value for consent in told.consents])
    writer.seal(report, "contact", told.contact)
    if told.pointed_out:
        writer.seal(report, "pointed_out", told.pointed_out)
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            evidence.claim(report.pk, at=at)
            _let_in(report, by=by, at=at)
            audit.record("report.received", by=by, at=at, about=report.pk, lane=told.lane.value)
    except IntegrityError:
        return Report.unscoped.get(pk=receipt.report)
    return report


def _let_in(report: Report, *, by: Actor, at: dt.datetime) -> None:
    on_duty = access.open_to_duty(report.pk, by=by, at=at)
    if report.lane == Lane.NORMAL:
        notices.call_duty(on_duty, at=at)
    sender = Account.objects.filter(pk=by.account).first() if by.account else None
    if sender is not None:
        access.give(report.pk, sender, Relation.REPORTER, reason=GrantReason.OWN, by=by, at=at)
        if sender.pk in on_duty:  # nobody handles what they have reported themselves
            access.keep_out(report.pk, by=by, at=at, account=sender)


def _handlers_of(report: Report, *, at: dt.datetime) -> list[Grant]:
    return list(
        Grant.unscoped.in_force(at).filter(
            about=report.pk, relation__in=[relation.value for relation in HANDLING]
        )
    )


def say(report: Report, text: str, *, by: Actor, at: dt.datetime, author: Entry.Author) -> Entry:
    """Write in the thread. Writing needs no reading: a session by a mailed code may do it."""
    entry = Entry(report=report, at=at, author=author, account=by.account)
    vault.writer(report.pk).seal(entry, "words", {"text": text})
    with transaction.atomic():
        entry.save(force_insert=True)
        if author == Entry.Author.HANDLER:
            _tell_reporter(report, at=at)
            _acknowledged(report, at=at)
        else:
            notices.tell([grant.account for grant in _handlers_of(report, at=at)], at=at)
        audit.record("thread.written", by=by, at=at, about=report.pk, author=author.value)
    return entry


def _tell_reporter(report: Report, *, at: dt.datetime) -> None:
    own = Grant.unscoped.in_force(at).filter(about=report.pk, relation=Relation.REPORTER)
    notices.tell(own.values_list("account", flat=True), at=at)


def _acknowledged(report: Report, *, at: dt.datetime) -> None:
    Report.unscoped.filter(pk=report.pk, acknowledged_at=None).update(acknowledged_at=at)


@transaction.atomic
def acknowledge(report: Report, *, by: Actor, at: dt.datetime) -> None:
    """A handler has read it and says so; the reporter sees it at the next visit."""
    _acknowledged(report, at=at)
    _tell_reporter(report, at=at)
    audit.record("report.acknowledged", by=by, at=at, about=report.pk)


def add_file(report: Report, upload: SealedUpload, *, by: Actor, at: dt.datetime) -> Item:
    item = evidence.keep(report.pk, upload, origin=Origin.REPORTER, by=by, at=at, claimed=True)
    notices.tell([grant.account for grant in _handlers_of(report, at=at)], at=at)
    return item


def withdraw_consent(
    report: Report, consent: Consent, handle: vault.Handle, *, by: Actor, at: dt.datetime
) -> None:
    """Take a consent back. It stands in the thread, so that the handler sees that it did."""
    left = [value for value in handle.read(report, "consents") or [] if value != consent.value]
    handle.seal(report, "consents", left)
    entry = Entry(report=report, at=at, author=Entry.Author.REPORTER, account=by.account)
    handle.seal(entry, "words", {"withdrawn": consent.value})
    with transaction.atomic():
        report.save(update_fields=["consents"])
        entry.save(force_insert=True)
        notices.tell([grant.account for grant in _handlers_of(report, at=at)], at=at)
        audit.record("consent.withdrawn", by=by, at=at, about=report.pk)


def mark_seen(report: Report, *, author: Entry.Author, at: dt.datetime) -> None:
    """The other side has opened the thread; `author` is who wrote what was now seen."""
    Entry.unscoped.filter(report=report, author=author, seen_at=None).update(seen_at=at)


@transaction.atomic
def set_aside(report: Report, reason: Reason, *, by: Actor, at: dt.datetime) -> None:
    """No case comes of it. It stays, can be read, and can be taken up again."""
    report = Report.unscoped.select_for_update().get(pk=report.pk)
    if report.state != State.NEW:
        raise NotWaitingError
    report.state = State.SET_ASIDE
    report.set_aside_for = reason
    report.save(update_fields=["state", "set_aside_for"])
    audit.record("report.set_aside", by=by, at=at, about=report.pk, reason=reason.value)


@transaction.atomic
def take_up(report: Report, *, by: Actor, at: dt.datetime) -> None:
    """Take up again what was put aside, or bring it out of the quarantine lane."""
    report = Report.unscoped.select_for_update().get(pk=report.pk)
    if report.state == State.LINKED:
        raise NotWaitingError
    report.state, report.set_aside_for, report.lane = State.NEW, "", Lane.NORMAL
    report.save(update_fields=["state", "set_aside_for", "lane"])
    audit.record("report.taken_up", by=by, at=at, about=report.pk)


@transaction.atomic
def mark_linked(report: Report, *, by: Actor, at: dt.datetime) -> None:
    """The case room has linked it to a case. A report is linked once; never merged."""
    report = Report.unscoped.select_for_update().get(pk=report.pk)
    if report.state == State.LINKED:
        raise NotWaitingError
    report.state, report.lane = State.LINKED, Lane.NORMAL
    report.save(update_fields=["state", "lane"])
    _acknowledged(report, at=at)
    _tell_reporter(report, at=at)
    audit.record("report.linked", by=by, at=at, about=report.pk)
