"""Proofs of what has a day: what was done when, for the promises with occurrences. Pure."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from varna.plan.rules.cadences import Quota
from varna.plan.rules.calendar import Occurrence
from varna.plan.rules.standings import Proof
from varna.plan.rules.terms import Assignment, Commitment, PlanFile
from varna.standing.rules.facts import AdoptionFact, MeetingFact, OfferFact, World


# Who joins later than this many days before a window's end need not be offered within it.
LATE_JOINERS = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Asked:
    """A commitment of a plan, what is known, and the day on which it is judged."""

    plan: PlanFile
    commitment: Commitment
    world: World
    today: dt.date
    unit: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """How far it has come: so many of so many, and what shows it."""

    done: int
    of: int
    evidence: tuple[str, ...] = ()


NOTHING = Figure(0, 1)
# Proofs of a promise's occurrences, and for each of them how far it has come.
Shown = tuple[list[Proof], list[Figure]]
Windows = Callable[[Asked, tuple[Occurrence, ...]], Shown]


def nothing(_asked: Asked, rows: tuple[Occurrence, ...]) -> Shown:
    """Only somebody's word can show it."""
    return [], [NOTHING for _one in rows]


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
    """An offer to everybody: in the group on the day of the first invitation, or joined at least
    thirty days before the window's end. Whoever came is counted beside it, never here.

    A window is proved on the day when the last of them had been offered a session that was held.
    """
    proofs: list[Proof] = []
    figures: dict[Occurrence, Figure] = {}
    used: set[str] = set()
    for one in sorted(rows, key=lambda row: (row.due_on or dt.date.max, row.turn)):
        offers = [offer for offer in asked.world.offers if offer.reference not in used]
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
    return sorted((one for one in found if first <= one.on <= until), key=lambda one: one.on)


def _offered(
    asked: Asked, one: Occurrence, offers: list[OfferFact]
) -> tuple[Figure, dt.date | None]:
    if one.opens_on is None or one.closes_on is None or one.opens_on > asked.today:
        return Figure(0, 0), None
    until = min(one.closes_on, asked.today)
    kinds = asked.plan.groups[asked.commitment.for_ or ""].assignments
    reached = _reached(offers, one.opens_on, until)
    asked_on = max(min((each.sent_on for each in reached), default=until), one.opens_on)
    everybody = people_on(asked.world, kinds, asked_on)
    everybody |= _joined(asked.world, kinds, asked_on, min(until, one.closes_on - LATE_JOINERS))
    left, proved_on = set(everybody), None
    for each in reached:
        left -= each.people
        if everybody and not left and proved_on is None:
            proved_on = each.on
    evidence = tuple(sorted({each.reference for each in reached}))
    return Figure(len(everybody) - len(left), len(everybody), evidence), proved_on


# ── meetings ──────────────────────────────────────────────────────────────────────────────────
def meetings(asked: Asked, rows: tuple[Occurrence, ...]) -> Shown:
    """A meeting to which every partner of the kinds had an invitation."""
    held = [meeting for meeting in asked.world.meetings if meeting.held_on <= asked.today]
    counted = {meeting.reference: _invited(asked, meeting) for meeting in held}
    proofs = [
        Proof(meeting.held_on, meeting.reference)
        for meeting in held
        if counted[meeting.reference].of
        and counted[meeting.reference].done == counted[meeting.reference].of
    ]
    everyone = _expected(asked, asked.today)

    def best(one: Occurrence) -> Figure:
        within = [counted[m.reference] for m in held if _in(one, m.held_on)]
        return max(within, key=lambda found: found.done, default=Figure(0, everyone))

    return proofs, [best(one) for one in rows]


def _kinds(asked: Asked) -> tuple[str, ...]:
    return asked.plan.groups[asked.commitment.with_ or ""].organisations


def _expected(asked: Asked, day: dt.date) -> int:
    """Every partner of the kinds; a kind that nobody has entered counts as one that is missing."""
    here = [p.kind for p in asked.world.partners if p.kind in _kinds(asked) and p.life.holds(day)]
    return len(here) + len(set(_kinds(asked)) - set(here))


def _invited(asked: Asked, meeting: MeetingFact) -> Figure:
    done = sum(
        1
        for partner in asked.world.partners
        if partner.kind in _kinds(asked)
        and partner.life.holds(meeting.held_on)
        and (sent := meeting.sent.get(partner.id)) is not None
        and sent <= meeting.held_on
    )
    return Figure(done, _expected(asked, meeting.held_on), (meeting.reference,))


def _in(one: Occurrence, day: dt.date) -> bool:
    return bool(one.opens_on and one.closes_on and one.opens_on <= day <= one.closes_on)


# ── documents ─────────────────────────────────────────────────────────────────────────────────
def _adopted(asked: Asked) -> Iterator[AdoptionFact]:
    for adoption in asked.world.adoptions:
        if adoption.document == asked.commitment.what and adoption.on <= asked.today:
            yield adoption


def revised(asked: Asked) -> list[Proof]:
    return [Proof(one.on, one.reference) for one in _adopted(asked)]


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
    """A new version that has considered every lesson since the version before it. What has been
    learnt since a version that proves it is the next one's to consider.
    """
    found = _considered(asked)
    figure = NOTHING if found else _lessons_figure(asked)
    return found, [figure for _one in rows]


def _considered(asked: Asked) -> list[Proof]:
    versions = sorted(_adopted(asked), key=lambda one: one.on)
    return [
        Proof(one.on, one.reference)
        for number, one in enumerate(versions)
        if all(one.version in lesson for lesson in _lessons(asked, versions, number))
    ]


def _lessons(asked: Asked, versions: list[AdoptionFact], number: int) -> list[frozenset[uuid.UUID]]:
    after = versions[number - 1].on if number else dt.date.min
    return [
        lesson.considered_in
        for lesson in asked.world.lessons
        if after < lesson.on <= versions[number].on
    ]


def _lessons_figure(asked: Asked) -> Figure:
    """Considered so far, of those since the last version."""
    versions = sorted(_adopted(asked), key=lambda one: one.on)
    after = versions[-1].on if versions else dt.date.min
    since = [lesson for lesson in asked.world.lessons if lesson.on > after]
    return Figure(sum(1 for lesson in since if lesson.considered_in), len(since))


# ── statements ────────────────────────────────────────────────────────────────────────────────
def stated(asked: Asked, *, survey: bool | None = None) -> list[Proof]:
    return [
        Proof(one.on, one.reference)
        for one in asked.world.statements
        if one.commitment == asked.commitment.id
        and one.unit == asked.unit
        and one.on <= asked.today
        and survey in {None, one.survey}
    ]


def surveyed(asked: Asked) -> list[Proof]:
    return stated(asked, survey=True)
