"""What happens to a report: it is sent, answered, acknowledged, added to, put aside."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db import IntegrityError

from varna.evidence import actions as evidence
from varna.evidence.models import Item, Origin
from varna.foundation.access import actions as access
from varna.foundation.access.queries import holders, receivers, root_of
from varna.foundation.access.rules import HANDLING, GrantReason, Relation
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, held, leave, let, part, refuse, unchanged, written
from varna.foundation.keys.rules import Compartment
from varna.foundation.notices import actions as notices
from varna.foundation.vault import service as vault
from varna.foundation.vault.uploads import SealedUpload
from varna.reports.models import Entry, Report
from varna.reports.receipts import Receipt, lookup
from varna.reports.rules import Consent, Lane, NotNow, Reason, State
from varna.reports.sealed import Answers, Consents, Contact, Message


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told us, compartment by compartment."""

    content: Answers
    contact: Contact
    pointed_out: str = ""
    consents: list[Consent] = field(default_factory=list)
    language: str = "sv"
    lane: Lane = Lane.NORMAL


@deed("evidence.received", weak=True)
def keep_file(report: uuid.UUID, upload: SealedUpload, *, by: Actor, at: dt.datetime) -> Item:
    """Keep what came with a form that may still have faults. Anybody may tell; nobody adds to what
    somebody else has sent.
    """
    let(not Report.unscoped.filter(pk=report).exists())
    return evidence.keep(report, upload, origin=Origin.REPORTER, at=at, claimed=False)


