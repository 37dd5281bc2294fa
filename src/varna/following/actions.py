"""State that a promise is kept, say why it was not, name who answers, and ask for a report."""

import datetime as dt
import hashlib
import secrets
import uuid

from django.db import connection, transaction
from django.db.models import Q

from varna.following import queries
from varna.following.models import (
    CONFIRMING,
    OWNERS,
    READERS,
    Consideration,
    ConsideredLesson,
    Deviation,
    Feed,
    Publication,
    RecordsCheck,
    Report,
    ReportState,
    Responsible,
    Statement,
    TermsLine,
    TermsReview,
)
from varna.following.rules.refusals import WhyNotReview, why_not_deliver
from varna.foundation import clock
from varna.foundation.accounts.actions import let_holder
from varna.foundation.accounts.queries import holds
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.deeds import deed, leave, let, locked, refuse, unchanged, upkeep
from varna.standing.rules.status import Row


def _let_owner(by: Actor) -> None:
    let(bool(by.system) or by.has(*OWNERS))


def may_speak(actor: Actor, role: str) -> bool:
    """The plan's owner, and whoever answers for the role that has promised."""
    return bool(actor.system) or actor.has(*OWNERS) or role in queries.roles_of(actor.account)


@deed("plan.stated")
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
    let(may_speak(by, row.commitment.by))
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
    leave("plan.stated", about=said.pk)
    return said


def may_take_back(actor: Actor, statement: Statement) -> bool:
    """The plan's owner, and whoever said it."""
    mine = actor.account is not None and statement.by == actor.account
    return mine or actor.has(*OWNERS)


@deed("plan.statement_taken_back")
def take_back_statement(statement: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """It was not so. The row stays and proves nothing any more."""
    let(bool(by.system) or by.account is not None)
    row = locked(Statement.unscoped, statement)
    let(may_take_back(by, row))
    if row.taken_back_at is not None:
        unchanged()
        return
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])
    leave("plan.statement_taken_back", about=row.pk)


def may_confirm(actor: Actor, statement: Statement, *, at: dt.datetime) -> bool:
    """Somebody else than who said it, in a role that they do not hold."""
    if actor.account is None or statement.by is None or statement.taken_back_at is not None:
        return False
    others = [role for role in CONFIRMING if actor.has(role) and not _held(statement.by, role, at)]
    return actor.account != statement.by and statement.confirmed_at is None and bool(others)


def _held(account: uuid.UUID, role: Role, at: dt.datetime) -> bool:
    return holds(account, (role,), at=at)


