"""State that a promise is kept, say why it was not, name who answers, and ask for a report."""

import datetime as dt
import hashlib
import secrets
import uuid

from django.db import connection, transaction
from django.db.models import Q

from varna.following import queries
from varna.following.models import (
    OWNERS,
    READERS,
    Consideration,
    ConsideredLesson,
    Deviation,
    Feed,
    Publication,
    Report,
    ReportState,
    Responsible,
    Statement,
)
from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.standing.rules.status import Row


class RefusedError(Exception):
    """This actor has no part in it; the page answers as if it did not exist."""


def _owner(actor: Actor) -> None:
    if not (actor.system or actor.has(*OWNERS)):
        raise RefusedError


def may_speak(actor: Actor, role: str) -> bool:
    """The plan's owner, and whoever answers for the role that has promised."""
    return bool(actor.system) or actor.has(*OWNERS) or role in queries.roles_of(actor.account)


@transaction.atomic
def state(
    row: Row,
    *,
    on: dt.date,
    reason: str,
    by: Actor,
    at: dt.datetime,
    survey: bool = False,
    indicator: str = "",
) -> Statement:
    """Say in writing that it is so, on a day, and why. It is always shown as somebody's word."""
    if not may_speak(by, row.commitment.by):
        raise RefusedError
    said = Statement.unscoped.create(
        commitment=row.commitment.id,
        unit=row.unit.id if row.unit else None,
        on=on,
        survey=survey,
        indicator=indicator,
        reason=reason,
        at=at,
        by=by.account,
    )
    audit.record("plan.stated", by=by, at=at, about=said.pk)
    return said


def may_take_back(actor: Actor, statement: Statement) -> bool:
    """The plan's owner, and whoever said it."""
    mine = actor.account is not None and statement.by == actor.account
    return mine or actor.has(*OWNERS)


