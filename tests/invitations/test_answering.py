"""Answering by the link: without signing in, as often as one likes, until it is over."""

import dataclasses
import datetime as dt
import re

import pytest

from people import AT, BY, address_of, asked
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.outbox.actions import send_due
from varna.invitations import links, queries
from varna.invitations.actions import answering, arranging, inviting
from varna.invitations.models import Invitation
from varna.invitations.rules import Answer, Details, Reason


pytestmark = pytest.mark.django_db


@pytest.fixture
def full(session, crowd):
    """Two seats, four people, and each one's token."""
    people, occasion = crowd(4), session(seats=2)
    inviting.invite(occasion, asked(people), by=BY, at=AT)
    return occasion, people, [token_of(person) for person in people]


def token_of(person):
    row = Invitation.unscoped.get(invitee=person.pk)
    return links.token(row.pk, row.version)


def say(token, answer, minutes=0):
    return answering.answer(token, answer, by=BY, at=AT + dt.timedelta(minutes=minutes))


def test_an_answer_can_be_given_again_and_changed(full):
    _occasion, _people, (token, *_) = full
    say(token, Answer.YES)
    say(token, Answer.YES, 5)
    row = queries.by_token(token)
    assert (row.answer, row.answered_at) == (Answer.YES, AT)
    say(token, Answer.NO, 6)
    assert queries.by_token(token).answer == Answer.NO


def test_who_comes_late_waits_and_the_first_in_line_gets_the_place(server, full):
    _occasion, people, tokens = full
    for minute, token in enumerate(tokens):
        say(token, Answer.YES, minute)
    waits = [bool(queries.by_token(token).waiting_since) for token in tokens]
    assert waits == [False, False, True, True]
    send_due(at=AT)
    say(tokens[0], Answer.NO, 10)
    waits = [bool(queries.by_token(token).waiting_since) for token in tokens]
    assert waits == [False, False, False, True]
    send_due(at=AT + dt.timedelta(hours=1))
    assert server.to(address_of(people[2]))[-1]["subject"] == "Du har fått en plats: Trygg på mötet"
    assert len(server.to(address_of(people[3]))) == 1


def test_saying_yes_twice_keeps_ones_place_in_the_line(full):
    _occasion, _people, tokens = full
    for minute, token in enumerate(tokens):
        say(token, Answer.YES, minute)
    say(tokens[2], Answer.YES, 20)
    say(tokens[0], Answer.MAYBE, 21)
    assert queries.by_token(tokens[2]).waiting_since is None
    assert queries.by_token(tokens[3]).waiting_since is not None


def test_more_seats_let_those_in_who_wait(full):
    occasion, _people, tokens = full
    for minute, token in enumerate(tokens):
        say(token, Answer.YES, minute)
    was = occasion.details()
    more = Details(**{name: getattr(was, name) for name in was.__dataclass_fields__} | {"seats": 4})
    assert arranging.change(occasion, more, by=BY, at=AT) == 0
    assert not any(queries.by_token(token).waiting_since for token in tokens)


@pytest.mark.parametrize("moment", ["starts_at", "ends_at"])
def test_more_seats_in_what_has_begun_give_nobody_a_place(server, full, moment):
    occasion, people, tokens = full
    for minute, token in enumerate(tokens):
        say(token, Answer.YES, minute)
    send_due(at=AT)
    at = getattr(occasion, moment)
    more = dataclasses.replace(occasion.details(), seats=4)
    assert arranging.change(occasion, more, by=BY, at=at) == 0
    send_due(at=at)
    waits = [bool(queries.by_token(token).waiting_since) for token in tokens]
    assert waits == [False, False, True, True]
    assert len(server.to(address_of(people[2]))) == 1


def test_what_is_cancelled_or_over_takes_no_answer(full):
    occasion, _people, tokens = full
    with pytest.raises(WhyNot) as late:
        answering.answer(tokens[0], Answer.YES, by=BY, at=occasion.ends_at)
    assert late.value.reason is Reason.OVER
    arranging.cancel(occasion, by=BY, at=AT)
    with pytest.raises(WhyNot) as late:
        say(tokens[0], Answer.YES)
    assert late.value.reason is Reason.CANCELLED


def test_an_old_link_is_as_unknown_as_one_that_never_was(full, client):
    _occasion, people, (token, *_) = full
    row = Invitation.unscoped.get(invitee=people[0].pk)
    row.version, row.token_hash = 2, links.token_hash(links.token(row.pk, 2))
    row.save()
    old, never = client.get(f"/kallelse/{token}/"), client.get("/kallelse/hittepå/")
    assert old.status_code == never.status_code == 404
    assert old.content.replace(token.encode(), b"") == never.content.replace(b"hittep%C3%A5", b"")
    assert "Trygg på mötet" not in old.content.decode()
    with pytest.raises(Forbidden):
        say(token, Answer.YES)


# ── the page ──────────────────────────────────────────────────────────────────────────────────
def test_looking_answers_nothing(full, client):
    _occasion, _people, (token, *_) = full
    page = client.get(f"/kallelse/{token}/")
    assert page.status_code == 200
    assert "Trygg på mötet" in page.content.decode()
    assert "tisdag 9 februari 2027" in page.content.decode()
    assert queries.by_token(token).answer == ""
    assert "Set-Cookie" not in page
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"


def test_one_answers_without_signing_in(full, client, time_machine):
    _occasion, _people, tokens = full
    time_machine.move_to(AT)
    page = client.post(f"/kallelse/{tokens[0]}/", {"answer": "yes"}, follow=True)
    assert "Ja, jag kommer" in page.content.decode()
    assert queries.by_token(tokens[0]).answer == Answer.YES
    for token in tokens[1:]:
        page = client.post(f"/kallelse/{token}/", {"answer": "yes"}, follow=True)
    assert "väntelistan" in page.content.decode()
    english = client.get(f"/en/kallelse/{tokens[0]}/").content.decode()
    assert "Change the answer" in english


@pytest.mark.parametrize("said", [{}, {"answer": "perhaps"}, {"answer": ["yes", "rubbish"]}])
def test_no_answer_is_asked_for_again(full, client, said, time_machine):
    _occasion, _people, (token, *_) = full
    time_machine.move_to(AT)
    page = client.post(f"/kallelse/{token}/", said)
    assert page.status_code == 422
    assert "Välj ett svar." in page.content.decode()
    assert queries.by_token(token).answer == ""


def test_what_is_over_says_so_calmly(full, client, time_machine):
    occasion, _people, (token, *_) = full
    time_machine.move_to(occasion.ends_at + dt.timedelta(days=1))
    page = client.post(f"/kallelse/{token}/", {"answer": "yes"}, follow=True)
    assert page.status_code == 200
    assert "Det är över" in page.content.decode()


def test_whoever_tries_many_links_is_answered_at_once_and_alike(client):
    pages = [client.get(f"/kallelse/gissning{number}/") for number in range(20)]
    assert {page.status_code for page in pages} == {404}
    assert len({re.sub(rb"gissning\d+", b"", page.content) for page in pages}) == 1


def test_the_address_holds_the_token_and_nothing_else(full):
    _occasion, _people, (token, *_) = full
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", token)
    assert links.address("invitations:answer", token, "sv").endswith(f"/kallelse/{token}/")
