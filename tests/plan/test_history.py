"""A new version never rewrites what fell due under an older one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import ELECTION, PLAN, commitment, loaded
from varna.plan.rules.calendar import election_of, occurrences, period_after
from varna.plan.rules.history import (
    Fate,
    Noted,
    Version,
    WhyNotAdopt,
    bound,
    changes,
    why_not_adopt,
)
from varna.plan.rules.loading import load


def day(text):
    return dt.date.fromisoformat(text)


def plan(version="1", months=6, extra="", **other):
    text = PLAN.replace('version = "1"', f'version = "{version}"')
    text = text.replace("months = 6", f"months = {months}")
    for old, new in other.items():
        text = text.replace(*new) if isinstance(new, tuple) else text.replace(old, new)
    return load((text + extra).encode())


TODAY = dt.date(2027, 1, 1)
FIRST = plan()
SECOND = plan("2", months=12)


def dues(history, noted=()):
    return [
        (bound_.version.plan.version, one.due_on.isoformat())
        for bound_ in bound(history, ELECTION, noted, TODAY)
        for one in bound_.occurrences
        if one.due_on
    ]


def test_what_fell_due_before_the_new_version_stays_under_the_old_one():
    history = [Version(FIRST, day("2018-01-01")), Version(SECOND, day("2028-06-01"))]
    assert dues(history) == [
        ("1", "2027-04-14"),
        ("1", "2027-10-14"),
        ("1", "2028-04-14"),
        ("2", "2028-10-14"),
        ("2", "2029-10-14"),
        ("2", "2030-10-14"),
    ]


@given(st.dates(dt.date(2026, 10, 16), dt.date(2030, 10, 14)), st.integers(1, 24))
def test_a_new_version_changes_no_day_before_its_own_first(from_on, months):
    before = {due for due in dues([Version(FIRST, day("2018-01-01"))]) if day(due[1]) < from_on}
    after = dues([Version(FIRST, day("2018-01-01")), Version(plan("2", months), from_on)])
    assert {due for due in after if day(due[1]) < from_on} == before


def test_a_diff_tells_every_commitment_s_fate():
    old = plan(extra=commitment('form = "every", months = 12', "goes"))
    new = plan("2", months=12, extra=commitment('form = "every", months = 12', "comes"))
    assert [(one.commitment, one.fate, one.keys) for one in changes(old, new)] == [
        ("training", Fate.CHANGED, ("cadence",)),
        ("comes", Fate.NEW, ()),
        ("goes", Fate.WITHDRAWN, ()),
    ]


def test_other_people_in_the_same_group_is_another_promise():
    wider = plan("2", group=('assignments = ["elected"]', 'assignments = ["elected", "deputy"]'))
    assert [(one.fate, one.keys) for one in changes(FIRST, wider)] == [(Fate.CHANGED, ("for",))]


def test_the_same_plan_read_twice_changes_nothing():
    assert {one.fate for one in changes(FIRST, plan("2"))} == {Fate.KEPT}


@pytest.mark.parametrize(
    ("new", "from_on", "why"),
    [
        (SECOND, "2027-01-01", None),
        (SECOND, "2026-12-31", WhyNotAdopt.BACKWARDS),
        (FIRST, "2027-01-01", WhyNotAdopt.SAME),
        (plan("1", months=3), "2027-01-01", WhyNotAdopt.VERSION_TAKEN),
    ],
)
def test_a_version_that_would_rewrite_history_is_refused(new, from_on, why):
    history = [Version(FIRST, day("2018-01-01"))]
    assert why_not_adopt(history, new, day(from_on), day("2027-01-01")) is why


def test_the_first_version_may_begin_on_any_day():
    assert why_not_adopt([], FIRST, day("2018-06-20"), day("2027-01-01")) is None


def test_a_version_that_counted_other_periods_hides_none_that_comes_after_it():
    others = plan("0", known=("known = 2026-09-13", "known = 2024-09-08"))
    history = [Version(others, day("2017-01-01")), Version(FIRST, day("2018-01-01"))]
    assert dues(history) == dues(history[1:])
    assert {version for version, _due in dues(history)} == {"1"}


def test_an_event_belongs_to_the_period_of_the_election_before_it():
    waits = plan(extra=commitment('form = "anchored", to = "boards-elected", within-months = 3'))
    history = [Version(waits, day("2018-01-01"))]
    noted = [Noted("boards-elected", day("2022-11-24")), Noted("boards-elected", day("2026-11-26"))]
    late = next(b for b in bound(history, ELECTION, noted, TODAY) if b.commitment.id == "one")
    assert late.occurrences[0].opens_on == day("2026-11-26")
    early = next(
        b for b in bound(history, day("2022-09-11"), noted, TODAY) if b.commitment.id == "one"
    )
    assert early.occurrences[0].opens_on == day("2022-11-24")


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31)))
def test_every_day_lies_in_the_period_of_its_election(moment):
    mandate = FIRST.mandate
    assert moment in period_after(mandate, election_of(mandate, moment))


def test_two_periods_side_by_side_share_no_day():
    first, second = (occurrences(loaded(), election) for election in (day("2022-09-11"), ELECTION))
    assert max(one.closes_on for one in first) < min(one.opens_on for one in second)
