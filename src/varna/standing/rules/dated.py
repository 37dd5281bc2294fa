"""Proofs of what has a day: what was done when, for the promises with occurrences. Pure."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from varna.plan.rules.cadences import Quota
from varna.plan.rules.calendar import Occurrence
from varna.plan.rules.standings import Proof
from varna.plan.rules.terms import Assignment, Basis, Commitment, Does, PlanFile
from varna.standing.rules.facts import (
    AdoptionFact,
    CaseFact,
    MeetingFact,
    OfferFact,
    PartnerFact,
    World,
)
from varna.standing.rules.sources import PARTY_SECURITY


# Who joins later than this many days before a window's end need not be offered within it.
LATE_JOINERS = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Asked:
    """A commitment of a plan, what is known, and the day on which it is judged."""

    plan: PlanFile
    commitment: Commitment
    world: World
    today: dt.date
    day_of: Callable[[dt.datetime], dt.date]
    unit: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """One of those that a figure counts: since when it must be, when it last was, what shows it.

    `due`: the last day for it, where each has its own.
    """

    since: dt.date | None
    last: dt.date | None
    reference: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """How far it has come: so many of so many, and what shows it; thing by thing, where what is
    counted are things.
    """

    done: int
    of: int
    evidence: tuple[str, ...] = ()
    things: tuple[Thing, ...] = ()


NOTHING = Figure(0, 1)
# Proofs of a promise's occurrences, and for each of them how far it has come.
Shown = tuple[list[Proof], list[Figure]]
Windows = Callable[[Asked, tuple[Occurrence, ...]], Shown]


def once(found: Callable[[Asked], list[Proof]]) -> Windows:
    """It is done, or it is not: there is nothing to count."""

    def shown(asked: Asked, rows: tuple[Occurrence, ...]) -> Shown:
        return found(asked), [NOTHING for _one in rows]

    return shown


# ── people ────────────────────────────────────────────────────────────────────────────────────
def people_on(world: World, kinds: Iterable[Assignment], day: dt.date) -> set[uuid.UUID]:
    wanted = set(kinds)
    here = (m.people for m in world.members if m.kind in wanted and m.life.holds(day))
    return set().union(*here)


def _joined(
    world: World, kinds: Iterable[Assignment], after: dt.date, until: dt.date
) -> set[uuid.UUID]:
    wanted = set(kinds)
    new = (
        m.people
        for m in world.members
        if m.kind in wanted and m.life.since and after < m.life.since <= until
    )
    return set().union(*new)


# ── training ──────────────────────────────────────────────────────────────────────────────────
def training(asked: Asked, rows: tuple[Occurrence, ...]) -> Shown:
    """An offer to everybody it was owed to; whoever came is counted beside it, never here.

    It is owed to those in the group on the day of the first invitation, and to those who joined
    with thirty days or more left to the due day. Who has left by then is not waited for, and who
    comes later owes and reopens nothing. A window is proved on the day when the last of them had
    been offered a session that was held, and had the subject that the plan asks for.
    """
    proofs: list[Proof] = []
    figures: dict[Occurrence, Figure] = {}
    used: set[str] = set()
    about = frozenset(asked.commitment.subject)
    offered = [offer for offer in asked.world.offers if about <= offer.subjects]
    for one in sorted(rows, key=lambda row: (row.due_on or dt.date.max, row.turn)):
        offers = [offer for offer in offered if offer.reference not in used]
        figure, proved_on = _offered(asked, one, offers)
        figures[one] = figure
        if proved_on is not None:
            proofs.append(Proof(proved_on, "+".join(figure.evidence)))
            # Windows of a quota overlap: what proved one turn does not prove the next.
            used |= set(figure.evidence) if isinstance(asked.commitment.cadence, Quota) else set()
    return proofs, [figures[one] for one in rows]


@dataclass(frozen=True, slots=True)
class _Reached:
    """These were offered a session that was held, or a course that they could begin, on a day."""

    on: dt.date
    sent_on: dt.date
    reference: str
    people: frozenset[uuid.UUID]


def _reached(offers: list[OfferFact], first: dt.date, until: dt.date) -> list[_Reached]:
    # A course to take when it suits is offered when the invitation leaves, not when it opened. An
    # invitation to what has been held already is none.
    found = (
        _Reached(max(offer.held_on, sent_on), sent_on, offer.reference, people)
        for offer in offers
        for sent_on, people in offer.sent.items()
        if offer.is_course or sent_on <= offer.held_on
    )
    within = (one for one in found if first <= one.on <= until)
    return sorted(within, key=lambda one: (one.on, one.reference))


def _offered(
    asked: Asked, one: Occurrence, offers: list[OfferFact]
) -> tuple[Figure, dt.date | None]:
    if one.opens_on is None or one.due_on is None or one.closes_on is None:
        return Figure(0, 0), None
    if one.opens_on > asked.today:
        return Figure(0, 0), None
    reached = _reached(offers, one.opens_on, min(one.closes_on, asked.today))
    owed = _owed(asked, one.opens_on, min(one.due_on, asked.today), one.due_on, reached)
    left, proved_on, things = set(owed), None, list[Thing]()
    for each in reached:
        things += [Thing(None, each.on, each.reference)] * len(left & each.people)
        left -= each.people
        if owed and not left and proved_on is None:
            proved_on = each.on
    evidence = tuple(sorted({each.reference for each in reached}))
    things += [Thing(None, None)] * len(left)
    return Figure(len(owed) - len(left), len(owed), evidence, tuple(things)), proved_on


def _owed(
    asked: Asked, opens_on: dt.date, until: dt.date, due_on: dt.date, reached: list[_Reached]
) -> set[uuid.UUID]:
    """`until`: the due day, or today before it: what happens after it changes nothing."""
    kinds = asked.plan.groups[asked.commitment.for_ or ""].assignments
    begun = [each.sent_on for each in reached if each.sent_on <= until]
    asked_on = max(min(begun, default=until), opens_on)
    owed = people_on(asked.world, kinds, asked_on)
    owed |= _joined(asked.world, kinds, asked_on, min(until, due_on - LATE_JOINERS))
    offered = set().union(*(each.people for each in reached if each.on <= until))
    return owed & (people_on(asked.world, kinds, until) | offered)


# ── sessions that are planned ─────────────────────────────────────────────────────────────────
# A window's training is planned in time if a session in it was there so soon after it opened.
PLANNED_WITHIN = dt.timedelta(days=30)


def planned(asked: Asked, rows: tuple[Occurrence, ...]) -> Shown:
    """A session within the window, planned before it opened or within thirty days after."""
    proofs: list[Proof] = []
    figures: list[Figure] = []
    for one in rows:
        mine = sorted(
            (max(offer.planned_on, one.opens_on), offer.reference)
            for offer in asked.world.offers
            if offer.planned_on
            and one.opens_on
            and offer.planned_on <= min(one.opens_on + PLANNED_WITHIN, asked.today)
            and _in(one, offer.held_on)
        )
        things = tuple(Thing(None, *one) for one in mine[:1])
        figures.append(Figure(len(things), 1, tuple(name for _day, name in mine), things))
        proofs += [Proof(day, f"planned:{one.turn}:{reference}") for day, reference in mine[:1]]
    return proofs, figures


def done(does: Does) -> Windows:
    """What the house does once in a window, and has a record of."""

    def found(asked: Asked) -> list[Proof]:
        deeds = (one for one in asked.world.deeds if one.does is does)
        return [Proof(one.on, one.reference) for one in deeds if one.on <= asked.today]

    return once(found)


# ── meetings ──────────────────────────────────────────────────────────────────────────────────
def meetings(asked: Asked, rows: tuple[Occurrence, ...]) -> Shown:
    """A meeting to which every partner of the kinds had an invitation."""
    held = sorted(
        (meeting for meeting in asked.world.meetings if meeting.held_on <= asked.today),
        key=lambda meeting: (meeting.held_on, meeting.reference),
    )
    counted = {meeting.reference: _invited(asked, meeting) for meeting in held}
    proofs = [
        Proof(meeting.held_on, meeting.reference)
        for meeting in held
        if counted[meeting.reference].of
        and counted[meeting.reference].done == counted[meeting.reference].of
    ]
    everyone = len(wanted(asked, asked.today))

    def best(one: Occurrence) -> Figure:
        within = [counted[m.reference] for m in held if _in(one, m.held_on)]
        return max(within, key=lambda found: found.done, default=Figure(0, everyone))

    return proofs, [best(one) for one in rows]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One whom a plan means to cooperate with: a partner, or nobody where one is missing."""

    partner: PartnerFact | None = None
    since: dt.date | None = None  # the party's first day; None: as long as the plan has asked


