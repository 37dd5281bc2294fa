"""Inviting: one mail to each, nothing lost, nothing twice; not offered until it has left."""

import datetime as dt
import re
import threading
import time
import uuid

from django.db import connection, connections

import pytest

import mail_server
from people import AT, BY, DAY, address_of, asked
from varna.foundation.audit.models import Event
from varna.foundation.deeds import WhyNot
from varna.foundation.outbox.actions import send_due
from varna.foundation.outbox.models import Mail
from varna.invitations import queries, sweeps
from varna.invitations.actions import answering, arranging, inviting
from varna.invitations.models import Invitation
from varna.invitations.rules import Answer, Invitee, InviteeKind, Standing


pytestmark = pytest.mark.django_db


def invite(occasion, people, at=AT):
    return inviting.invite(occasion, asked(people), by=BY, at=at)


def link_in(letter):
    return re.search(r"http\S+/kallelse/\S+", letter["text"])[0]


def token_in(letter):
    return link_in(letter).rstrip("/").rpartition("/")[2]


def standings(occasion, at=AT):
    return {
        line.invitation.invitee: line.standing for line in queries.lines(BY, occasion.pk, at=at)
    }


def test_everybody_gets_one_mail_with_a_link_of_their_own(server, session, crowd):
    people, occasion = crowd(3), session()
    done = invite(occasion, people)
    assert done.sent == {person.pk for person in people}
    assert not server.taken
    send_due(at=AT)
    letters = server.letters()
    assert {letter["to"] for letter in letters} == {address_of(person) for person in people}
    assert len({link_in(letter) for letter in letters}) == 3
    for letter in letters:
        assert letter["subject"] == "Inbjudan: Trygg på mötet"
        assert "tisdag 9 februari 2027 kl. 13:00–15:00" in letter["text"]
        assert "Sessionssalen, Åkargatan 1" in letter["text"]
        assert letter["method"] == "REQUEST"


def test_sent_means_that_the_mail_has_left(server, session, crowd):
    people, occasion = crowd(2), session()
    invite(occasion, people)
    assert queries.sent_days([occasion.pk]) == {occasion.pk: {}}
    assert set(standings(occasion).values()) == {Standing.QUEUED}
    send_due(at=AT + DAY)
    assert queries.sent_days([occasion.pk]) == {
        occasion.pk: {person.pk: dt.date(2027, 1, 12) for person in people}
    }
    assert set(standings(occasion).values()) == {Standing.LEFT}


def test_who_has_no_address_is_not_offered_until_it_is_given_by_hand(server, session, crowd, alva):
    people, occasion = crowd(3, without=1), session()
    done = invite(occasion, people)
    assert done.by_hand == {people[2].pk}
    send_due(at=AT)
    assert people[2].pk not in queries.sent_days([occasion.pk])[occasion.pk]
    assert standings(occasion)[people[2].pk] is Standing.TO_GIVE
    row = Invitation.unscoped.get(invitee=people[2].pk)
    inviting.give_by_hand(row, by=BY, at=AT + DAY)
    inviting.give_by_hand(row, by=BY, at=AT + 2 * DAY)
    row.refresh_from_db()
    assert row.by_hand_by == BY.reference
    assert queries.sent_days([occasion.pk])[occasion.pk][people[2].pk] == dt.date(2027, 1, 12)
    assert queries.counted(queries.lines(BY, occasion.pk, at=AT)).offered == 3


def test_it_can_be_done_again_with_more_people(server, session, crowd):
    people, occasion = crowd(4), session()
    invite(occasion, people[:2])
    send_due(at=AT)
    done = invite(occasion, people, at=AT + DAY)
    assert done.sent == {person.pk for person in people[2:]}
    assert done.already == {person.pk for person in people[:2]}
    send_due(at=AT + DAY)
    assert sorted(to for to, _ in server.taken) == sorted(address_of(person) for person in people)


def test_whoever_gets_an_address_later_is_mailed_the_next_time(server, session, crowd):
    from varna.foundation.keys.rules import Compartment
    from varna.foundation.vault import owners
    from varna.foundation.vault import service as vault
    from varna.organisation.sealed import Contact

    (person,), occasion = crowd(1, without=1), session()
    assert invite(occasion, [person]).by_hand == {person.pk}
    vault.writer(owners.REGISTER, Compartment.PROTECTION).seal(
        person, "contact", Contact("ny@example.se")
    )
    person.save()
    assert invite(occasion, [person]).sent == {person.pk}
    send_due(at=AT)
    assert [to for to, _ in server.taken] == ["ny@example.se"]


