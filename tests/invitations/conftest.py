"""People in the register, with and without an address, and a mail server that takes their mail."""

import datetime as dt

import pytest

import people
from mail_server import port, server
from people import AT, BY
from varna.foundation import clock
from varna.invitations.actions import arranging
from varna.invitations.rules import Details


__all__ = ["port", "server"]


@pytest.fixture
def crowd(db):
    """`crowd(5, without=1)`: people in the register, the last ones without an address."""
    return people.a_crowd


@pytest.fixture
def session(db):
    """`session(seats=2)`: an occasion in February."""

    def made(**more):
        details = {
            "title": "Trygg på mötet",
            "text": "Vi går igenom hur ett möte görs tryggt; ta med frågor, gärna många.",
            "starts_at": dt.datetime(2027, 2, 9, 13, 0, tzinfo=clock.STOCKHOLM),
            "ends_at": dt.datetime(2027, 2, 9, 15, 0, tzinfo=clock.STOCKHOLM),
            "place": "Sessionssalen, Åkargatan 1",
            **more,
        }
        return arranging.arrange(Details(**details), kind="test", by=BY, at=AT)

    return made
