"""A mail server that hangs, says no for now, or takes the mail and is gone before it says so."""

import datetime as dt
import email
import time

from django.conf import settings
from django.core.management import CommandError, call_command

import pytest
from aiosmtpd.controller import Controller

from mail_server import port, server
from varna.foundation import clock
from varna.foundation.outbox.actions import put_uniform, send_due
from varna.foundation.outbox.models import Mail
from varna.foundation.outbox.queries import waits_since


__all__ = ["port", "server"]
pytestmark = pytest.mark.django_db


class Moody:
    """Does as it is told with what comes, and remembers what it was given."""

    def __init__(self, *moods):
        self.moods, self.given = list(moods), []

    async def handle_DATA(self, server, session, envelope):
        self.given.append(email.message_from_bytes(envelope.content)["Message-ID"])
        mood = self.moods.pop(0) if self.moods else "takes"
        if mood == "drops":
            server.transport.abort()
        if mood == "hangs":
            import asyncio

            await asyncio.sleep(3)
        return "451 4.3.0 try later" if mood == "later" else "250 OK"


@pytest.fixture
def moody(port):
    running = []

    def serve(*moods):
        box = Moody(*moods)
        controller = Controller(box, hostname="127.0.0.1", port=port)
        controller.start()
        running.append(controller)
        return box

    yield serve
    for controller in running:
        controller.stop()


@pytest.mark.parametrize("mood", ["later", "drops", "hangs"])
@pytest.mark.proves("F-17", "D11")
def test_it_is_tried_again_and_is_recognisably_the_same(moody, alva, monkeypatch, mood):
    monkeypatch.setattr(settings, "EMAIL_TIMEOUT", 1)
    box, at = moody(mood), clock.now()
    put_uniform(alva.pk, at=at, at_once=True)
    assert send_due(at=at) == 0
    assert send_due(at=at) == 0, "not at once"
    assert send_due(at=at + dt.timedelta(minutes=2)) == 1
    assert len(box.given) == 2
    assert len(set(box.given)) == 1
    assert send_due(at=at + dt.timedelta(minutes=10)) == 0


@pytest.mark.proves("F-17")
def test_a_server_that_hangs_keeps_the_worker_no_longer_than_its_limit(moody, alva, monkeypatch):
    monkeypatch.setattr(settings, "EMAIL_TIMEOUT", 1)
    moody("hangs")
    put_uniform(alva.pk, at=clock.now(), at_once=True)
    began = time.monotonic()
    send_due(at=clock.now())
    assert time.monotonic() - began < 3


def waits(at):
    return waits_since(at=at) is not None


def test_that_mails_wait_is_told_until_one_leaves(moody, alva, folke):
    at = clock.now()
    put_uniform(alva.pk, at=at, at_once=True)
    assert waits(at)
    send_due(at=at)  # nobody answers
    later = at + dt.timedelta(days=5)
    assert waits(later), "also when nobody tries any more"
    moody()
    put_uniform(folke.pk, at=later, at_once=True)
    send_due(at=later)
    assert not waits(later + dt.timedelta(minutes=1))


def test_one_address_that_is_refused_is_not_a_server_that_is_away(moody, alva, folke):
    at = clock.now()
    moody("later")
    put_uniform(alva.pk, at=at, at_once=True)
    send_due(at=at)
    put_uniform(folke.pk, at=at, at_once=True)
    send_due(at=at)
    assert Mail.unscoped.filter(sent_at=None).count() == 1
    assert not waits(at + dt.timedelta(minutes=1))


def test_what_is_to_leave_later_does_not_wait_yet(alva):
    at = clock.now()
    put_uniform(alva.pk, at=at)
    assert not waits(at - dt.timedelta(seconds=1))


def test_a_try_tells_that_the_server_has_taken_it(server, capsys):
    call_command("mail", "try", "nagon@example.se")
    assert [to for to, _said in server.taken] == ["nagon@example.se"]


def test_a_try_tells_what_the_server_says(server, port):
    server.says = "550 5.7.1 not from you"
    with pytest.raises(CommandError, match=r"550 5\.7\.1 not from you"):
        call_command("mail", "try", "nagon@example.se")


def test_a_try_tells_that_nobody_answers(port):
    with pytest.raises(CommandError, match=str(port)):
        call_command("mail", "try", "nagon@example.se")
