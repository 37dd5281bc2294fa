"""What measures there are, how they go, and when they are gone through again."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varna.cases.rules.steps import Facts, State
from varna.support import words
from varna.support.rules import (
    CATALOGUE,
    MEASURE_NEXT,
    MeasureClass,
    MeasureState,
    review_on,
    why_not_measure,
)


@pytest.mark.parametrize(("state", "assessed"), list(itertools.product(State, [True, False])))
def test_a_measure_needs_an_assessment_and_an_open_case(state, assessed):
    reason = why_not_measure(Facts(state, assessed, second_missing=False, open_measures=0))
    assert (reason is None) == (assessed and state is not State.CLOSED)


def test_what_is_done_or_ended_stays_so():
    assert MEASURE_NEXT[MeasureState.DONE] == MEASURE_NEXT[MeasureState.ENDED] == frozenset()


def test_there_are_eleven_classes_of_measures_and_a_free_one():
    assert len(MeasureClass) == 12
    assert CATALOGUE[MeasureClass.FREE] == ()


def test_every_code_has_words():
    assert set(words.CATALOGUE) == {code for codes in CATALOGUE.values() for code in codes}
    assert set(words.MEASURE_CLASS) == set(MeasureClass) == set(CATALOGUE)
    assert set(words.MEASURE_STATE) == set(MeasureState)


@given(st.dates(dt.date(2026, 1, 1), dt.date(2031, 12, 31)))
def test_open_measures_are_gone_through_a_month_after_the_oldest_or_the_last_time(oldest):
    day = dt.timedelta(days=1)
    assert review_on(oldest, None, 30) == oldest + 30 * day
    assert review_on(oldest, oldest + 5 * day, 30) == oldest + 35 * day
    assert review_on(oldest, oldest - 5 * day, 30) == oldest + 30 * day
