"""What nobody can do to a row by entering more, by taking away, or by doing it in another order.

Whatever the municipality has done: adding somebody or something that is owed never makes a row
greener, taking evidence away does not either, what happens after its day changes no row that was
proved by then, and in which order things were entered says nothing.
"""

import dataclasses
import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from varna.following.queries import moment
from varna.foundation import clock
from varna.plan.queries import plan_in
from varna.plan.rules.history import Noted, Version
from varna.plan.rules.standings import Standing
from varna.plan.rules.terms import Assignment, Does, Unit
from varna.standing.rules import facts
from varna.standing.rules.facts import Lack, Register, Whom
from varna.standing.rules.status import status
from worlds import KEPT, day, one


PLAN = plan_in("vasteras-2018")
HISTORY = (Version(PLAN, day("2018-06-20")),)
ELECTION = dt.date(2026, 9, 13)
FIRST, LAST = day("2026-10-01"), day("2028-12-31")
# How good each standing looks. Those on one level say different things, none better than another.
GREEN = {
    Standing.KEPT: 4, Standing.KEPT_LATE: 3, Standing.STATED: 2,
    Standing.OPEN: 1, Standing.DUE_SOON: 1, Standing.UNKNOWN: 1, Standing.UPCOMING: 1,
    Standing.AWAITING_EVENT: 1, Standing.WITHDRAWN: 1,
    Standing.OVERDUE: 0, Standing.MISSED: 0,
}  # fmt: skip
days = some.dates(FIRST, LAST)
DEEP = bool(os.environ.get("DEEP"))
TRIES = settings(
    max_examples=200 if DEEP else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not DEEP,
)


def at(when):
    return clock.start_of(when) + dt.timedelta(hours=10)


# ── what there can be ─────────────────────────────────────────────────────────────────────────
people = some.integers(1, 6).map(one)
lives = some.builds(
    lambda since, until: facts.Life(since, until if until and since and until > since else None),
    some.one_of(some.none(), days),
    some.one_of(some.none(), days),
)
kinds = some.sampled_from(
    [Assignment.ELECTED, Assignment.DEPUTY, Assignment.COMPANY_BOARD, Assignment.FULL_TIME]
)
members = some.builds(
    lambda person, kind, life: facts.Members(frozenset({person}), kind, life),
    people, kinds, lives,
)  # fmt: skip
UNITS = [Unit.BOARD, Unit.EXECUTIVE, Unit.COMPANY, Unit.ADMINISTRATION, Unit.PARTY_GROUP]
units = some.builds(
    lambda number, kind, served: facts.UnitFact(
        one(20 + number), f"Organ {number}", kind, facts.Life(), one(30) if served else None
    ),
    some.integers(0, 3), some.sampled_from(UNITS), some.booleans(),
)  # fmt: skip
offers = some.builds(
    lambda number, held, sent, who, planned: facts.OfferFact(
        f"session:{number}", held, {sent: frozenset(who)}, planned_on=planned
    ),
    some.integers(1, 4), days, days, some.sets(people), days,
)  # fmt: skip
PARTIES = (one(501), one(502))
parties = some.builds(
    lambda party, life: facts.PartyFact(party, "P", (life,)), some.sampled_from(PARTIES), lives
)
PARTNER_KINDS = ["police", "security-service", "party-security"]
partners = some.builds(
    lambda number, kind, since, verified, contacted, party: facts.PartnerFact(
        one(40 + number), kind, facts.Life(since), tuple(verified), tuple(contacted), party
    ),
    some.integers(0, 4), some.sampled_from(PARTNER_KINDS), days, some.lists(days, max_size=3),
    some.lists(days, max_size=3), some.sampled_from((None, *PARTIES)),
)  # fmt: skip
meetings = some.builds(
    lambda number, held, sent: facts.MeetingFact(f"meeting:{number}", held, sent),
    some.integers(1, 3), days, some.dictionaries(some.integers(40, 44).map(one), days),
)  # fmt: skip
adoptions = some.builds(
    lambda number, document, on, revised: facts.AdoptionFact(
        f"version:{number}", one(60 + number), document, on, "executive-board", True,
        facts.Life(on), revised,
    ),
    some.integers(0, 2), some.sampled_from(["plan", "guideline"]), days, some.booleans(),
)  # fmt: skip
known = some.builds(
    lambda number, who, on: facts.KnownFact(one(60 + number), who, on),
    some.integers(0, 2), some.one_of(people, some.integers(20, 23).map(one)), days,
)  # fmt: skip
contacts = some.builds(
    lambda unit, function, verified: facts.ContactFact(
        "contact:1", unit, function, facts.Life(), tuple(verified)
    ),
    some.sampled_from([None, one(20), one(30)]),
    some.sampled_from(["", "city-executive-office", "safety-process"]),
    some.lists(days, max_size=2),
)  # fmt: skip
moments = days.map(at)
MOMENTS = ("assessed_at", "measured_at", "supported_at", "health_at", "evaluated_at", "weighed_at")


