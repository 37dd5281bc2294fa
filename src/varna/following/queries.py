"""What the rooms know, gathered as facts, and how the plan stands by them."""

import datetime as dt
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from varna.cases import queries as cases
from varna.contacts import queries as contacts
from varna.cooperation import queries as cooperation
from varna.documents import queries as documents
from varna.following.models import (
    READERS,
    Consideration,
    ConsideredLesson,
    Deviation,
    Feed,
    Publication,
    Report,
    Responsible,
    Statement,
)
from varna.foundation import clock
from varna.foundation.accounts.queries import holds
from varna.organisation import queries as organisation
from varna.organisation.rules.roles import Group
from varna.plan.queries import Followed, followed
from varna.plan.rules.calendar import Period, election_of
from varna.plan.rules.history import period_from, period_of
from varna.plan.rules.terms import Assignment, Unit
from varna.requests import queries as requests
from varna.standing.rules import facts
from varna.standing.rules.events import Days
from varna.standing.rules.status import Moment, Row, status
from varna.training import queries as training


A_MINUTE = dt.timedelta(minutes=1)
# The register's groups, as a plan's file names them. Company boards are no group of the plan.
KINDS: dict[Group, Assignment] = {
    group: Assignment(group.value.replace("_", "-"))
    for group in Group
    if group is not Group.COMPANY_BOARD
}


def moment(now: dt.datetime, started_on: dt.date) -> Moment:
    return Moment(now, Days(clock.day_of, clock.workdays_after), clock.start_of, started_on)


# ── facts ─────────────────────────────────────────────────────────────────────────────────────
def world() -> facts.World:
    """All that proofs are made of. A few statements, however many people there are."""
    return facts.World(
        members=_members(),
        offers=tuple(
            facts.OfferFact(one.reference, one.held_on, _by_day(one.sent), one.is_course)
            for one in training.offers()
        ),
        confirmed=tuple(
            facts.ConfirmedFact(one.person, one.what, one.on) for one in training.confirmations()
        ),
        units=tuple(
            facts.UnitFact(one.id, one.name, Unit(one.kind), facts.Life(one.since, one.until))
            for one in organisation.units()
        ),
        meetings=tuple(
            facts.MeetingFact(one.reference, one.held_on, one.sent)
            for one in cooperation.meetings()
        ),
        partners=tuple(
            facts.PartnerFact(
                one.id, one.kind, facts.Life(one.since, one.until), one.verified, one.contacted
            )
            for one in cooperation.partners()
        ),
        adoptions=tuple(_adoption(one) for one in documents.adoptions()),
        known=tuple(
            facts.KnownFact(one.version_id, one.who, one.on) for one in documents.acknowledgements()
        ),
        contacts=tuple(
            facts.ContactFact(
                one.reference,
                one.unit,
                one.function,
                facts.Life(one.since, one.until),
                one.verified,
            )
            for one in contacts.named_contacts()
        ),
        requests=tuple(
            facts.Happened(one.asked_at, one.answered_at, one.reference) for one in requests.asked()
        ),
        cases=tuple(_case(one) for one in cases.case_times()),
        lessons=_lessons(),
        statements=_statements(),
    )


def _members() -> tuple[facts.Members, ...]:
    together: defaultdict[tuple[Assignment, facts.Life], set[uuid.UUID]] = defaultdict(set)
    for term in organisation.terms():
        if term.group in KINDS:
            life = facts.Life(term.starts_on, term.ends_on)
            together[KINDS[term.group], life].add(term.person)
    return tuple(
        facts.Members(frozenset(people), kind, life) for (kind, life), people in together.items()
    )


def _by_day(sent: Mapping[uuid.UUID, dt.date]) -> dict[dt.date, frozenset[uuid.UUID]]:
    together: defaultdict[dt.date, set[uuid.UUID]] = defaultdict(set)
    for who, day in sent.items():
        together[day].add(who)
    return {day: frozenset(people) for day, people in together.items()}


def _adoption(one: documents.Adoption) -> facts.AdoptionFact:
    until = one.replaced_on - dt.timedelta(days=1) if one.replaced_on else None
    return facts.AdoptionFact(
        one.reference,
        one.version_id,
        one.document,
        one.adopted_on,
        one.adopted_by,
        decided=bool(one.decision),
        life=facts.Life(one.in_force_on, until),
    )


def _case(one: cases.CaseTimes) -> facts.CaseFact:
    return facts.CaseFact(
        opened_at=one.opened_at,
        received_at=one.received_at,
        closed_at=one.closed_at,
        assessed_at=one.assessed_at,
        measured_at=one.measured_at,
        # A measure of support, or an offer of occupational health, is an offer that was recorded.
        supported_at=min(filter(None, (one.supported_at, one.health_at)), default=None),
        health_at=one.health_at,
        evaluated_at=one.evaluated_at,
    )


def _lessons() -> tuple[facts.LessonFact, ...]:
    weighed: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for lesson, version in ConsideredLesson.unscoped.values_list("lesson", "version"):
        weighed[lesson].add(version)
    return tuple(
        facts.LessonFact(on, frozenset(weighed[lesson])) for lesson, on in cases.lesson_days()
    )


def _statements() -> tuple[facts.StatementFact, ...]:
    rows = Statement.unscoped.filter(taken_back_at=None)
    return tuple(
        facts.StatementFact(
            f"{'survey' if row.survey else 'statement'}:{row.pk}",
            row.commitment,
            row.on,
            row.unit,
            row.survey,
        )
        for row in rows
    )


# ── standing ──────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Stand:
    """The followed plan in one mandate period, as it stands at a moment."""

    followed: Followed
    today: dt.date
    election: dt.date
    rows: list[Row]

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
    rows = status(known.history, known.noted, election, world(), moment(now, known.started_on))
    return Stand(known, today, election, rows)


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
    return Report.unscoped.defer("pdf", "docx")


def find_report(pk: uuid.UUID) -> Report | None:
    return Report.unscoped.filter(pk=pk).first()


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
