"""What the rooms know of their work, gathered as facts for the proofs."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from varna.cases import queries as cases
from varna.contacts import queries as contacts
from varna.cooperation import queries as cooperation
from varna.documents import queries as documents
from varna.following.models import (
    Consideration,
    ConsideredLesson,
    RecordsCheck,
    Report,
    Statement,
    TermsReview,
)
from varna.foundation import clock
from varna.foundation.accounts.rules import Role
from varna.importing import queries as importing
from varna.organisation import gathering as organisation
from varna.organisation import queries as register
from varna.organisation.rules.roles import Group
from varna.plan.rules.terms import Assignment, Does, Subject, Unit
from varna.requests import queries as requests
from varna.standing.rules import facts
from varna.training import queries as training


# The register's groups, as a plan's file names them.
KINDS: dict[Group, Assignment] = {
    group: Assignment(group.value.replace("_", "-")) for group in Group
}


def gathered(today: dt.date) -> facts.World:
    """All that proofs are made of. A few statements, however many people there are."""
    seated = organisation.parties_in_council()
    return facts.World(
        members=_members(),
        offers=tuple(
            facts.OfferFact(
                one.reference,
                one.held_on,
                _by_day(one.sent),
                one.is_course,
                one.planned_on,
                frozenset(Subject(code) for code in one.subjects),
            )
            for one in training.offers()
        ),
        confirmed=tuple(
            facts.ConfirmedFact(one.person, one.what, one.on) for one in training.confirmations()
        ),
        units=tuple(
            facts.UnitFact(
                one.id,
                one.name,
                Unit(one.kind),
                facts.Life(one.since, one.until),
                one.served_by,
            )
            for one in register.units()
        ),
        meetings=tuple(
            facts.MeetingFact(one.reference, one.held_on, one.sent)
            for one in cooperation.meetings()
        ),
        partners=tuple(
            facts.PartnerFact(
                one.id,
                one.kind,
                facts.Life(one.since, one.until),
                one.verified,
                one.contacted,
                one.party,
            )
            for one in cooperation.partners()
        ),
        parties=_parties(seated),
        adoptions=_adoptions(),
        known=_known(documents.acknowledgements()),
        asked=_known(documents.asked()),
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
        reports=tuple(facts.Happened(at, None) for at in cases.unopened()),
        lessons=_lessons(),
        statements=_statements(),
        deeds=tuple(_deeds()),
        registers=_registers(today, parties=bool(seated)),
        boards_sit_from=tuple(organisation.boards_sit_from()),
    )


def _members() -> tuple[facts.Members, ...]:
    together: defaultdict[tuple[Assignment, facts.Life], set[uuid.UUID]] = defaultdict(set)
    for term in organisation.terms():
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


def _parties(seated: Iterable[organisation.Seated]) -> tuple[facts.PartyFact, ...]:
    without: defaultdict[uuid.UUID, list[facts.Life]] = defaultdict(list)
    for party, since, until in cooperation.parties_alone():
        without[party].append(facts.Life(since, until))
    return tuple(
        facts.PartyFact(
            one.id,
            one.name,
            tuple(facts.Life(since, until) for since, until in one.terms),
            tuple(without[one.id]),
        )
        for one in seated
    )


def _known(said: Iterable[documents.Acknowledged]) -> tuple[facts.KnownFact, ...]:
    return tuple(facts.KnownFact(one.version_id, one.who, one.on) for one in said)


def _adoptions() -> tuple[facts.AdoptionFact, ...]:
    heads: defaultdict[uuid.UUID, set[str]] = defaultdict(set)
    for version, head in Consideration.unscoped.values_list("version", "head"):
        heads[version].add(head)
    whole = set(Consideration.Head.values)
    return tuple(
        _adoption(one, considered=heads[one.version_id] >= whole) for one in documents.adoptions()
    )


def _adoption(one: documents.Adoption, *, considered: bool) -> facts.AdoptionFact:
    until = one.replaced_on - dt.timedelta(days=1) if one.replaced_on else None
    return facts.AdoptionFact(
        one.reference,
        one.version_id,
        one.document,
        one.adopted_on,
        one.adopted_by,
        decided=bool(one.decision),
        life=facts.Life(one.in_force_on, until),
        revised=one.differs and considered,
        sha256=one.sha256,
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
        weighed_at=one.weighed_at,
        whom=facts.Whom(one.whom) if one.whom else None,
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
            clock.day_of(row.at),
            clock.day_of(row.confirmed_at) if row.confirmed_at else None,
        )
        for row in rows
    )


def _deeds() -> Iterable[facts.DeedFact]:
    """What the house does itself: a report that was delivered, a list that was gone through, a
    check of the records that found nothing wrong.
    """
    delivered = Report.unscoped.exclude(delivered_on=None).values_list("pk", "delivered_on")
    for pk, on in delivered:
        if on is not None:
            yield facts.DeedFact(Does.REPORT, f"report:{pk}", on)
    for pk, at in TermsReview.unscoped.filter(lines__gt=0).values_list("pk", "at"):
        yield facts.DeedFact(Does.COMPARE_TERMS, f"terms:{pk}", clock.day_of(at))
    for pk, day in RecordsCheck.unscoped.filter(found=[]).values_list("pk", "on"):
        yield facts.DeedFact(Does.KEEP_RECORDS, f"records:{pk}", day)


def _registers(today: dt.date, *, parties: bool) -> tuple[facts.RegisterFact, ...]:
    """Who has vouched for what is counted in: by reading a file in, or by going through it. Without
    parties in the council, nobody knows which partners there should be; while the kind of a body is
    a guess, nobody knows whom it counts. What is lacking today says nothing of what is past.
    """
    days = tuple(sorted({*importing.days_applied(), *organisation.days_vouched()}))
    nameless = not parties and organisation.council_sits()
    lacks = {facts.Lack.NO_PARTIES: today} if nameless else {}
    guessed = {facts.Lack.UNANSWERED: today} if register.unanswered(today) else {}
    return (
        facts.RegisterFact(facts.Register.PEOPLE, days, Role.REGISTRAR.value),
        facts.RegisterFact(facts.Register.BODIES, days, Role.REGISTRAR.value, guessed),
        facts.RegisterFact(facts.Register.PARTNERS, lacks=lacks),
    )
