"""People in the register, with and without an address, and a mail server that takes their mail."""

import datetime as dt

from django.conf import settings

import pytest

import mail_server
import people
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.invitations.actions import arranging
from varna.invitations.rules import Details


BY = system("tests")
AT = dt.datetime(2027, 1, 11, 9, 0, tzinfo=clock.STOCKHOLM)


@pytest.fixture
def port(monkeypatch):
    number = mail_server.free_port()
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_PORT", number)
    return number


@pytest.fixture
def server(port):
    with mail_server.serving(port) as box:
        yield box


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