def a_case(opened, after, closed, whom):
    times = {
        name: opened + dt.timedelta(days=n) if n is not None else None
        for name, n in zip(MOMENTS, after, strict=True)
    }
    ended = closed if closed and closed > opened else None
    return facts.CaseFact(opened, opened, ended, whom=whom, **times)


cases = some.builds(
    a_case,
    moments, some.lists(some.one_of(some.none(), some.integers(0, 40)), min_size=6, max_size=6),
    some.one_of(some.none(), moments), some.sampled_from([None, *Whom]),
)  # fmt: skip
happened = some.builds(
    lambda when, after: facts.Happened(
        when, when + dt.timedelta(days=after) if after is not None else None
    ),
    moments, some.one_of(some.none(), some.integers(0, 30)),
)  # fmt: skip
lessons = some.builds(
    lambda on, versions: facts.LessonFact(on, frozenset(versions)),
    days, some.sets(some.integers(60, 62).map(one)),
)  # fmt: skip
statements = some.builds(
    lambda number, about, on, later, confirmed: facts.StatementFact(
        f"statement:{number}", about, on, said_on=on + dt.timedelta(days=later),
        confirmed_on=confirmed,
    ),
    some.integers(0, 9), some.sampled_from([one.id for one in PLAN.commitments]), days,
    some.integers(0, 400), some.one_of(some.none(), days),
)  # fmt: skip
confirmed = some.builds(
    facts.ConfirmedFact, people, some.sampled_from(["competence", "risk"]), days
)
deeds = some.builds(
    lambda number, does, on: facts.DeedFact(does, f"deed:{number}", on),
    some.integers(0, 9), some.sampled_from([Does.REPORT, Does.COMPARE_TERMS, Does.KEEP_RECORDS]),
    days,
)  # fmt: skip
ALL = {
    "members": members, "units": units, "offers": offers, "meetings": meetings,
    "partners": partners, "parties": parties, "adoptions": adoptions, "known": known,
    "asked": known, "contacts": contacts, "requests": happened, "cases": cases,
    "reports": moments.map(lambda when: facts.Happened(when, None)), "lessons": lessons,
    "statements": statements, "confirmed": confirmed, "deeds": deeds,
}  # fmt: skip
# Each thing is itself only once: a person in a group for one time, a session, a partner.
SAME = {
    "members": lambda row: (row.people, row.kind), "units": lambda row: row.id,
    "partners": lambda row: row.id, "parties": lambda row: row.id,
    "offers": lambda row: row.reference, "meetings": lambda row: row.reference,
    "adoptions": lambda row: row.version, "statements": lambda row: row.reference,
    "deeds": lambda row: row.reference,
}  # fmt: skip


def found(name):
    return some.lists(ALL[name], max_size=4, unique_by=SAME.get(name)).map(tuple)


lacking = some.lists(
    some.sampled_from([Register.PEOPLE, Register.BODIES, Register.PARTNERS]), max_size=1
)
worlds = some.builds(
    lambda less, **rooms: facts.World(
        **rooms, registers=tuple(_without(less))
    ),
    lacking, **{name: found(name) for name in ALL},
)  # fmt: skip
events = some.lists(
    some.builds(Noted, some.just("boards-elected"), some.dates(FIRST, day("2027-06-30"))),
    max_size=1,
)
# Something more that is owed, of which nothing shows that it was done.
NEW = one(900)
MORE = {
    "members": some.builds(
        lambda kind, life: facts.Members(frozenset({NEW}), kind, life), kinds, lives
    ),
    "units": some.builds(
        lambda kind, served: facts.UnitFact(
            NEW, "Nytt organ", kind, facts.Life(), one(30) if served else None
        ),
        some.sampled_from(UNITS), some.booleans(),
    ),
    "parties": lives.map(lambda life: facts.PartyFact(NEW, "Nytt parti", (life,))),
    "partners": some.builds(
        lambda kind, since, party: facts.PartnerFact(NEW, kind, facts.Life(since), party=party),
        some.sampled_from(PARTNER_KINDS), days, some.sampled_from((None, *PARTIES)),
    ),
    "cases": some.builds(
        lambda opened, whom: facts.CaseFact(opened, opened, whom=whom),
        moments, some.sampled_from([None, *Whom]),
    ),
    "requests": moments.map(lambda when: facts.Happened(when, None)),
    "reports": moments.map(lambda when: facts.Happened(when, None)),
}  # fmt: skip
EVIDENCE = (
    "offers", "meetings", "known", "contacts", "confirmed", "deeds", "statements", "adoptions",
)  # fmt: skip