def wanted(asked: Asked, day: dt.date) -> list[Wanted]:
    """Every partner of the plan's kinds on a day. A kind that nobody has entered is one that is
    missing; so is each party in the council without a security organisation, until somebody has
    said that it has none.
    """
    kinds = asked.plan.groups[asked.commitment.with_ or ""].organisations
    here = [one for one in asked.world.partners if one.kind in kinds and one.life.holds(day)]
    missing = set(kinds) - {one.kind for one in here}
    parties = _parties(asked.world, day) if PARTY_SECURITY in kinds else {}
    if parties:
        missing.discard(PARTY_SECURITY)
    entered = {one.party for one in here if one.kind == PARTY_SECURITY}
    lacking = [since for party, since in parties.items() if party not in entered]
    # A partner is owed from the day there was somebody to speak with, not from when it was entered.
    there = [Wanted(one, parties.get(one.party) if one.party else None) for one in here]
    return there + [Wanted() for _kind in missing] + [Wanted(None, since) for since in lacking]


def _parties(world: World, day: dt.date) -> dict[uuid.UUID, dt.date | None]:
    """Each party in the council that has not been said to stand alone: since when it sits."""
    return {
        party.id: min((life.since or dt.date.min for life in sits), default=None)
        for party in world.parties
        if (sits := [life for life in party.sits if life.holds(day)])
        and not any(life.holds(day) for life in party.without)
    }


