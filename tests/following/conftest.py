"""A plan that is followed, and somebody who owns it."""

import datetime as dt

import pytest
import time_machine

import cast
from varna.foundation.accounts.rules import system
from varna.organisation import demonstration as organisation
from varna.plan import actions as plans
from varna.plan.queries import text_in


@pytest.fixture(autouse=True)
def _first_autumn():
    """The promises of these tests have their days in one mandate period: they take place in its
    first autumn, whenever they are run.
    """
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture(autouse=True)
def _english(in_english):
    """Its tests read what stands in the code."""


@pytest.fixture
def per(db):
    """The plan's owner."""
    return cast.an_account("Per Vik", "plan_owner")


@pytest.fixture
def follow(db, now):
    """Follow a plan's text from a day: `follow(text, from_on)`; without, the one of Västerås."""

    def done(text=None, from_on=dt.date(2018, 6, 20), at=now):
        by = system("tests")
        content = text.encode() if text else text_in("vasteras-2018")
        edition = plans.read_plan(content, by=by, at=at)
        return plans.adopt_plan(edition.pk, from_on=from_on, by=by, at=at)

    return done


@pytest.fixture
def town(db, now):
    organisation.fill(by=system("tests"), at=now)


@pytest.fixture
def inside(client, per):
    """The plan's owner at a browser."""
    return cast.sign_in(client, per)
