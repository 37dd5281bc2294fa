"""Mandate periods follow the law, tile time, and say who is in office."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varna.organisation.models import Assignment, Body, Person
from varna.organisation.rules.periods import (
    board_period,
    council_period,
    default_period,
    in_office,
    last_day,
)
from varna.organisation.rules.roles import BodyKind


days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
maybe_days = st.none() | days
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-10-14", "2022-10-15", "2026-10-14"),
        ("2026-10-15", "2026-10-15", "2030-10-14"),
        ("2028-02-29", "2026-10-15", "2030-10-14"),
        ("2030-10-14", "2026-10-15", "2030-10-14"),
    ],
)
def test_the_council_sits_from_15_october_to_14_october(day, first, last):
    period = council_period(dt.date.fromisoformat(day))
    assert (period.starts_on.isoformat(), period.ends_on.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-12-31", "2023-01-01", "2026-12-31"),
        ("2027-01-01", "2027-01-01", "2030-12-31"),
        ("2030-12-31", "2027-01-01", "2030-12-31"),
    ],
)
def test_a_board_sits_calendar_years(day, first, last):
    period = board_period(dt.date.fromisoformat(day))
    assert (period.starts_on.isoformat(), period.ends_on.isoformat()) == (first, last)


@given(st.sampled_from(BodyKind), days)
def test_the_periods_tile_time(kind, day):
    """Each day lies in exactly one period, and the next begins the day after it ends."""
    period = default_period(kind, day)
    assert day in period
    assert default_period(kind, period.starts_on) == default_period(kind, period.ends_on) == period
    assert default_period(kind, period.ends_on + DAY).starts_on == period.ends_on + DAY


@given(st.sampled_from(BodyKind), days)
def test_every_period_is_four_years_with_one_leap_day(kind, day):
    period = default_period(kind, day)
    length = (period.ends_on - period.starts_on).days + 1
    leap_less = any(
        year in {1900, 2100} for year in range(period.starts_on.year, period.ends_on.year + 1)
    )
    assert length == 1461 or leap_less


@given(maybe_days, maybe_days, days)
def test_both_days_count(starts, ends, day):
    inside = in_office(starts, ends, day)
    assert inside == ((starts or dt.date.min) <= day <= (ends or dt.date.max))


@given(maybe_days, days)
def test_who_is_found_gone_is_in_office_today_at_most(starts, day):
    ends = last_day(starts, day)
    assert not in_office(starts, ends, day + DAY)
    if starts is not None and starts > day:
        assert not any(in_office(starts, ends, starts + n * DAY) for n in range(-2, 3))


@pytest.mark.django_db
def test_the_database_gives_the_same_answer_as_the_rule():
    around = [None, *(dt.date(2028, 2, 28) + n * DAY for n in range(4))]
    person = Person.unscoped.create(family="Ask", name_key="ask", sort_key="ask")
    body = Body.unscoped.create(name="X", name_key="x", kind=BodyKind.BOARD)
    Assignment.unscoped.bulk_create(
        Assignment(person=person, body=body, role="Ledamot", starts_on=starts, ends_on=ends)
        for starts in around
        for ends in around
    )
    for day in around[1:]:
        found = set(Assignment.unscoped.in_office(day).values_list("pk", flat=True))
        rows = Assignment.unscoped.all()
        assert found == {row.pk for row in rows if in_office(row.starts_on, row.ends_on, day)}
