"""Windows tile the period, every due day lies in it, and events move what waits for them."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import ELECTION, commitment, loaded
from varna.plan.rules.cadences import Every, Start
from varna.plan.rules.calendar import (
    NotAnElectionError,
    election_day,
    months_after,
    occurrences,
    period_after,
    windows,
)
from varna.plan.rules.terms import SWEDISH_MANDATE, Elections, Mandate, Weekday


DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))
scales = st.builds(Every, st.integers(1, 120)) | st.builds(
    Every, st.sampled_from([1, 2, 3, 4, 6, 12]), st.just(Start.CALENDAR)
)
CADENCES = [
    'form = "every", months = 7',
    'form = "every", months = 4, from = "calendar"',
    'form = "quota", count = 4, spread = "mandate-year", last-before = "election"',
    'form = "quota", count = 9, spread = "any"',
    'form = "anchored", to = "boards-elected", within-months = 30',
    'form = "anchored", to = "boards-elected", within-days = 3000',
    'form = "anchored", to = "boards-elected", counts-in = "training"',
    'form = "deadline", before = "election", by = "end-of-previous-year"',
    'form = "deadline", before = "mandate-end", by = "on-the-day", warn = { days = 30 }',
]


@st.composite
def periods(draw):
    """Any country's: also councils that begin on the 31st, and leap years with and without."""
    known = draw(st.dates(dt.date(1890, 1, 1), dt.date(2110, 1, 1)))
    weekday = draw(st.sampled_from(Weekday))
    years = draw(st.integers(1, 10))
    first = Elections(draw(st.integers(1, 11)), weekday, draw(st.integers(1, 4)), years, known)
    day = election_day(first, known.year)
    election = Elections(first.month, weekday, first.nth, years, day)
    council = draw(st.dates(dt.date(2001, first.month + 1, 1), dt.date(2001, 12, 31)))
    return period_after(Mandate(election, (council.month, council.day), (1, 1)), day)


@given(periods(), scales)
def test_windows_tile_the_period(period, scale):
    tiles = list(windows(period, scale))
    assert tiles[0][0] == period.starts_on
    assert tiles[-1][1] == period.ends_on
    assert all(first <= last for first, last in tiles)
    assert all(last + DAY == first for (_, last), (first, _) in itertools.pairwise(tiles))


@given(periods())
def test_the_next_election_lies_in_the_period(period):
    assert period.starts_on < period.next_election < period.ends_on


@given(days, st.integers(-200, 200))
def test_a_month_is_the_same_day_or_the_last(day, months):
    moved = months_after(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + DAY).day == 1)


@given(st.integers(0, 30), days)
def test_every_due_day_lies_in_the_period(number, boards):
    election = election_day(SWEDISH_MANDATE.elections, 1990 + 4 * number)
    period = period_after(SWEDISH_MANDATE, election)
    plan = loaded(*(commitment(text, f"c{n}") for n, text in enumerate(CADENCES)))
    for one in occurrences(plan, election, {"boards-elected": boards}):
        assert one.opens_on <= one.due_on <= one.closes_on
        assert one.opens_on in period
        assert one.closes_on in period


@pytest.mark.parametrize("year", [2022, 2026, 2094, 2098])
def test_two_periods_lie_side_by_side(year):
    elections = SWEDISH_MANDATE.elections
    one = period_after(SWEDISH_MANDATE, election_day(elections, year))
    two = period_after(SWEDISH_MANDATE, one.next_election)
    assert one.ends_on + DAY == two.starts_on
    plan = loaded()
    lasts = occurrences(plan, election_day(elections, year))[-1]
    assert lasts.closes_on + DAY == occurrences(plan, one.next_election)[0].opens_on


def test_a_leap_day_belongs_to_its_window():
    tiles = list(windows(period_after(SWEDISH_MANDATE, ELECTION), Every(1)))
    assert len(tiles) == 48
    assert [tile for tile in tiles if tile[0] <= dt.date(2028, 2, 29) <= tile[1]] == [
        (dt.date(2028, 2, 15), dt.date(2028, 3, 14))
    ]
    assert months_after(dt.date(2028, 2, 29), 12) == dt.date(2029, 2, 28)


@pytest.mark.parametrize("day", ["2026-09-14", "2028-09-10", "2027-05-02"])
def test_an_extra_election_opens_no_period(day):
    with pytest.raises(NotAnElectionError) as refused:
        period_after(SWEDISH_MANDATE, dt.date.fromisoformat(day))
    assert refused.value.nearest == ELECTION


def anchored(length, event):
    text = f'form = "anchored", to = "boards-elected", {length}'
    events = {"boards-elected": dt.date.fromisoformat(event)} if event else {}
    made = occurrences(loaded(commitment(text)), ELECTION, events)
    return [(str(o.opens_on), str(o.due_on)) for o in made if o.commitment == "one"]


@pytest.mark.parametrize(
    ("length", "event", "expected"),
    [
        ('counts-in = "training"', "2026-11-26", [("2026-11-26", "2027-04-14")]),
        ('counts-in = "training"', "2027-04-14", [("2027-04-14", "2027-04-14")]),
        ('counts-in = "training"', "2027-04-15", [("2027-04-15", "2027-10-14")]),
        ('counts-in = "training"', "2026-10-01", [("2026-10-15", "2027-04-14")]),
        ("within-months = 3", "2026-11-30", [("2026-11-30", "2027-02-28")]),
        ("within-days = 10", "2026-10-01", [("2026-10-15", "2026-10-25")]),
        ("within-months = 3", "2030-10-14", [("2030-10-14", "2030-10-14")]),
        ("within-months = 3", "2030-10-15", []),
        ("within-months = 3", "", [("None", "None")]),
    ],
)
def test_what_waits_for_the_boards_opens_when_they_are_elected(length, event, expected):
    assert anchored(length, event) == expected


def test_what_awaits_its_event_comes_last_and_says_which():
    text = 'form = "anchored", to = "new-head", within-days = 9'
    last = occurrences(loaded(commitment(text, "aa")), ELECTION)[-1]
    assert (last.commitment, last.awaiting, last.due_on) == ("aa", "new-head", None)


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        ('count = 2, spread = "any"', ["2030-10-14", "2030-10-14"]),
        ('count = 2, spread = "any", last-before = "election"', ["2030-09-07", "2030-09-07"]),
        ('count = 4, spread = "mandate-year"', [f"{y}-10-14" for y in range(2027, 2031)]),
    ],
)
def test_a_quota_is_due_as_it_is_spread(cadence, expected):
    made = occurrences(loaded(commitment(f'form = "quota", {cadence}')), ELECTION)
    assert [str(o.due_on) for o in made if o.commitment == "one"] == expected


def test_calendar_windows_are_clipped_at_both_ends():
    made = list(windows(period_after(SWEDISH_MANDATE, ELECTION), Every(6, Start.CALENDAR)))
    assert len(made) == 9
    assert made[0] == (dt.date(2026, 10, 15), dt.date(2026, 12, 31))
    assert made[-1] == (dt.date(2030, 7, 1), dt.date(2030, 10, 14))