def test_partners_are_reached_at_a_sealed_address(server, session):
    occasion, partner = session(), uuid.uuid4()
    one = Invitee(InviteeKind.PARTNER, partner, "polisen@example.se")
    inviting.invite(occasion, [one], by=BY, at=AT)
    assert b"polisen" not in bytes(Invitation.unscoped.get().address)
    send_due(at=AT)
    arranging.cancel(occasion, by=BY, at=AT)
    send_due(at=AT)
    assert [letter["method"] for letter in server.to("polisen@example.se")] == ["REQUEST", "CANCEL"]


def test_a_dead_mail_server_delays_and_loses_nothing(port, session, crowd):
    people, occasion = crowd(5), session()
    invite(occasion, people)
    at = AT
    for _ in range(120):
        assert send_due(at=at) == 0
        at += dt.timedelta(minutes=1)
    assert set(standings(occasion, at).values()) == {Standing.QUEUED}
    with mail_server.serving(port) as box:
        send_due(at=at + dt.timedelta(minutes=15))
        assert len(box.taken) == 5
    assert set(standings(occasion, at).values()) == {Standing.LEFT}


def test_what_the_outbox_has_given_up_shows_as_not_sent_and_can_be_sent_again(port, session, crowd):
    people, occasion = crowd(2), session()
    invite(occasion, people)
    for hours in range(0, 96, 4):
        send_due(at=AT + dt.timedelta(hours=hours))
    late = AT + 4 * DAY
    assert set(standings(occasion, late).values()) == {Standing.NOT_SENT}
    assert queries.sent_days([occasion.pk]) == {occasion.pk: {}}
    assert inviting.send_again(occasion, by=BY, at=late) == 2
    assert set(standings(occasion, late).values()) == {Standing.QUEUED}
    with mail_server.serving(port) as box:
        send_due(at=late)
        assert len(box.taken) == 2
    assert inviting.send_again(occasion, by=BY, at=late + DAY) == 0


@pytest.mark.parametrize("address", ["åke", "a@b\nBcc: c@d.se", "a b@c.se", "a@b,c@d.se"])
def test_an_address_that_cannot_be_written_stops_nobody_else(server, session, crowd, address):
    (person,), occasion = crowd(1), session()
    odd = Invitee(InviteeKind.UNIT, uuid.uuid4(), address)
    done = inviting.invite(occasion, [odd, *asked([person])], by=BY, at=AT)
    assert (done.by_hand, done.sent) == ({odd.id}, {person.pk})
    send_due(at=AT)
    assert [to for to, _ in server.taken] == [address_of(person)]


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_invitation_once(server, session, crowd):
    people, occasion = crowd(30), session()
    invite(occasion, people)
    # The tests' SQLite lies in memory, where threads cannot write at once; there they take turns.
    count = 4 if connection.vendor == "postgresql" else 1
    ready = threading.Barrier(count)

    def work():
        ready.wait()
        try:
            send_due(at=AT)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    send_due(at=AT)
    assert sorted(to for to, _ in server.taken) == sorted(address_of(p) for p in people)


def test_a_change_is_told_to_everybody_and_the_entry_is_the_same_one(server, session, crowd):
    people, occasion = crowd(2), session()
    invite(occasion, people)
    send_due(at=AT)
    moved = occasion.starts_at + DAY
    details = {**details_of(occasion), "starts_at": moved, "ends_at": moved + DAY / 12}
    assert arranging.change(occasion, of(details), by=BY, at=AT + DAY) == 2
    send_due(at=AT + DAY)
    first, second = server.to(address_of(people[0]))
    assert second["subject"] == "Ändrat: Trygg på mötet"
    assert "onsdag 10 februari 2027" in second["text"]
    assert link_in(first) == link_in(second)
    assert b"SEQUENCE:0" in first["calendar"]
    assert b"SEQUENCE:1" in second["calendar"]
    uid = re.compile(rb"UID:\S+")
    assert uid.search(first["calendar"])[0] == uid.search(second["calendar"])[0]


def test_a_comma_in_the_text_is_told_to_nobody(server, session, crowd):
    occasion = session()
    invite(occasion, crowd(2))
    send_due(at=AT)
    details = {**details_of(occasion), "text": "Något annat.", "remind_days": 5}
    assert arranging.change(occasion, of(details), by=BY, at=AT) == 0
    occasion.refresh_from_db()
    assert (occasion.text, occasion.sequence) == ("Något annat.", 0)


def test_whose_mail_has_not_left_gets_it_as_it_now_stands(server, session, crowd):
    (person,), occasion = crowd(1), session()
    invite(occasion, [person])
    details = {**details_of(occasion), "place": "Rådhuset"}
    arranging.change(occasion, of(details), by=BY, at=AT)
    send_due(at=AT)
    (letter,) = server.to(address_of(person))
    assert letter["subject"] == "Inbjudan: Trygg på mötet"
    assert "Rådhuset" in letter["text"]
    assert person.pk in queries.sent_days([occasion.pk])[occasion.pk]


