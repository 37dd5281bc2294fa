"""The rules of a case, tried without a database."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varna.cases import words
from varna.cases.rules.clocks import Clock, Due, Limits, Times, dues
from varna.cases.rules.judging import OBSERVATIONS, QUESTIONS, Level, why_not_second
from varna.cases.rules.number import number_from
from varna.cases.rules.steps import NEXT, Facts, Reason, State, why_not_close, why_not_step
from varna.foundation import clock
from varna.reports.words import STATUS


days = st.dates(dt.date(2026, 1, 1), dt.date(2031, 12, 31))


@pytest.mark.parametrize(("here", "there"), list(itertools.product(State, State)))
def test_a_case_goes_only_where_the_table_leads(here, there):
    facts = Facts(here, assessed=True, second_missing=False, open_measures=0)
    reason = why_not_step(facts, there, reason="Skäl")
    assert (reason is None) == (there in NEXT[here])


def test_every_state_can_be_reached_and_left():
    assert set(NEXT) == set(State)
    assert set().union(*NEXT.values()) == set(State) - {State.RECEIVED}
    assert all(NEXT[state] for state in State)


def test_a_closed_case_opens_again_only_with_a_reason():
    closed = Facts(State.CLOSED, assessed=True, second_missing=False, open_measures=0)
    assert why_not_step(closed, State.UNDER_WAY, reason="  ") is Reason.NO_REASON
    assert why_not_step(closed, State.UNDER_WAY, reason="Nytt brev") is None


@given(
    state=st.sampled_from(State),
    assessed=st.booleans(),
    second=st.booleans(),
    measures=st.integers(0, 3),
)
def test_a_case_closes_only_when_judged_and_nothing_is_open(state, assessed, second, measures):
    facts = Facts(state, assessed, second, measures)
    well = State.CLOSED in NEXT[state] and assessed and not second and measures == 0
    assert (why_not_close(facts) is None) == well


@pytest.mark.parametrize(
    ("level", "author", "seen"), list(itertools.product(Level, [True, False], [True, False]))
)
def test_a_second_person_looks_once_at_what_is_serious_and_not_their_own(level, author, seen):
    reason = why_not_second(level=level, is_author=author, seen=seen)
    assert (reason is None) == (level >= Level.SERIOUS and not author and not seen)


def times(**more):
    plain = {
        "opened_on": dt.date(2026, 11, 20), "received_on": dt.date(2026, 11, 20),
        "answered_on": None, "assessed_on": None, "review_on": None, "second_missing": False,
        "closed_on": None, "after_checked": False,
    }  # fmt: skip
    return Times(**(plain | more))


def due(found, which):
    return next((d.on for d in found if d.clock is which), None)


def test_a_new_case_is_assessed_within_two_working_days_and_answered_within_a_week():
    """Friday's case is assessed by Tuesday."""
    found = dues(times(), Limits(), clock.workdays_after)
    assert due(found, Clock.ASSESS) == dt.date(2026, 11, 24)
    assert due(found, Clock.ANSWER) == dt.date(2026, 11, 27)


def test_what_has_been_done_is_not_due():
    done = times(answered_on=dt.date(2026, 11, 21), assessed_on=dt.date(2026, 11, 21))
    assert dues(done, Limits(), clock.workdays_after) == []


def test_a_serious_assessment_waits_for_its_second_person():
    judged = times(assessed_on=dt.date(2026, 11, 20), second_missing=True)
    found = dues(judged, Limits(), clock.workdays_after)
    assert due(found, Clock.SECOND) == dt.date(2026, 11, 23)


def test_a_closed_case_has_only_its_check_afterwards():
    closed = times(closed_on=dt.date(2026, 11, 20))
    found = dues(closed, Limits(), clock.workdays_after, [Due(Clock.POLICE, dt.date(2026, 12, 1))])
    assert [d.clock for d in found] == [Clock.AFTER_CHECK]
    assert found[0].on == dt.date(2027, 2, 18)
    checked = times(closed_on=dt.date(2026, 11, 20), after_checked=True)
    assert dues(checked, Limits(), clock.workdays_after) == []


optional = st.none() | days


@given(
    st.builds(
        Times,
        opened_on=days,
        received_on=optional,
        answered_on=optional,
        assessed_on=optional,
        review_on=optional,
        second_missing=st.booleans(),
        closed_on=optional,
        after_checked=st.booleans(),
    ),
    optional,
    optional,
)
def test_what_is_due_stands_in_order_and_once(given_times, measures, police):
    above = [(Clock.MEASURES, measures), (Clock.POLICE, police)]
    more = [Due(which, on) for which, on in above if on]
    found = dues(given_times, Limits(), clock.workdays_after, more)
    assert [d.on for d in found] == sorted(d.on for d in found)
    assert len({d.clock for d in found}) == len(found)


def test_every_code_has_words():
    assert set(words.STATE) == set(State)
    assert set(words.REFUSAL) >= set(Reason)
    assert set(words.CLOCK) == set(Clock)
    assert set(words.LEVEL) == set(words.LEVEL_MEANS) == set(Level)
    assert set(words.OBSERVATION) == {code for codes in OBSERVATIONS.values() for code in codes}
    assert set(words.QUESTION) == set(QUESTIONS)
    assert set(STATUS) >= set(State)


@given(st.binary(min_size=4, max_size=4))
def test_a_case_number_can_be_read_aloud(randomness):
    number = number_from(randomness)
    assert len(number) == 8
    assert number.startswith("V-")
    assert not set(number[2:]) & set("ILOU")


@pytest.mark.parametrize(("assessed", "why"), [(False, Reason.NO_ASSESSMENT), (True, None)])
def test_a_case_is_followed_up_only_when_it_has_been_assessed(assessed, why):
    facts = Facts(State.UNDER_WAY, assessed=assessed, second_missing=False, open_measures=0)
    assert why_not_step(facts, State.FOLLOW_UP) is why
