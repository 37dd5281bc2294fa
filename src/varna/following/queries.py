"""How the plan stands, and what has been said about it."""

import datetime as dt
import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from varna.cases import queries as cases
from varna.following.gathering import gathered
from varna.following.models import (
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
from varna.following.rules.xray import Programme, Tie
from varna.foundation import clock
from varna.foundation.accounts.queries import holds
from varna.foundation.audit import queries as audit
from varna.plan.queries import Followed, adoption_behind, followed
from varna.plan.rules.calendar import Period, election_of
from varna.plan.rules.history import Version, period_from, period_of
from varna.standing.rules.events import Days
from varna.standing.rules.facts import World
from varna.standing.rules.status import Moment, Row, status


A_MINUTE = dt.timedelta(minutes=1)
FILES = ("pdf", "docx", "data")  # of a report: too large to come with a list


def moment(now: dt.datetime, started_on: dt.date) -> Moment:
    return Moment(now, Days(clock.day_of, clock.workdays_after), clock.start_of, started_on)


# ── standing ──────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Stand:
    """The followed plan in one mandate period, as it stands at a moment."""

    followed: Followed
    today: dt.date
    election: dt.date
    rows: list[Row]
    known: World

    @property
    def period(self) -> Period:
        return period_from(self.followed.history, self.election, self.today)


def stand(now: dt.datetime, election: dt.date | None = None) -> Stand | None:
    """None until a plan is followed. `election`: the period it gave rise to; else today's."""
    today = clock.day_of(now)
    known = followed(today)
    if known is None:
        return None
    if election is None:
        election, _period = period_of(known.history, today)
    world = gathered(today)
    asked = moment(now, known.started_on)
    rows = status(known.history, known.noted, election, world, asked)
    return Stand(known, today, election, rows, world)


def programme(found: Stand) -> Programme:
    """All that an x-ray looks through."""
    known = found.known
    roles = {one.by for one in found.followed.now.plan.commitments}
    answering = {role for role, accounts in responsible_for(roles).items() if accounts}
    return Programme(
        found.followed.now.plan,
        tuple(found.rows),
        {one.key for one in deviations()},
        answering,
        known.adoptions,
        known.statements,
        tied_to(found.followed.now),
    )


def tied_to(version: Version) -> Tie | None:
    """The adopted text that a version that is followed is a reading of, and its file's hash."""
    row = adoption_behind(version)
    return (row.document, row.document_sha256) if row.document else None


class Lately:
    """How it stands for everybody who asks, worked out once a minute in each process. While one
    thread works it out anew, the others have what there is.
    """

    def __init__(self) -> None:
        self._kept: tuple[dt.datetime, Stand | None] | None = None
        self._working = threading.Lock()

    def stand(self, now: dt.datetime) -> Stand | None:
        kept = self._kept
        if kept is not None and _is_fresh(kept[0], now):
            return kept[1]
        if not self._working.acquire(blocking=kept is None or not _same_day(kept[0], now)):
            return kept[1] if kept else None
        try:
            if self._kept is kept:  # nobody has worked it out while we waited
                self._kept = now, stand(now)
            return self._kept[1] if self._kept else None
        finally:
            self._working.release()

    def forget(self) -> None:
        self._kept = None


def _is_fresh(then: dt.datetime, now: dt.datetime) -> bool:
    return dt.timedelta() <= now - then < A_MINUTE and _same_day(then, now)


def _same_day(then: dt.datetime, now: dt.datetime) -> bool:
    return clock.day_of(then) == clock.day_of(now)


LATELY = Lately()


def stand_of(election: dt.date, now: dt.datetime) -> Stand:
    """LookupError without a plan that is followed."""
    found = stand(now, election)
    if found is None:
        raise LookupError
    return found


def elections(known: Followed, today: dt.date) -> list[dt.date]:
    """The periods that can be looked at: from the one when Värna came into use, or the first
    version began, to today's.
    """
    mandate = known.now.plan.mandate
    first = election_of(mandate, min(known.started_on, known.history[0].from_on, today))
    last = election_of(mandate, today)
    years = range(last.year, first.year - 1, -mandate.elections.every_years)
    return [election_of(mandate, dt.date(year, 12, 31)) for year in list(years)[:3]]


# ── what was said ─────────────────────────────────────────────────────────────────────────────
def statements_of(commitment: str) -> "QuerySet[Statement]":
    return Statement.unscoped.filter(commitment=commitment)


def statements() -> list[Statement]:
    return list(Statement.unscoped.filter(taken_back_at=None))


def deviations_of(commitment: str) -> "QuerySet[Deviation]":
    return Deviation.unscoped.filter(commitment=commitment)


def deviations() -> list[Deviation]:
    return list(Deviation.unscoped.all())


def responsible_for(roles: Iterable[str]) -> dict[str, list[uuid.UUID]]:
    """The accounts that answer for each role now."""
    found: dict[str, list[uuid.UUID]] = {role: [] for role in roles}
    for row in Responsible.unscoped.filter(until=None, role__in=found):
        found[row.role].append(row.account)
    return found


def roles_of(account: uuid.UUID | None) -> list[str]:
    rows = Responsible.unscoped.filter(until=None, account=account or uuid.UUID(int=0))
    return sorted(set(rows.values_list("role", flat=True)))


def is_public() -> bool:
    return Publication.unscoped.filter(until=None).exists()


def feeds_of(account: uuid.UUID | None) -> "QuerySet[Feed]":
    return Feed.unscoped.filter(account=account or uuid.UUID(int=0), revoked_at=None)


def reports() -> "QuerySet[Report]":
    """`has_data`: made since there was a file for whoever audits."""
    return Report.unscoped.defer(*FILES).annotate(has_data=Q(data__isnull=False))


# A report of last year's is one that was made so long before.
A_YEAR = dt.timedelta(days=300)


def compared_with(report: Report) -> list[Report]:
    """What a report is held against: the one before it of the same period, in whatever language,
    and last year's, of whatever period.
    """
    earlier = Report.unscoped.exclude(pk=report.pk).filter(made_at__lt=report.wanted_at)
    made = earlier.defer(*FILES).order_by("made_at")
    before = made.filter(election=report.election).last()
    last_year = made.filter(made_at__lt=report.wanted_at - A_YEAR).last()
    return list(dict.fromkeys(one for one in (before, last_year) if one is not None))


def made_lately(at: dt.datetime, within: dt.timedelta) -> bool:
    """Whether a report has been asked for, or made, so lately; one that failed is none."""
    lately = Report.unscoped.filter(wanted_at__gt=at - within)
    return lately.exclude(state=ReportState.FAILED).exists()


def find_report(pk: uuid.UUID) -> Report | None:
    return Report.unscoped.filter(pk=pk).first()


def terms() -> "QuerySet[TermsLine]":
    return TermsLine.unscoped.filter(until=None)


def terms_reviews() -> "QuerySet[TermsReview]":
    """The latest first."""
    return TermsReview.unscoped.order_by("-at")[:10]


def wrong_with_records(at: dt.datetime) -> list[str]:
    """Codes: the log is not whole; what was decided to be destroyed has not been."""
    wrong = {"log": not audit.verify().whole, "disposals": cases.disposals_left(at) > 0}
    return [code for code, is_so in wrong.items() if is_so]


def last_records_check() -> RecordsCheck | None:
    return RecordsCheck.unscoped.order_by("-on").first()


def considerations_of(version: uuid.UUID) -> "QuerySet[Consideration]":
    return Consideration.unscoped.filter(version=version)


def lessons_weighed(version: uuid.UUID) -> set[uuid.UUID]:
    return set(ConsideredLesson.unscoped.filter(version=version).values_list("lesson", flat=True))


def role_of_feed(secret: str, *, at: dt.datetime) -> str | None:
    """The role whose calendar a secret's hash opens: not revoked, and made by somebody who may
    still read the plan.
    """
    feed = Feed.unscoped.filter(secret=secret, revoked_at=None).first()
    if feed is None or not holds(feed.account, READERS, at=at):
        return None
    return feed.role