def _without(registers):
    for fact in KEPT:
        if fact.register in registers:
            yield dataclasses.replace(fact, lacks={Lack.UNANSWERED: FIRST})
        else:
            yield fact


def judged(world, today, noted=()):
    """Each row by what it is about; all that a unit's row says is its own."""
    now = clock.end_of(today)
    found = status(HISTORY, tuple(noted), ELECTION, world, moment(now, day("2020-01-01")))
    return {(row.key, row.version.edition): row for row in found}


def no_greener(before, after):
    promised = {row.commitment.id for row in after.values()}
    for key, row in before.items():
        # What stood for all units while there was none gives way to theirs.
        if row.unit is None and key not in after and not row.figure.of:
            assert row.commitment.id in promised
            continue
        assert key in after, f"{row.commitment.id}: the row is gone"
        now = after[key]
        assert GREEN[now.standing] <= GREEN[row.standing], (
            f"{row.commitment.id} {row.occurrence.due_on}: {row.standing} {row.figure} "
            f"became {now.standing} {now.figure}"
        )


@pytest.mark.parametrize("what", MORE)
@TRIES
@given(data=some.data())
def test_what_more_is_owed_makes_no_row_greener(what, data):
    world, noted, today = data.draw(worlds), data.draw(events), data.draw(days)
    more = dataclasses.replace(world, **{what: (*getattr(world, what), data.draw(MORE[what]))})
    no_greener(judged(world, today, noted), judged(more, today, noted))


@TRIES
@given(worlds, events, days)
def test_an_event_that_is_entered_makes_no_row_greener(world, noted, today):
    no_greener(judged(world, today), judged(world, today, noted))


@pytest.mark.parametrize("what", EVIDENCE)
@TRIES
@given(data=some.data())
def test_taking_evidence_away_makes_no_row_greener(what, data):
    world, noted, today = data.draw(worlds), data.draw(events), data.draw(days)
    rows = getattr(world, what)
    if not rows:
        return
    gone = data.draw(some.integers(0, len(rows) - 1))
    less = dataclasses.replace(world, **{what: (*rows[:gone], *rows[gone + 1 :])})
    no_greener(judged(world, today, noted), judged(less, today, noted))


@TRIES
@given(worlds, events, days, some.randoms(use_true_random=False))
def test_the_order_says_nothing(world, noted, today, dice):
    shuffled = {
        name: tuple(dice.sample(getattr(world, name), len(getattr(world, name)))) for name in ALL
    }
    other = dataclasses.replace(world, **shuffled)
    before, after = judged(world, today, noted), judged(other, today, noted)
    assert {k: (r.standing, r.figure.done, r.figure.of) for k, r in before.items()} == {
        k: (r.standing, r.figure.done, r.figure.of) for k, r in after.items()
    }


@pytest.mark.parametrize("what", ["members", "parties", "partners", "cases"])
@TRIES
@given(data=some.data())
def test_what_happens_after_its_day_changes_no_row_that_was_proved_by_then(what, data):
    world, noted = data.draw(worlds), data.draw(events)
    proved = {
        key: row
        for key, row in judged(world, LAST, noted).items()
        if row.standing is Standing.KEPT and row.occurrence.due_on
    }
    for key, row in proved.items():
        later = row.occurrence.due_on + dt.timedelta(days=1)
        life = facts.Life(later)
        more = {
            "members": facts.Members(frozenset({NEW}), Assignment.ELECTED, life),
            "parties": facts.PartyFact(NEW, "Nytt", (life,)),
            "partners": facts.PartnerFact(NEW, "police", life),
            "cases": facts.CaseFact(at(later), at(later), at(later)),
        }[what]
        changed = dataclasses.replace(world, **{what: (*getattr(world, what), more)})
        now = judged(changed, LAST, noted)[key]
        assert now.standing is Standing.KEPT, row.commitment.id
        assert now.figure == row.figure, row.commitment.id
