"""Sessions in February, people in the register, and a mail server."""

import datetime as dt

import pytest

import people
from mail_server import port, server
from people import AT, BY
from varna.foundation import clock
from varna.invitations.rules import Details
from varna.training.actions import arranging


__all__ = ["port", "server"]


@pytest.fixture
def crowd(db):
    return people.a_crowd


@pytest.fixture
def session(db):
    """`session(audience=("elected",), seats=2)`: the ninth of February, one to three."""

    def made(audience=("elected",), **more):
        details = {
            "title": "Trygg på mötet",
            "starts_at": dt.datetime(2027, 2, 9, 13, 0, tzinfo=clock.STOCKHOLM),
            "ends_at": dt.datetime(2027, 2, 9, 15, 0, tzinfo=clock.STOCKHOLM),
            "place": "Sessionssalen",
            **more,
        }
        plan = arranging.Plan(Details(**details), tuple(audience))
        return arranging.plan(plan, by=BY, at=AT)

    return made


@pytest.fixture
def course(db):
    """The self-study, open since the eleventh of January."""
    plan = arranging.Plan(Details(title="Tio minuter"), ("elected",))
    return arranging.plan(plan, by=BY, at=AT)
