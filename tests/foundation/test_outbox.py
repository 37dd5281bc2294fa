"""The outbox, against a real mail server: nothing lost, nothing told, nothing sent twice."""

import datetime as dt
import email
import re
import threading

from django.db import connection, connections

import pytest

import cast
from mail_server import port, server, serving
from varna.foundation import clock
from varna.foundation.notices import actions as notices
from varna.foundation.outbox import rules
from varna.foundation.outbox.actions import (
    put_invitations,
    put_sign_in,
    put_uniform,
    send_due,
)
from varna.foundation.outbox.models import Mail
from varna.foundation.outbox.sealed import Letter


MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=clock.STOCKHOLM)


__all__ = ["port", "server"]


def words_of(said):
    """A mail without what must differ: who it is to, and when and under which name it left."""
    message = email.message_from_bytes(said)
    for name in ("To", "Date", "Message-ID"):
        assert message[name]
        del message[name]
    return message.as_bytes()


@pytest.mark.django_db
def test_every_uniform_mail_looks_the_same_whatever_it_is_about(server, alva, love, folke):
    notices.call_duty([alva.pk, love.pk], at=MONDAY)
    notices.tell([folke.pk], at=MONDAY)
    assert send_due(at=MONDAY + dt.timedelta(days=1)) == 3
    assert len({words_of(said) for _, said in server.taken}) == 1
    assert len({len(words_of(said)) for _, said in server.taken}) == 1
    ids = [email.message_from_bytes(said)["Message-ID"] for _, said in server.taken]
    assert len(set(ids)) == 3


@pytest.mark.django_db
def test_whoever_is_on_duty_hears_at_once_and_others_at_the_fixed_times(server, alva, folke):
    notices.call_duty([alva.pk], at=MONDAY)
    notices.tell([folke.pk], at=MONDAY)
    send_due(at=MONDAY)
    assert len(server.to(alva.email)) == 1
    for hour, minute in ((12, 0), (15, 29)):
        send_due(at=MONDAY.replace(hour=hour, minute=minute))
    assert not server.to(folke.email)
    send_due(at=MONDAY.replace(hour=15, minute=30))
    assert len(server.to(folke.email)) == 1


@pytest.mark.django_db
def test_many_deeds_before_a_fixed_time_are_one_mail(server, folke):
    for minute in range(0, 50, 10):
        notices.tell([folke.pk], at=MONDAY.replace(minute=minute))
    send_due(at=MONDAY + dt.timedelta(days=2))
    assert len(server.to(folke.email)) == 1
    notices.tell([folke.pk], at=MONDAY.replace(hour=18))
    send_due(at=MONDAY + dt.timedelta(days=2))
    assert len(server.to(folke.email)) == 2


@pytest.mark.django_db
@pytest.mark.proves("F-17")
def test_while_the_server_is_away_nothing_is_lost_and_the_order_is_kept(port):
    people = [cast.an_account(f"Person {n}", "official") for n in range(6)]
    for number, person in enumerate(people):
        put_uniform(person.pk, at=MONDAY + dt.timedelta(seconds=number), at_once=True)
    at, waits = MONDAY + dt.timedelta(minutes=1), {person.pk: [] for person in people}
    for _ in range(60 * 4):  # four hours, a round each minute
        for _mail in people:
            assert send_due(at=at) == 0
        at += dt.timedelta(minutes=1)
    for mail in Mail.unscoped.all():
        assert mail.sent_at is None
        assert mail.attempts >= 4 * 4
        assert mail.not_before <= at + rules.BACK_OFF_MOST
        assert mail.fault == "ConnectionRefusedError"
        waits[mail.account].append(mail.not_before)
    with serving(port) as box:
        send_due(at=at + rules.BACK_OFF_MOST)
        assert [address for address, _ in box.taken] == [person.email for person in people]
        assert send_due(at=at + dt.timedelta(hours=1)) == 0


@pytest.mark.proves("F-17")
def test_the_wait_grows_to_a_quarter_of_an_hour_and_no_more():
    waits = [rules.back_off(attempts) for attempts in range(1, 500)]
    assert waits[0] == dt.timedelta(minutes=1)
    assert waits == sorted(waits)
    assert max(waits) == dt.timedelta(minutes=15)


