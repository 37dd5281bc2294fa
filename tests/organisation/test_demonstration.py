"""The demonstration municipality has the shape that it says, and is made only once."""

import datetime as dt

import pytest

from varna.foundation.accounts.rules import system
from varna.organisation import demonstration
from varna.organisation.models import Assignment, Body, Party, Person
from varna.organisation.queries import groups_on
from varna.organisation.rules.roles import BodyKind, Group


pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 22)


def fill(now):
    demonstration.fill(by=system("tests"), at=now)


def test_it_has_the_shape_of_a_large_municipality(now):
    fill(now)
    council = Assignment.unscoped.in_office(DAY).filter(body__kind=BodyKind.COUNCIL)
    assert council.filter(group=Group.ELECTED).count() == 61
    assert council.filter(group=Group.DEPUTY).count() == 34
    boards = Body.unscoped.filter(kind__in=[BodyKind.EXECUTIVE, BodyKind.BOARD])
    assert boards.count() == 14
    assert not boards.filter(administration=None).exists()
    assert Party.unscoped.count() == 9
    assert 290 <= Person.unscoped.count() <= 310
    assert 570 <= Assignment.unscoped.count() <= 640
    assert Person.unscoped.filter(protected=True).count() == 4


def test_made_again_it_changes_nothing(now):
    fill(now)
    before = list(Assignment.unscoped.order_by("pk").values_list()), groups_on(DAY)
    fill(now)
    assert (list(Assignment.unscoped.order_by("pk").values_list()), groups_on(DAY)) == before


def test_every_group_but_candidates_has_people(now):
    fill(now)
    empty = {group for group, count in groups_on(DAY).items() if not count}
    assert empty == {Group.CANDIDATE}


def test_everybody_in_it_has_an_assignment_and_no_two_share_a_name(now):
    fill(now)
    assert not Person.unscoped.exclude(pk__in=Assignment.unscoped.values("person")).exists()
    names = list(Person.unscoped.values_list("name_key", flat=True))
    assert len(set(names)) == len(names)