def _invited(asked: Asked, meeting: MeetingFact) -> Figure:
    whole = wanted(asked, meeting.held_on)
    sent = [meeting.sent.get(one.partner.id) if one.partner else None for one in whole]
    done = [day for day in sent if day and day <= meeting.held_on]
    shown = (Thing(None, meeting.held_on, meeting.reference),) * len(done)
    missing = (Thing(None, None),) * (len(whole) - len(done))
    return Figure(len(done), len(whole), (meeting.reference,), shown + missing)


def _in(one: Occurrence, day: dt.date) -> bool:
    return bool(one.opens_on and one.closes_on and one.opens_on <= day <= one.closes_on)


# ── documents ─────────────────────────────────────────────────────────────────────────────────
def _adopted(asked: Asked) -> Iterator[AdoptionFact]:
    for adoption in asked.world.adoptions:
        if adoption.document == asked.commitment.what and adoption.on <= asked.today:
            yield adoption


def revised(asked: Asked) -> list[Proof]:
    """Another text than before, with something written under each of the five heads."""
    return [Proof(one.on, one.reference) for one in _adopted(asked) if one.revised]


def adopted(asked: Asked) -> list[Proof]:
    """By the role that promised it, with day, decision and reference. Whoever wrote who adopted
    it may have used the role's id or its title.
    """
    role = asked.plan.roles[asked.commitment.by]
    names = {name.casefold() for name in (role.id, role.title.sv, role.title.en)}
    return [
        Proof(one.on, one.reference)
        for one in _adopted(asked)
        if one.by.strip().casefold() in names and one.decided
    ]


def learnt(asked: Asked, rows: tuple[Occurrence, ...]) -> Shown:
    """A new version that has considered every lesson since the version before it, when each case
    that was closed since then has a lesson or a written reason for none. What has been learnt
    since a version that proves it is the next one's to consider; without closed cases there was
    nothing to learn, and nobody knows.
    """
    found = _considered(asked)
    figure = _lessons_figure(asked, found)
    return found, [figure for _one in rows]


def _considered(asked: Asked) -> list[Proof]:
    versions = sorted(_adopted(asked), key=lambda one: one.on)
    return [
        Proof(one.on, one.reference)
        for number, one in enumerate(versions)
        if _all_weighed(asked, *_since(versions, number))
        and all(one.version in lesson for lesson in _lessons(asked, versions, number))
    ]


def _since(versions: list[AdoptionFact], number: int) -> tuple[dt.date, dt.date]:
    """The days between the version before and this one: after the first, to the second."""
    return (versions[number - 1].on if number else dt.date.min), versions[number].on


def _closed(asked: Asked, after: dt.date, until: dt.date) -> list[CaseFact]:
    return [
        one
        for one in asked.world.cases
        if one.closed_at and after < asked.day_of(one.closed_at) <= until
    ]


def _all_weighed(asked: Asked, after: dt.date, until: dt.date) -> bool:
    closed = _closed(asked, after, until)
    return bool(closed) and all(one.weighed_at for one in closed)


def _lessons(asked: Asked, versions: list[AdoptionFact], number: int) -> list[frozenset[uuid.UUID]]:
    after, until = _since(versions, number)
    return [lesson.considered_in for lesson in asked.world.lessons if after < lesson.on <= until]


def _lessons_figure(asked: Asked, found: list[Proof]) -> Figure:
    """Weighed so far, of the cases closed since the last version that had learnt."""
    after = max((proof.on for proof in found), default=dt.date.min)
    since = _closed(asked, after, asked.today)
    return Figure(sum(1 for case in since if case.weighed_at), len(since))


# ── statements ────────────────────────────────────────────────────────────────────────────────
def stated(asked: Asked, *, survey: bool = False) -> list[Proof]:
    """Somebody's word. What the law asks for wants another's as well, from another role."""
    by_law = asked.commitment.basis is Basis.LAW
    return [
        Proof(one.on, one.reference, said_on=one.said_on or one.on)
        for one in asked.world.statements
        if one.commitment == asked.commitment.id
        and one.unit == asked.unit
        and max(one.on, one.said_on or one.on) <= asked.today
        and one.survey is survey
        and (one.confirmed_on or not by_law)
    ]


def surveyed(asked: Asked) -> list[Proof]:
    """A survey made elsewhere: its figure is somebody's word."""
    return stated(asked, survey=True)


by_word = once(stated)
