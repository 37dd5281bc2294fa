"""What the worker does about following the plan: remind those who answer, and make reports."""

import datetime as dt
import uuid

from django.utils import translation

import typst

from varna.following import actions, queries
from varna.following.models import Report, ReportState
from varna.following.pages.auditing import auditing
from varna.following.pages.commitment import about
from varna.following.pages.docx import docx
from varna.following.pages.report import report_content, standings
from varna.following.queries import Stand
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.notices.rules import Due
from varna.foundation.print.press import pdf
from varna.organisation.gathering import keepers
from varna.plan.rules.standings import Standing
from varna.plan.rules.terms import Does
from varna.standing.rules.facts import Lack
from varna.standing.rules.status import Key


_TOLD = {Standing.DUE_SOON, Standing.OVERDUE, Standing.MISSED}


def reminders(day: dt.date) -> list[Due]:
    """What is due soon, overdue, or missed without a reason, to those who answer for it."""
    found = queries.stand(clock.start_of(day) + dt.timedelta(hours=7))
    if found is None:
        return []
    explained = {one.key for one in queries.deviations()}
    answering = queries.responsible_for({row.commitment.by for row in found.rows})
    return [
        *_register(found, day),
        *_rows(found, explained, answering),
    ]


def _register(found: Stand, day: dt.date) -> list[Due]:
    """Whoever keeps the register, when nobody's word for it holds any longer."""
    lacks = {lack for row in found.rows for lack in row.source.lacks}
    if not lacks & {Lack.OLD, Lack.UNVERIFIED}:
        return []
    return [Due("register:vouched", keepers(at=clock.end_of(day)))]


def _rows(found: Stand, explained: set[Key], answering: dict[str, list[uuid.UUID]]) -> list[Due]:
    return [
        Due(about(row), frozenset(answering[row.commitment.by]))
        for row in found.rows
        if row.standing in _TOLD
        and answering[row.commitment.by]
        and not (row.standing is Standing.MISSED and row.key in explained)
    ]


CHECKED_EVERY = dt.timedelta(days=28)
CHECKED_AGAIN = dt.timedelta(days=1)  # when something was wrong


def records(*, at: dt.datetime) -> int:
    """Look through the house's own records once in four weeks, and the day after something was
    wrong: how many things were.
    """
    last = queries.last_records_check()
    wait = CHECKED_AGAIN if last and last.found else CHECKED_EVERY
    if last is not None and last.on + wait > clock.day_of(at):
        return 0
    found = queries.wrong_with_records(at)
    actions.note_records(found, by=system("records"), at=at)
    return len(found)


# The board has a report each year: it is there when its day comes near, whoever has forgotten it.
EACH_YEAR = dt.timedelta(days=365)
IN_TIME = dt.timedelta(days=90)
_WANTED = {Standing.DUE_SOON, Standing.OVERDUE}


def yearly(*, at: dt.datetime) -> int:
    """Ask for the report that the plan promises, when it is due and nobody has, and where the plan
    promises none, once a year.
    """
    found = queries.stand(at)
    if found is None:
        return 0
    promised = [row for row in found.rows if row.commitment.does is Does.REPORT]
    is_due = any(row.standing in _WANTED for row in promised)
    if not promised:
        is_due = found.today - found.followed.started_on >= EACH_YEAR
    if not is_due or queries.made_lately(at, IN_TIME if promised else EACH_YEAR):
        return 0
    actions.want_report(found.election, "sv", by=system("report"), at=at)
    return 1


def reports(*, at: dt.datetime) -> int:
    """Make what has been asked for, one at a time."""
    made = 0
    while (report := actions.take_report(at=at)) is not None:
        if report.state == ReportState.WANTED:
            make(report, at=at)
        made += 1
    return made


def make(report: Report, *, at: dt.datetime) -> None:
    """Four steps, each kept: what it says, the PDF, the Word file, the same as data."""
    try:
        found = queries.stand_of(report.election, at)
        with translation.override(report.language):
            earlier = queries.compared_with(report)
            content = report_content(found, report.language, at, earlier)
            actions.keep_part(report)
            actions.keep_part(report, pdf=pdf("following/report.typ", content, at=at))
            actions.keep_part(report, docx=docx(content))
            actions.keep_part(report, data=auditing(found, at=at))
    except (LookupError, OSError, ValueError, typst.TypstError) as fault:
        actions.put_off_report(report, fault, at=at)
    else:
        actions.finish_report(report, standings(found), by=system("report"), at=clock.now())