def test_cancelled_is_told_to_those_who_were_asked_and_to_nobody_else(server, session, crowd):
    people, occasion = crowd(2), session()
    invite(occasion, people[:1])
    send_due(at=AT)
    invite(occasion, people[1:])
    assert arranging.cancel(occasion, by=BY, at=AT + DAY) == 1
    send_due(at=AT + DAY)
    assert [one["method"] for one in server.to(address_of(people[0]))] == ["REQUEST", "CANCEL"]
    assert server.to(address_of(people[1])) == []
    with pytest.raises(WhyNot):
        invite(occasion, people)


def test_everybody_is_reminded_once_and_can_answer_from_the_reminder(server, session, crowd):
    people, occasion = crowd(3), session(remind_days=3)
    invite(occasion, people)
    send_due(at=AT)
    no = token_in(server.to(address_of(people[0]))[0])
    answering.answer(no, Answer.NO, by=BY, at=AT)
    begins = occasion.starts_at
    for hours in range(24 * 5, 0, -6):
        sweeps.reminders(at=begins - dt.timedelta(hours=hours))
        send_due(at=begins - dt.timedelta(hours=hours))
    assert len(server.to(address_of(people[0]))) == 1
    for person in people[1:]:
        first, second = server.to(address_of(person))
        assert second["subject"] == "Påminnelse: Trygg på mötet"
        assert second["calendar"] == b""
        assert link_in(first) == link_in(second)


def test_something_without_a_time_has_no_calendar_file(server, session, crowd):
    occasion = session(starts_at=None, ends_at=None, place="")
    people = crowd(1)
    invite(occasion, people)
    send_due(at=AT)
    (letter,) = server.letters()
    assert letter["calendar"] == b""
    assert "Öppna här:" in letter["text"]
    assert sweeps.reminders(at=AT + 100 * DAY) == 0


def test_an_english_invitation_is_english(server, session, crowd):
    invite(session(language="en"), crowd(1))
    send_due(at=AT)
    (letter,) = server.letters()
    assert letter["subject"] == "Invitation: Trygg på mötet"
    assert "Tuesday 9 February 2027" in letter["text"]
    assert "/en/kallelse/" in letter["text"]


def test_a_new_link_makes_the_old_one_useless_and_changes_nothing_else(server, session, crowd):
    (person,), occasion = crowd(1), session()
    invite(occasion, [person])
    send_due(at=AT)
    old = token_in(server.letters()[0])
    answering.answer(old, Answer.YES, by=BY, at=AT)
    inviting.renew(queries.by_token(old), by=BY, at=AT + DAY)
    send_due(at=AT + DAY)
    new = token_in(server.letters()[1])
    assert queries.by_token(old) is None
    assert queries.by_token(new).answer == Answer.YES
    assert queries.sent_days([occasion.pk])[occasion.pk] == {person.pk: dt.date(2027, 1, 11)}


def test_a_copy_of_the_database_cannot_answer_for_anybody(server, session, crowd):
    invite(session(), crowd(1))
    send_due(at=AT)
    token = token_in(server.letters()[0]).encode()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own tables)
            for row in cursor.fetchall():
                assert all(token not in _bytes(value) for value in row), table


def _bytes(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_the_log_names_nobody(server, session, crowd):
    occasion = session()
    invite(occasion, crowd(2, without=1))
    arranging.cancel(occasion, by=BY, at=AT)
    lines = "\n".join(Event.unscoped.values_list("body", flat=True))
    assert "Trygg" not in lines
    assert "@" not in lines


def test_six_hundred_are_invited_quickly(session, crowd, django_assert_max_num_queries):
    people, occasion = crowd(600, without=4), session()
    began = time.monotonic()
    with django_assert_max_num_queries(60):
        done = invite(occasion, people)
    assert len(done.sent) == 596
    assert time.monotonic() - began < 20  # some two seconds on an idle machine
    with django_assert_max_num_queries(4):
        queries.sent_days([occasion.pk])
    assert Mail.unscoped.filter(kind=Mail.Kind.INVITATION).count() == 596


def details_of(occasion):
    from dataclasses import asdict

    return asdict(occasion.details())


def of(details):
    from varna.invitations.rules import Details

    return Details(**details)


def test_only_those_who_arrange_may_see_the_lists(session, crowd, alva, love, folke, berit, kim):
    import cast

    occasion = session()
    invite(occasion, crowd(1))
    for account in (alva, love):
        assert queries.find_occasion(cast.actor(account), occasion.pk)
        assert len(queries.lines(cast.actor(account), occasion.pk, at=AT)) == 1
    for account in (folke, berit, kim):
        assert queries.find_occasion(cast.actor(account), occasion.pk) is None
        assert queries.lines(cast.actor(account), occasion.pk, at=AT) == []
