"""Made known: asked by link or signed in, bodies by their minutes, new office holders too."""

import datetime as dt

from django.core import mail
from django.urls import reverse
from django.utils import translation

import pytest

import cast
from varna.documents import demonstration, queries, sweeps
from varna.documents.actions import known, writing
from varna.documents.actions.writing import Decision
from varna.documents.models import Acknowledgement, Asking
from varna.documents.rules.versions import Reason
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.keys.rules import Compartment
from varna.foundation.outbox.actions import send_due
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.invitations import links
from varna.invitations.models import Invitation
from varna.organisation.models import Assignment, Body, Person
from varna.organisation.rules.roles import Group
from varna.organisation.sealed import Contact


BY = system("tests")
TODAY = clock.today()


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def board(db):
    return Body.unscoped.create(
        pk=cast.BOARD, name="Miljönämnden", name_key="miljönämnden", kind="board"
    )


def somebody(board, given, *, email="", since=None, group="elected"):
    row = Person(given=given, family="Ek", name_key=given.lower(), sort_key=given.lower())
    if email:
        writer = vault.writer(owners.REGISTER, Compartment.PROTECTION)
        writer.seal(row, "contact", Contact(email))
    row.save(force_insert=True)
    Assignment.unscoped.create(
        person=row, body=board, role="Ledamot", role_key="ledamot", group=group, starts_on=since
    )
    return row


def adopted(days_ago=30, code="guideline", number="1"):
    document = queries.Document.unscoped.filter(code=code).first() or writing.open_document(
        code=code, title="Riktlinje", by=BY, at=clock.now()
    )
    made = writing.draft(document, number=number, text="# Ett\n\nOrd.", by=BY, at=clock.now())
    day = TODAY - dt.timedelta(days=days_ago)
    return writing.adopt(made.pk, Decision(day, "council", day), by=BY, at=clock.now())


@pytest.fixture
def guideline(board):
    return adopted()


def ask(version, now, *, bodies=True):
    return known.make_known(version, groups=[Group.ELECTED], bodies=bodies, by=BY, at=now)


def link_of(person):
    row = Invitation.unscoped.get(invitee=person.pk)
    with translation.override("sv"):  # as it stands in the mail
        return reverse("documents:acknowledge", args=[links.token(row.pk, row.version)])


def address(name, *args):
    return reverse(f"documents:{name}", args=args)


def told():
    return {(one.kind, one.who) for one in queries.acknowledgements()}


def test_whoever_is_asked_reads_by_the_link_without_signing_in(guideline, board, client, now):
    asa = somebody(board, "Åsa", email="asa@x.example")
    ask(guideline, now)
    send_due(at=now)
    (message,) = mail.outbox
    assert message.to == ["asa@x.example"]
    assert link_of(asa) in message.body
    page = client.get(link_of(asa)).content.decode()
    assert "Ord." in page
    assert told() == set()
    client.post(link_of(asa))
    client.post(link_of(asa))
    assert told() == {("person", asa.pk)}
    (one,) = queries.acknowledgements()
    assert (one.version_id, one.on) == (guideline.pk, TODAY)
    assert "Tack." in client.get(link_of(asa)).content.decode()


def test_a_link_that_is_not_ours_leads_nowhere(guideline, client):
    assert client.get(address("acknowledge", "x" * 32)).status_code == 404
    assert client.post(address("acknowledge", "x" * 32)).status_code == 404
    assert told() == set()


def test_whoever_is_signed_in_says_so_on_the_page(guideline, board, as_person):
    asa = somebody(board, "Åsa")
    client = as_person(cast.an_account("Åsa Ek", "official", person=asa.pk))
    assert (
        "I have taken part of this" in client.get(address("version", guideline.pk)).content.decode()
    )
    client.post(address("read_it", guideline.pk))
    assert told() == {("person", asa.pk)}


def test_an_account_that_is_nobody_in_the_register_cannot(guideline, alva, as_person):
    client = as_person(alva)
    assert client.post(address("read_it", guideline.pk)).status_code == 404
    assert told() == set()


def test_new_office_holders_are_asked_on_the_day_they_start(guideline, board, now):
    somebody(board, "Åsa", email="asa@x.example")
    start = TODAY + dt.timedelta(days=3)
    late = somebody(board, "Bo", email="bo@x.example", since=start)
    ask(guideline, now)
    assert not Invitation.unscoped.filter(invitee=late.pk).exists()
    sweeps.new_in_office(at=now + dt.timedelta(days=2))
    assert not Invitation.unscoped.filter(invitee=late.pk).exists()
    sweeps.new_in_office(at=now + dt.timedelta(days=3))
    sweeps.new_in_office(at=now + dt.timedelta(days=3, hours=1))
    assert Invitation.unscoped.filter(invitee=late.pk).count() == 1


