"""Working days as Swedish offices keep them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varna.foundation import clock


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2060, 12, 31))
MOMENTS = st.datetimes(
    dt.datetime(2024, 1, 1),  # noqa: DTZ001 (hypothesis adds the zone)
    dt.datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)
FREE = [
    "2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14",
    "2026-06-19", "2026-12-24", "2026-12-25", "2026-12-31", "2027-01-06", "2027-03-26",
    "2027-03-29", "2027-05-06", "2027-06-25", "2025-06-06", "2025-06-20", "2028-06-23",
    "2026-11-21", "2026-11-22",
]  # fmt: skip
OPEN = ["2026-04-02", "2026-04-07", "2026-05-15", "2026-06-18", "2026-06-22", "2026-12-23",
        "2026-12-28", "2026-01-02", "2026-01-05", "2026-11-20", "2026-11-23"]  # fmt: skip


@pytest.mark.parametrize("day", FREE)
def test_it_is_no_working_day(day):
    assert not clock.is_workday(dt.date.fromisoformat(day))


@pytest.mark.parametrize("day", OPEN)
def test_it_is_a_working_day(day):
    assert clock.is_workday(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        ("2026-06-18", 1, "2026-06-22"),  # over midsummer
        ("2026-12-23", 1, "2026-12-28"),  # over Christmas
        ("2026-12-30", 2, "2027-01-05"),  # over New Year
        ("2026-04-02", 1, "2026-04-07"),  # over Easter
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),  # told on a Saturday: the first working day is Monday
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-23", 5, "2026-11-30"),
    ],
)
def test_so_many_working_days_later(day, count, after):
    found = clock.workdays_after(dt.date.fromisoformat(day), count)
    assert found == dt.date.fromisoformat(after)


@given(DAYS, st.integers(0, 30))
def test_a_limit_is_always_a_working_day_that_has_not_been(day, count):
    found = clock.workdays_after(day, count)
    assert clock.is_workday(found)
    assert found >= day


@given(DAYS, st.integers(0, 30))
def test_more_days_are_never_sooner_and_a_later_start_never_ends_earlier(day, count):
    found = clock.workdays_after(day, count)
    assert clock.workdays_after(day, count + 1) >= found
    assert clock.workdays_after(day + dt.timedelta(days=1), count) >= found


@given(DAYS, st.integers(1, 30))
def test_between_start_and_limit_lie_as_many_working_days_as_were_asked_for(day, count):
    found = clock.workdays_after(day, count)
    between = (found - day).days
    days = [day + dt.timedelta(days=n) for n in range(1, between + 1)]
    assert sum(clock.is_workday(one) for one in days) == count


@given(MOMENTS)
@pytest.mark.proves("F-19", part=True)
def test_a_day_begins_and_ends_in_sweden_also_when_the_clocks_change(moment):
    day = clock.day_of(moment)
    assert clock.start_of(day) <= moment < clock.start_of(day + dt.timedelta(days=1))
    assert clock.day_of(clock.end_of_office(day)) == day
