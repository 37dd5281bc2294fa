"""The demonstration shows a mandate under way, with every standing somewhere in it."""

import datetime as dt

import pytest

import engines
from varna.following import queries
from varna.foundation import clock, rooms
from varna.foundation.accounts.rules import system
from varna.plan.rules.standings import Standing


pytestmark = pytest.mark.django_db


def fill(now):
    for room in rooms.demonstrations():
        room.fill(by=system("tests"), at=now)


# A winter's day, the spring ahead of the boards' half-year, the leap day, the last day of a year.
DAYS = {"2026-11-24", "2027-03-28", "2028-02-29", "2027-12-31"}


@pytest.mark.parametrize("day", engines.whole_or({"2028-02-29"}, DAYS))
def test_whenever_it_is_made_every_standing_is_somewhere(day):
    now = dt.datetime.fromisoformat(f"{day}T10:00+00:00")
    fill(now)
    assert {row.standing for row in queries.stand(now).rows} == set(Standing)


def test_a_mandate_under_way_has_every_standing_and_is_the_same_when_made_again():
    now = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    fill(now)
    found = queries.stand(now)
    assert {row.standing for row in found.rows} == set(Standing)
    assert found.followed.started_on < clock.day_of(now)
    rows = [row for row in found.rows if row.commitment.id == "training"]
    over = [row for row in rows if row.occurrence.closes_on < clock.day_of(now)]
    assert [row.standing for row in over].count(Standing.MISSED) == 1
    assert all(row.said_on is None for row in over), "training is proved by its invitations alone"
    fill(now)
    again = [(row.key, row.standing, row.figure) for row in queries.stand(now).rows]
    assert again == [(row.key, row.standing, row.figure) for row in found.rows]