@deed("plan.statement_confirmed")
def confirm_statement(statement: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """Agree with what somebody else has stated."""
    let(by.has(*CONFIRMING))
    row = locked(Statement.unscoped, statement)
    let(may_confirm(by, row, at=at))
    row.confirmed_at, row.confirmed_by = at, by.account
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    leave("plan.statement_confirmed", about=row.pk)


@deed("plan.explained")
def explain(row: Row, *, reason: str, remedy: str, by: Actor, at: dt.datetime) -> Deviation:
    """Why it was not kept in time, and what is done about it. Both stand for ever."""
    let(may_speak(by, row.commitment.by))
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
    leave("plan.explained", about=said.pk)
    return said


# ── who answers ───────────────────────────────────────────────────────────────────────────────
@deed("plan.responsible_named")
def name_responsible(role: str, account: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    _let_owner(by)
    row, new = Responsible.unscoped.get_or_create(
        role=role, account=account, until=None, defaults={"since": at}
    )
    if new:
        leave("plan.responsible_named", about=row.pk, role=role)
    else:
        unchanged()


@deed("plan.responsible_ended")
def end_responsible(role: str, account: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    _let_owner(by)
    rows = Responsible.unscoped.filter(role=role, account=account, until=None)
    if rows.update(until=at):
        leave("plan.responsible_ended", about=account, role=role)
    else:
        unchanged()


# ── the calendar's address ────────────────────────────────────────────────────────────────────
def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@deed("plan.feed_made")
def make_feed(role: str, *, by: Actor, at: dt.datetime) -> str:
    """Answer the secret that the address ends with. It is shown once, and kept as its hash."""
    account = let_holder(by, *READERS)
    secret = secrets.token_urlsafe(24)
    feed = Feed.unscoped.create(role=role, account=account, secret=fingerprint(secret), made_at=at)
    leave("plan.feed_made", about=feed.pk, role=role)
    return secret


@deed("plan.feed_revoked")
def revoke_feed(feed: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    mine = queries.feeds_of(let_holder(by)).filter(pk=feed)
    let(mine.exists())
    mine.update(revoked_at=at)
    leave("plan.feed_revoked", about=feed)


# ── the public page ───────────────────────────────────────────────────────────────────────────
@deed("plan.published", "plan.unpublished")
def publish(*, on: bool, by: Actor, at: dt.datetime) -> None:
    """Switch the public page of commitments on or off."""
    _let_owner(by)
    unchanged()  # when it is so already
    if on and not queries.is_public():
        row = Publication.unscoped.create(since=at, by=by.account)
        leave("plan.published", about=row.pk)
    if not on and Publication.unscoped.filter(until=None).update(until=at):
        leave("plan.unpublished")


# ── revision ──────────────────────────────────────────────────────────────────────────────────
@deed("plan.considered")
def consider(
    version: uuid.UUID, head: Consideration.Head, *, words: str, by: Actor, at: dt.datetime
) -> None:
    """What the revision weighed under one head."""
    _let_owner(by)
    row = Consideration.unscoped.create(
        version=version, head=head, words=words, at=at, by=by.account
    )
    leave("plan.considered", about=row.pk, head=head.value)


@deed("plan.lessons_weighed")
def weigh_lessons(
    version: uuid.UUID, lessons: set[uuid.UUID], *, by: Actor, at: dt.datetime
) -> None:
    """These lessons were weighed when the version was written. Said once, it stands."""
    _let_owner(by)
    new = lessons - queries.lessons_weighed(version)
    ConsideredLesson.unscoped.bulk_create(
        [ConsideredLesson(lesson=one, version=version, at=at, by=by.account) for one in new],
        ignore_conflicts=True,
    )
    if new:
        leave("plan.lessons_weighed", about=version, count=len(new))
    else:
        unchanged()


# ── the report ────────────────────────────────────────────────────────────────────────────────
@deed("plan.report_wanted")
def want_report(election: dt.date, language: str, *, by: Actor, at: dt.datetime) -> Report:
    """Ask for a report of one mandate period; the worker makes it."""
    let(bool(by.system) or by.has(*READERS))
    report = Report.unscoped.create(
        election=election, language=language, wanted_at=at, wanted_by=by.account
    )
    leave("plan.report_wanted", about=report.pk)
    return report


@deed("plan.report_delivered")
def deliver_report(
    report: Report, *, on: dt.date, section: str, reference: str, by: Actor, at: dt.datetime
) -> None:
    """The executive board has had it: that is the proof that the plan is followed up."""
    _let_owner(by)
    row = locked(Report.unscoped.defer(*queries.FILES), report.pk)
    made_on = clock.day_of(row.made_at) if row.made_at else None
    refuse(why_not_deliver(made_on, on, clock.day_of(at)))
    row.delivered_on, row.section, row.reference = on, section, reference
    row.delivered_at, row.delivered_by = at, by.account
    row.save(update_fields=["delivered_on", "section", "reference", "delivered_at", "delivered_by"])
    leave("plan.report_delivered", about=row.pk)


# ── what employees and officials have ─────────────────────────────────────────────────────────
@deed("terms.line_added")
def add_terms(
    *, what: str, staff: str, officials: str, reason: str, by: Actor, at: dt.datetime
) -> TermsLine:
    _let_owner(by)
    row = TermsLine.unscoped.create(
        what=what, staff=staff, officials=officials, reason=reason, at=at, by=by.account
    )
    leave("terms.line_added", about=row.pk)
    return row


@deed("terms.line_ended")
def end_terms(line: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """It is not so any more. The line stays among those that have been."""
    _let_owner(by)
    if TermsLine.unscoped.filter(pk=line, until=None).update(until=at):
        leave("terms.line_ended", about=line)
    else:
        unchanged()


@deed("terms.reviewed")
def review_terms(*, by: Actor, at: dt.datetime) -> TermsReview:
    """The whole list was gone through, and stands as it is written today."""
    _let_owner(by)
    lines = list(TermsLine.unscoped.filter(until=None))
    refuse(None if lines else WhyNotReview.EMPTY)
    differ = sum(1 for line in lines if line.reason)
    row = TermsReview.unscoped.create(lines=len(lines), differ=differ, at=at, by=by.account)
    leave("terms.reviewed", about=row.pk)
    return row


# ── the house's own records ───────────────────────────────────────────────────────────────────
@deed("records.checked")
def note_records(found: list[str], *, by: Actor, at: dt.datetime) -> RecordsCheck:
    """The house's own records were looked through; `found`: codes of what was wrong. The looking
    is the caller's: the whole log is not read within a transaction that others wait for.
    """
    let(bool(by.system))
    row, _new = RecordsCheck.unscoped.update_or_create(
        on=clock.day_of(at), defaults={"found": found}
    )
    leave("records.checked", about=row.pk, found=found)
    return row


LEASE = dt.timedelta(minutes=2)
MOST_ATTEMPTS = 3


@upkeep
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


@upkeep
def keep_part(report: Report, **files: bytes) -> None:
    """One step further, with what it made by its column; whoever waits sees it."""
    for name, content in files.items():
        setattr(report, name, content)
    if "pdf" in files:
        report.sha256 = hashlib.sha256(files["pdf"]).hexdigest()
    report.done += 1
    report.save(update_fields=[*files, "sha256", "done"])


@deed("plan.report_made")
def finish_report(report: Report, standings: dict[str, str], *, by: Actor, at: dt.datetime) -> None:
    """`standings`: how each commitment stood, for the next report to be compared with."""
    let(bool(by.system))
    report.state, report.made_at, report.leased_until = ReportState.READY, at, None
    report.standings = standings
    report.save(update_fields=["state", "made_at", "leased_until", "standings"])
    leave("plan.report_made", about=report.pk, sha256=report.sha256)


@upkeep
def put_off_report(report: Report, fault: Exception, *, at: dt.datetime) -> None:
    """Try again in a while; the error's class is kept, never its words."""
    report.fault, report.done = type(fault).__name__, 0
    report.leased_until = at + LEASE * report.attempts
    if report.attempts >= MOST_ATTEMPTS:
        report.state = ReportState.FAILED
    report.save(update_fields=["fault", "done", "leased_until", "state"])