@deed("evidence.dropped", weak=True)
def drop_files(report: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """Whoever writes the form has changed their mind about the files."""
    let(not Report.unscoped.filter(pk=report).exists())
    leave("evidence.dropped", about=report, n=evidence.drop_waiting(report))


@deed("report.received", weak=True, keys_first=True)
def submit(told: Told, receipt: Receipt, *, by: Actor, at: dt.datetime) -> Report:
    """Receive a report. When this returns, it is on disk and its keys are; sent twice, it is one.

    Keys first (security.md D6): a report without a key could never be read.
    """
    let(True)  # anybody may tell  # noqa: FBT003
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
    writer.seal(report, "consents", Consents(tuple(consent.value for consent in told.consents)))
    writer.seal(report, "contact", told.contact)
    if told.pointed_out:
        writer.seal(report, "pointed_out", told.pointed_out)
    try:
        with written():
            report.save(force_insert=True)
            evidence.claim(report.pk, at=at)
            _let_in(report, by=by, at=at)
            leave("report.received", about=report.pk, lane=told.lane.value)
    except IntegrityError:
        sent = Report.unscoped.filter(pk=receipt.report).first()
        if sent is None:  # it was something else that stood there already
            raise
        unchanged()
        return sent
    return report


def _let_in(report: Report, *, by: Actor, at: dt.datetime) -> None:
    access.announce(report.pk, for_duty=True, at=at)
    sender = Account.objects.filter(pk=by.account).first() if by.account else None
    if sender is not None:
        access.give(report.pk, sender, Relation.REPORTER, reason=GrantReason.OWN, by=by, at=at)
        # Nobody handles what they have reported themselves, on duty or not.
        access.keep_out(report.pk, at=at, account=sender)
    if report.lane == Lane.NORMAL:
        notices.call_duty(receivers(report.pk, at=at), at=at)


# ── conflict of interest ──────────────────────────────────────────────────────────────────────
@deed("access.kept_out")
def declare_conflict(report: Report, account: Account, *, by: Actor, at: dt.datetime) -> None:
    """Somebody who receives reports has a conflict of interest in this one: it is gone for them at
    once, with whatever case it goes into, and the others who receive are told.
    """
    report = held(Report.visible_to, report.pk)
    let(by.account == account.pk)
    access.keep_out(report.pk, at=at, account=account)
    notices.call_duty(receivers(report.pk, at=at), at=at)


# ── the thread ────────────────────────────────────────────────────────────────────────────────
@deed("thread.written", weak=True)
def add(report: Report, text: str, *, by: Actor, at: dt.datetime) -> Entry:
    """The reporter writes more."""
    report = held(Report.own_of, report.pk)
    entry = _written(report, text, Entry.Author.REPORTER, by=by, at=at)
    _tell_handlers(report, at=at)
    return entry


@deed("thread.written")
def reply(report: Report, text: str, *, by: Actor, at: dt.datetime) -> Entry:
    """A handler writes to the reporter before there is a case."""
    return say(held(Report.visible_to, report.pk), text, by=by, at=at)


@part("thread.written")
def say(report: Report, text: str, *, by: Actor, at: dt.datetime) -> Entry:
    """The handlers' word to the reporter, who is told that there is something to read."""
    entry = _written(report, text, Entry.Author.HANDLER, by=by, at=at)
    _tell_reporter(report, at=at)
    _acknowledged(report, at=at)
    return entry


def _written(
    report: Report, text: str, author: Entry.Author, *, by: Actor, at: dt.datetime
) -> Entry:
    entry = Entry(report=report, at=at, author=author, account=by.account)
    vault.writer(report.pk).seal(entry, "words", Message(text=text))
    entry.save(force_insert=True)
    leave("thread.written", about=report.pk, author=author.value)
    return entry


def _tell_handlers(report: Report, *, at: dt.datetime) -> None:
    notices.tell(holders(root_of(report.pk), *HANDLING, at=at), at=at)


def _tell_reporter(report: Report, *, at: dt.datetime) -> None:
    notices.tell(holders(report.pk, Relation.REPORTER, at=at), at=at)


def _acknowledged(report: Report, *, at: dt.datetime) -> None:
    Report.unscoped.filter(pk=report.pk, acknowledged_at=None).update(acknowledged_at=at)


@deed("report.acknowledged")
def acknowledge(report: Report, *, by: Actor, at: dt.datetime) -> None:
    """A handler has read it and says so; the reporter sees it at the next visit."""
    report = held(Report.visible_to, report.pk)
    _acknowledged(report, at=at)
    _tell_reporter(report, at=at)
    leave("report.acknowledged", about=report.pk)


@deed("evidence.received", weak=True)
def add_file(report: Report, upload: SealedUpload, *, by: Actor, at: dt.datetime) -> Item:
    report = held(Report.own_of, report.pk)
    item = evidence.keep(report.pk, upload, origin=Origin.REPORTER, at=at, claimed=True)
    _tell_handlers(report, at=at)
    return item


@deed("consent.withdrawn", weak=True)
def withdraw_consent(
    report: Report, consent: str, handle: vault.Handle, *, by: Actor, at: dt.datetime
) -> None:
    """Take a consent back, also one that nobody asks for any more. It stands in the thread, so that
    the handler sees that it did.
    """
    report = held(Report.own_of, report.pk)
    given = handle.read(report, "consents", Consents).codes
    let(consent in {*given, *Consent})
    left = Consents(tuple(code for code in given if code != consent))
    handle.seal(report, "consents", left)
    entry = Entry(report=report, at=at, author=Entry.Author.REPORTER, account=by.account)
    handle.seal(entry, "words", Message(withdrawn=consent))
    report.save(update_fields=["consents"])
    entry.save(force_insert=True)
    _tell_handlers(report, at=at)
    leave("consent.withdrawn", about=report.pk)


@deed("thread.seen", weak=True)
def see_own(report: Report, *, by: Actor, at: dt.datetime) -> None:
    """The reporter has opened the thread."""
    mark_seen(held(Report.own_of, report.pk), Entry.Author.HANDLER, at=at)


@deed("thread.seen")
def see(report: Report, *, by: Actor, at: dt.datetime) -> None:
    """A handler has opened the thread of a report that is in no case yet."""
    mark_seen(held(Report.visible_to, report.pk), Entry.Author.REPORTER, at=at)


@part("thread.seen")
def mark_seen(report: Report, author: Entry.Author, *, at: dt.datetime) -> None:
    """The other side has opened the thread; `author` is who wrote what was now seen."""
    unseen = Entry.unscoped.filter(report=report, author=author, seen_at=None)
    seen = unseen.update(seen_at=at)
    if seen:
        leave("thread.seen", about=report.pk, n=seen)
    else:
        unchanged()


# ── whether it becomes a case ─────────────────────────────────────────────────────────────────
@deed("report.set_aside")
def set_aside(report: Report, reason: Reason, *, by: Actor, at: dt.datetime) -> None:
    """No case comes of it. It stays, can be read, and can be taken up again."""
    report = held(Report.visible_to, report.pk)
    refuse(None if report.state == State.NEW else NotNow.TAKEN)
    report.state, report.set_aside_for, report.set_aside_at = State.SET_ASIDE, reason, at
    report.save(update_fields=["state", "set_aside_for", "set_aside_at"])
    leave("report.set_aside", about=report.pk, reason=reason.value)


@deed("report.taken_up")
def take_up(report: Report, *, by: Actor, at: dt.datetime) -> None:
    """Take up again what was put aside, or bring it out of the quarantine lane."""
    report = held(Report.visible_to, report.pk)
    report.state, report.set_aside_for, report.lane = State.NEW, "", Lane.NORMAL
    report.set_aside_at = None
    report.save(update_fields=["state", "set_aside_for", "set_aside_at", "lane"])
    leave("report.taken_up", about=report.pk)


@part("report.linked")
def mark_linked(report: Report, *, at: dt.datetime) -> None:
    """The case room has linked it to a case. A report is linked once: it is held by whoever
    receives it, and one that is linked is received by nobody.
    """
    report.state, report.lane = State.LINKED, Lane.NORMAL
    report.save(update_fields=["state", "lane"])
    _acknowledged(report, at=at)
    _tell_reporter(report, at=at)
    leave("report.linked", about=report.pk)