@pytest.mark.django_db
def test_a_mail_that_is_refused_does_not_stop_the_next_and_is_tried_again(server, alva, love):
    notices.call_duty([alva.pk, love.pk], at=MONDAY)
    server.says = "451 later"
    assert send_due(at=MONDAY) == 0
    assert Mail.unscoped.filter(attempts=1).count() == 2
    server.says = "250 OK"
    assert send_due(at=MONDAY) == 0
    assert send_due(at=MONDAY + dt.timedelta(minutes=1, seconds=30)) == 2


@pytest.mark.django_db
def test_a_server_that_is_away_is_asked_once_a_round(port, alva, love, folke):
    notices.call_duty([alva.pk, love.pk, folke.pk], at=MONDAY)
    send_due(at=MONDAY)
    assert Mail.unscoped.filter(attempts=0).count() == 2


@pytest.mark.django_db
def test_what_a_worker_holds_no_other_sends_until_the_lease_is_over(server, alva):
    notices.call_duty([alva.pk], at=MONDAY)
    Mail.unscoped.update(leased_until=MONDAY + dt.timedelta(minutes=2))
    assert send_due(at=MONDAY) == 0
    assert send_due(at=MONDAY + dt.timedelta(minutes=1, seconds=59)) == 0
    assert send_due(at=MONDAY + dt.timedelta(minutes=2, seconds=1)) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("F-29")
def test_workers_at_once_send_each_mail_once(server):
    people = [cast.an_account(f"Person {n}", "official") for n in range(40)]
    for person in people:
        put_uniform(person.pk, at=MONDAY, at_once=True)
    # The tests' SQLite lies in memory, where threads cannot write at once; there they take turns.
    count = 4 if connection.vendor == "postgresql" else 1
    ready, sent = threading.Barrier(count), []

    def work():
        ready.wait()
        try:
            sent.append(send_due(at=MONDAY))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    send_due(at=MONDAY)
    assert sorted(address for address, _ in server.taken) == sorted(p.email for p in people)
    assert sum(sent) <= 40


@pytest.mark.django_db
def test_a_sign_in_code_leaves_nothing_in_its_row(server):
    put_sign_in("folke@example.se", "QW3RTY", at=MONDAY)
    row = Mail.unscoped.get()
    assert b"QW3RTY" not in bytes(row.payload)
    assert b"folke" not in bytes(row.payload)
    assert send_due(at=MONDAY) == 1
    assert Mail.unscoped.get().payload is None
    (address, said) = server.taken[0]
    text = email.message_from_bytes(said).get_payload(decode=True).decode()
    assert address == "folke@example.se"
    assert re.search("QW3RTY", text)


@pytest.mark.django_db
def test_a_code_that_has_grown_old_is_not_sent_and_is_forgotten(server):
    put_sign_in("folke@example.se", "QW3RTY", at=MONDAY)
    send_due(at=MONDAY + dt.timedelta(minutes=11))
    assert not server.taken
    assert Mail.unscoped.get().payload is None


@pytest.mark.django_db
def test_nobody_who_has_left_gets_mail(server, folke):
    notices.call_duty([folke.pk], at=MONDAY)
    folke.is_active = False
    folke.save(update_fields=["is_active"])
    send_due(at=MONDAY)
    assert not server.taken


@pytest.mark.django_db
def test_a_flood_of_invitations_keeps_no_code_waiting(server, alva):
    letters = [Letter(f"n{n}", f"n{n}@example.se", "Inbjudan", "Välkommen") for n in range(30)]
    put_invitations(letters, at=MONDAY)
    put_sign_in("folke@example.se", "QW3RTY", at=MONDAY + dt.timedelta(seconds=30))
    notices.call_duty([alva.pk], at=MONDAY + dt.timedelta(seconds=31))
    assert send_due(at=MONDAY + dt.timedelta(minutes=1), most=3) == 3
    first, second, third = (address for address, _ in server.taken)
    assert (first, second) == ("folke@example.se", alva.email)
    assert third in {letter.to for letter in letters}  # they were all written at one moment