@transaction.atomic
def take_back_statement(statement: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """It was not so. The row stays and proves nothing any more."""
    row = Statement.unscoped.select_for_update().filter(pk=statement).first()
    if row is None or not may_take_back(by, row):
        raise RefusedError
    if row.taken_back_at is None:
        row.taken_back_at = at
        row.save(update_fields=["taken_back_at"])
        audit.record("plan.statement_taken_back", by=by, at=at, about=row.pk)


@transaction.atomic
def explain(row: Row, *, reason: str, remedy: str, by: Actor, at: dt.datetime) -> Deviation:
    """Why it was not kept in time, and what is done about it. Both stand for ever."""
    if not may_speak(by, row.commitment.by):
        raise RefusedError
    said = Deviation.unscoped.create(
        commitment=row.commitment.id,
        unit=row.unit.id if row.unit else None,
        election=row.election,
        turn=row.occurrence.turn,
        due_on=row.occurrence.due_on,
        reason=reason,
        remedy=remedy,
        at=at,
        by=by.account,
    )
    audit.record("plan.explained", by=by, at=at, about=said.pk)
    return said


# ── who answers ───────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def name_responsible(role: str, account: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    _owner(by)
    row, new = Responsible.unscoped.get_or_create(
        role=role, account=account, until=None, defaults={"since": at}
    )
    if new:
        audit.record("plan.responsible_named", by=by, at=at, about=row.pk, role=role)


@transaction.atomic
def end_responsible(role: str, account: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    _owner(by)
    rows = Responsible.unscoped.filter(role=role, account=account, until=None)
    if rows.update(until=at):
        audit.record("plan.responsible_ended", by=by, at=at, about=account, role=role)


# ── the calendar's address ────────────────────────────────────────────────────────────────────
def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(role: str, *, by: Actor, at: dt.datetime) -> str:
    """Answer the secret that the address ends with. It is shown once, and kept as its hash."""
    if by.account is None or not by.has(*READERS):
        raise RefusedError
    secret = secrets.token_urlsafe(24)
    feed = Feed.unscoped.create(
        role=role, account=by.account, secret=fingerprint(secret), made_at=at
    )
    audit.record("plan.feed_made", by=by, at=at, about=feed.pk, role=role)
    return secret


@transaction.atomic
def revoke_feed(feed: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    mine = queries.feeds_of(by.account).filter(pk=feed)
    if mine.update(revoked_at=at):
        audit.record("plan.feed_revoked", by=by, at=at, about=feed)


# ── the public page ───────────────────────────────────────────────────────────────────────────
@transaction.atomic
def publish(*, on: bool, by: Actor, at: dt.datetime) -> None:
    """Switch the public page of commitments on or off."""
    _owner(by)
    if on and not queries.is_public():
        row = Publication.unscoped.create(since=at, by=by.account)
        audit.record("plan.published", by=by, at=at, about=row.pk)
    if not on and Publication.unscoped.filter(until=None).update(until=at):
        audit.record("plan.unpublished", by=by, at=at)


# ── revision ──────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def consider(
    version: uuid.UUID, head: Consideration.Head, *, words: str, by: Actor, at: dt.datetime
) -> None:
    """What the revision weighed under one head."""
    _owner(by)
    row = Consideration.unscoped.create(
        version=version, head=head, words=words, at=at, by=by.account
    )
    audit.record("plan.considered", by=by, at=at, about=row.pk, head=head.value)


@transaction.atomic
def weigh_lessons(
    version: uuid.UUID, lessons: set[uuid.UUID], *, by: Actor, at: dt.datetime
) -> None:
    """These lessons were weighed when the version was written. Said once, it stands."""
    _owner(by)
    new = lessons - queries.lessons_weighed(version)
    ConsideredLesson.unscoped.bulk_create(
        [ConsideredLesson(lesson=one, version=version, at=at, by=by.account) for one in new],
        ignore_conflicts=True,
    )
    if new:
        audit.record("plan.lessons_weighed", by=by, at=at, about=version, count=len(new))


# ── the report ────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def want_report(election: dt.date, language: str, *, by: Actor, at: dt.datetime) -> Report:
    """Ask for a report of one mandate period; the worker makes it."""
    if not by.has(*READERS):
        raise RefusedError
    report = Report.unscoped.create(
        election=election, language=language, wanted_at=at, wanted_by=by.account
    )
    audit.record("plan.report_wanted", by=by, at=at, about=report.pk)
    return report


LEASE = dt.timedelta(minutes=2)
MOST_ATTEMPTS = 3


@transaction.atomic
def take_report(*, at: dt.datetime) -> Report | None:
    """The oldest that is wanted, under a lease; one that nobody could make is given up."""
    free = Report.unscoped.filter(state=ReportState.WANTED).filter(
        Q(leased_until=None) | Q(leased_until__lt=at)
    )
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True)
    report = free.order_by("wanted_at").first()
    if report is None:
        return None
    report.attempts += 1
    report.leased_until = at + LEASE
    if report.attempts > MOST_ATTEMPTS:
        report.state = ReportState.FAILED
    report.save(update_fields=["attempts", "leased_until", "state"])
    return report


def keep_part(report: Report, *, pdf: bytes | None = None, docx: bytes | None = None) -> None:
    """One step further; whoever waits sees it."""
    if pdf is not None:
        report.pdf, report.sha256 = pdf, hashlib.sha256(pdf).hexdigest()
    if docx is not None:
        report.docx = docx
    report.done += 1
    report.save(update_fields=["pdf", "docx", "sha256", "done"])


@transaction.atomic
def finish_report(report: Report, *, by: Actor, at: dt.datetime) -> None:
    report.state, report.made_at, report.leased_until = ReportState.READY, at, None
    report.save(update_fields=["state", "made_at", "leased_until"])
    audit.record("plan.report_made", by=by, at=at, about=report.pk, sha256=report.sha256)


def put_off_report(report: Report, fault: Exception, *, at: dt.datetime) -> None:
    """Try again in a while; the error's class is kept, never its words."""
    report.fault, report.done = type(fault).__name__, 0
    report.leased_until = at + LEASE * report.attempts
    if report.attempts >= MOST_ATTEMPTS:
        report.state = ReportState.FAILED
    report.save(update_fields=["fault", "done", "leased_until", "state"])