def test_one_is_reminded_once_and_not_after_reading(guideline, board, now, client):
    asa = somebody(board, "Åsa", email="asa@x.example")
    bo = somebody(board, "Bo", email="bo@x.example")
    ask(guideline, now)
    send_due(at=now)
    client.post(link_of(asa))
    for days in (5, 14, 15, 16, 30, 60):
        moment = now + dt.timedelta(days=days)
        sweeps.new_in_office(at=moment)
        send_due(at=moment)
    assert [one.to[0] for one in mail.outbox[2:]] == ["bo@x.example"]
    assert link_of(bo) in mail.outbox[-1].body


def test_what_has_been_replaced_is_asked_for_no_more(guideline, board, now):
    ask(guideline, now)
    adopted(days_ago=1, number="2")
    late = somebody(board, "Bo", email="bo@x.example")
    assert sweeps.new_in_office(at=now + dt.timedelta(days=1)) == 0
    assert not Invitation.unscoped.filter(invitee=late.pk).exists()


def test_only_what_is_in_force_is_made_known(board, now):
    document = writing.open_document(code="plan", title="Plan", by=BY, at=now)
    draft = writing.draft(document, number="1", text="x", by=BY, at=now)
    with pytest.raises(WhyNot) as refused:
        ask(draft, now)
    assert refused.value.reason is Reason.NOT_IN_FORCE


def test_people_without_an_address_are_listed_for_by_hand(guideline, board, love, as_person, now):
    somebody(board, "Åsa", email="asa@x.example")
    bo = somebody(board, "Bo")
    asking = ask(guideline, now)
    ((invitation, person, _name),) = queries.by_hand(BY, asking, at=now)
    assert person == bo.pk
    assert {due.about for due in sweeps.to_give(TODAY)} == {f"documents:asking:{guideline.pk}"}
    client = as_person(love)
    assert "Bo Ek" in client.get(address("coverage", guideline.pk)).content.decode()
    client.post(address("given", guideline.pk, invitation), {"read": "yes"})
    assert told() == {("person", bo.pk)}
    assert queries.by_hand(BY, asking, at=now) == []


def test_coverage_counts_those_in_office_and_is_rounded_down(guideline, board, now, client):
    people = [somebody(board, f"N{n}", email=f"n{n}@x.example") for n in range(3)]
    asking = ask(guideline, now)
    for person in people[:2]:
        client.post(link_of(person))
    elected, bodies = queries.coverage(asking, TODAY)
    assert (elected.done, elected.of, elected.percent) == (2, 3, 66)
    assert (bodies.done, bodies.of, bodies.percent) == (0, 1, 0)
    known.note_minutes(guideline, board.pk, on=TODAY, minutes="§ 14", by=BY, at=now)
    client.post(link_of(people[2]))
    assert [share.percent for share in queries.coverage(asking, TODAY)] == [100, 100]


def test_a_contact_notes_the_own_bodys_minutes_and_no_other(guideline, board, kim, as_person, now):
    other = Body.unscoped.create(name="Valnämnden", name_key="valnämnden", kind="board")
    client = as_person(kim)
    page = client.get(address("coverage", guideline.pk)).content.decode()
    assert "Miljönämnden" in page
    assert "Valnämnden" not in page
    said = {"on": str(TODAY), "minutes": "§ 14"}
    refused = client.post(address("coverage", guideline.pk), said | {"unit": str(other.pk)})
    assert refused.status_code == 422
    with pytest.raises(Forbidden):
        known.note_minutes(guideline, other.pk, on=TODAY, minutes="x", by=cast.actor(kim), at=now)
    client.post(address("coverage", guideline.pk), said | {"unit": str(board.pk)})
    assert told() == {("unit", board.pk)}
    assert Acknowledgement.unscoped.get().minutes == "§ 14"


def test_whoever_writes_asks_from_the_page_and_asks_more_later(guideline, board, love, as_person):
    client = as_person(love)
    nobody = client.post(address("make_known", guideline.pk), {})
    assert "Choose at least one group, or the bodies." in nobody.content.decode()
    client.post(address("make_known", guideline.pk), {"groups_": ["elected"]})
    client.post(address("make_known", guideline.pk), {"groups_": ["deputy"], "bodies": "on"})
    asking = Asking.unscoped.get()
    assert asking.groups == ["deputy", "elected"]
    assert asking.bodies


def test_a_handler_sees_coverage_and_cannot_ask(guideline, alva, as_person, now):
    client = as_person(alva)
    assert client.get(address("coverage", guideline.pk)).status_code == 200
    assert client.get(address("make_known", guideline.pk)).status_code == 404
    with pytest.raises(Forbidden):
        known.make_known(guideline, groups=[], bodies=True, by=cast.actor(alva), at=now)


def test_the_demonstrations_guideline_is_known_to_most(board, now):
    for number in range(10):
        somebody(board, f"N{number}", email=f"n{number}@x.example")
    demonstration.fill(by=BY, at=now)
    (asking,) = Asking.unscoped.all()
    (elected,) = [one for one in queries.coverage(asking, TODAY) if one.of == 10]
    assert 0 < elected.done < elected.of
    assert queries.by_hand(BY, asking, at=now) == []
