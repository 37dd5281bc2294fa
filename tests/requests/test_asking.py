"""An administration asks for help: sealed, answered once, told by the mail that says nothing."""

import datetime as dt

from django.core import mail
from django.urls import reverse
from django.utils import translation

import pytest

import cast
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.keys.store import keystore
from varna.foundation.outbox.actions import send_due
from varna.foundation.outbox.models import Mail
from varna.requests import actions, demonstration, queries, rules, sweeps
from varna.requests.models import HelpRequest
from varna.requests.rules import Standing, Subject


QUESTION, ANSWER = "Vad gör vi med kanarieböcker?", "Ställ dem i kanariehyllan."


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def asked(kim, now):
    return actions.ask(Subject.ROUTINES, QUESTION, by=cast.actor(kim), at=now)


def address(name, *args):
    return reverse(f"requests:{name}", args=args)


def test_an_answer_is_late_after_its_day():
    due, day = dt.date(2027, 3, 3), dt.date(2027, 3, 4)
    assert rules.standing(None, due, due) is Standing.WAITING
    assert rules.standing(None, due, day) is Standing.LATE
    assert rules.standing(due, due, day) is Standing.ANSWERED
    assert rules.standing(day, due, day) is Standing.ANSWERED_LATE


def test_a_question_on_a_friday_is_due_on_tuesday(kim):
    friday = dt.datetime(2027, 3, 5, 12, 0, tzinfo=dt.UTC)
    row = asked(kim, friday)
    assert queries.line_of(row, friday.date()).due_on == dt.date(2027, 3, 9)


def test_what_is_asked_and_answered_is_sealed_under_its_own_keys(kim, alva, now):
    row = asked(kim, now)
    actions.answer(row, ANSWER, by=cast.actor(alva), at=now)
    row = HelpRequest.unscoped.get()
    for blob in (row.question, row.answer):
        assert bytes(blob).startswith(b"V1")
        assert b"kanarie" not in bytes(blob)


def test_the_plan_hears_when_it_was_asked_and_answered(kim, alva, now):
    row = asked(kim, now)
    later = now + dt.timedelta(days=1)
    assert queries.asked()[0].answered_at is None
    actions.answer(row, ANSWER, by=cast.actor(alva), at=later)
    (told,) = queries.asked()
    assert (told.reference, told.asked_at, told.answered_at) == (f"request:{row.pk}", now, later)


def test_both_are_told_by_the_mail_that_looks_the_same(kim, alva, love, now):
    row = asked(kim, now)
    actions.answer(row, ANSWER, by=cast.actor(alva), at=now)
    Mail.unscoped.update(not_before=now)
    send_due(at=now)
    assert {message.to[0] for message in mail.outbox} == {kim.email, alva.email, love.email}
    assert len({(message.subject, message.body) for message in mail.outbox}) == 1


def test_only_a_contact_asks_and_only_handlers_answer(kim, folke, alva, now):
    row = asked(kim, now)
    for account in (folke, alva):
        with pytest.raises(Forbidden):
            actions.ask(Subject.OTHER, "x", by=cast.actor(account), at=now)
    for account in (folke, kim):
        with pytest.raises(Forbidden):
            actions.answer(row, "x", by=cast.actor(account), at=now)


def test_it_is_answered_once(kim, alva, now):
    row = asked(kim, now)
    actions.answer(row, ANSWER, by=cast.actor(alva), at=now)
    with pytest.raises(WhyNot):
        actions.answer(row, "Nej", by=cast.actor(alva), at=now)


def test_what_waits_past_its_day_reminds_those_who_answer(kim, alva, now):
    row = asked(kim, now)
    due = queries.line_of(row, clock.today()).due_on
    assert list(sweeps.unanswered(due - dt.timedelta(days=1))) == []
    (reminded,) = sweeps.unanswered(due)
    assert reminded.accounts == {alva.pk}
    actions.answer(row, ANSWER, by=cast.actor(alva), at=now)
    assert list(sweeps.unanswered(due)) == []


def test_the_demonstration_is_made_once(kim, alva, now):
    demonstration.fill(by=system("tests"), at=now)
    demonstration.fill(by=system("tests"), at=now)
    told = [queries.line_of(row, clock.today()).standing for row in HelpRequest.unscoped.all()]
    assert sorted(told) == ["answered", "answered_late", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_from_a_question_to_its_answer(client):
    kim, alva = cast.an_account("Kim Ek", "contact"), cast.an_account("Alva Lind", "handler")
    cast.sign_in(client, kim)
    client.post(address("ask"), {"subject": "routines", "question": QUESTION})
    row = HelpRequest.unscoped.get()
    assert QUESTION in client.get(address("one", row.pk)).content.decode()
    assert client.post(address("one", row.pk), {"answer": "x"}).status_code == 404
    client.logout()
    cast.sign_in(client, alva)
    assert "waits for an answer" in client.get(address("overview")).content.decode()
    client.post(address("one", row.pk), {"answer": ANSWER})
    again = client.post(address("one", row.pk), {"answer": "Mitt svar"}).content.decode()
    assert "Somebody else has answered." in again
    assert "Mitt svar" in again
    client.logout()
    cast.sign_in(client, kim)
    assert ANSWER in client.get(address("one", row.pk)).content.decode()


@pytest.mark.django_db(transaction=True)
def test_another_contact_does_not_see_it(client):
    kim = cast.an_account("Kim Ek", "contact")
    row = asked(kim, clock.now())
    cast.sign_in(client, cast.an_account("Rut Vik", "contact"))
    assert client.get(address("one", row.pk)).status_code == 404
    assert "Nobody has asked for help." in client.get(address("overview")).content.decode()


def test_an_empty_question_is_said_beside_the_field(kim, as_person):
    answer = as_person(kim).post(address("ask"), {"question": "Fråga"})
    assert answer.status_code == 422
    assert "Fråga" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_question_whose_keys_are_missing_says_so_and_comes_back_with_them(client, tmp_path):
    kim = cast.an_account("Kim Ek", "contact")
    row = asked(kim, clock.now())
    keystore().copy_to(tmp_path / "copy.sqlite3")
    keystore().discard(row.pk)
    cast.sign_in(client, kim)
    gone = client.get(address("one", row.pk))
    assert gone.status_code == 410
    assert "Its keys are missing." in gone.content.decode()
    assert "destroyed" not in gone.content.decode()
    assert keystore().fetch(tmp_path / "copy.sqlite3") >= 1
    assert QUESTION in client.get(address("one", row.pk)).content.decode()
