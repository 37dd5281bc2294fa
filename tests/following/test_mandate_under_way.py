"""The demonstration shows a mandate under way, with every standing somewhere in it."""

import pytest

from varna.following import queries
from varna.foundation import clock, rooms
from varna.foundation.accounts.rules import system
from varna.plan.rules.standings import Standing


pytestmark = pytest.mark.django_db


def fill(now):
    for room in rooms.demonstrations():
        room.fill(by=system("tests"), at=now)


def test_a_mandate_under_way_has_every_standing_and_is_the_same_when_made_again(now):
    fill(now)
    found = queries.stand(now)
    assert {row.standing for row in found.rows} == set(Standing)
    assert found.followed.started_on < clock.day_of(now)
    rows = [row for row in found.rows if row.commitment.id == "training"]
    over = [row for row in rows if row.occurrence.closes_on < clock.day_of(now)]
    assert [row.standing for row in over].count(Standing.MISSED) == 1
    assert all(not row.stated for row in over), "training is proved by its invitations alone"
    fill(now)
    again = [(row.key, row.standing, row.figure) for row in queries.stand(now).rows]
    assert again == [(row.key, row.standing, row.figure) for row in found.rows]
