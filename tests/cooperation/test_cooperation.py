"""Partners, meetings and what came of them; what is written is sealed, what is counted is told."""

import datetime as dt
import re
import uuid

from django.core import mail
from django.urls import reverse
from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cast
from varna.cases.models import Case
from varna.cases.queries import situation
from varna.cooperation import demonstration, queries, rules, sweeps, words
from varna.cooperation.actions import meetings, partners
from varna.cooperation.actions.meetings import Notes
from varna.cooperation.actions.sealing import reading
from varna.cooperation.models import Meeting, Partner, PartnerContact, Sharing, Task, Touch
from varna.cooperation.rules import Ground, Reason, Way
from varna.cooperation.sealed import PartnerPerson
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.audit.models import Event
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.figures import whole_months
from varna.foundation.outbox.actions import send_due
from varna.intake import actions as intake
from varna.invitations.rules import Details


BY = system("tests")
TODAY = clock.today()
NEXT_MONTH = clock.now() + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def police(db, now):
    return partners.add(name="Polisen", kind="police", by=BY, at=now - dt.timedelta(days=300))


def a_contact(partner, at, email="sigrid@x.example"):
    said = PartnerPerson("Sigrid Tallrot", email)
    return partners.name_contact(partner, said, by=BY, at=at)


def a_meeting(at, when=NEXT_MONTH, title="Samverkansmöte"):
    details = Details(title=title, starts_at=when, ends_at=when + dt.timedelta(hours=1))
    return meetings.plan(details, "1. Läget", by=BY, at=at)


def address(name, *args):
    return reverse(f"cooperation:{name}", args=args)


# ── the rules ─────────────────────────────────────────────────────────────────────────────────
@given(st.integers(0, 50))
def test_no_number_below_five_is_said(count):
    with translation.override("en"):
        said = words.number(count)
    assert said == ("fewer than 5" if count < 5 else f"about {round(count / 5) * 5}")


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 900))
def test_months_are_whole_and_as_many_as_can_be(first, days):
    last = first + dt.timedelta(days=days)
    found = whole_months(first, last)
    if found is None:
        assert days < 61
        return
    begins, ends = found
    assert first <= begins <= ends <= last
    assert begins.day == (ends + dt.timedelta(days=1)).day == 1
    assert (begins - first).days < 31
    assert (last - ends).days < 31


def test_a_partner_is_silent_after_six_months():
    day = dt.date(2027, 8, 28)
    assert not rules.is_silent(dt.date(2027, 2, 28), day)
    assert rules.is_silent(dt.date(2027, 2, 27), day)
    assert rules.is_silent(None, day)


# ── partners ──────────────────────────────────────────────────────────────────────────────────
def test_what_the_plan_asks_of_a_partner(police, now):
    contact = a_contact(police, now)
    partners.verify(contact, by=BY, at=now)
    partners.verify(contact, by=BY, at=now)
    on = TODAY - dt.timedelta(days=3)
    partners.note_contact(police, on=on, way=Way.CALL, line="Avstämning", by=BY, at=now)
    (life,) = queries.partners()
    assert (life.kind, life.verified, life.contacted) == ("police", (TODAY,), (on,))
    partners.end(police, by=BY, at=now)
    assert queries.partners()[0].until == TODAY


def test_what_is_written_is_sealed(police, now):
    a_contact(police, now)
    partners.note_contact(police, on=TODAY, way=Way.CALL, line="Avstämning", by=BY, at=now)
    partners.note_sharing(police, on=TODAY, what="Tider", ground=Ground.CRIME, by=BY, at=now)
    line = a_meeting(now)
    meetings.write_down(line, Notes("Sagt", "Beslutat", [police], held=True), by=BY, at=now)
    meetings.add_task(line, what="Ring", who="Alva", due_on=TODAY, by=BY, at=now)
    row = Meeting.unscoped.get()
    stored = [
        PartnerContact.unscoped.get().person, Touch.unscoped.get().line,
        Sharing.unscoped.get().what, row.agenda, row.minutes, row.decisions,
        Task.unscoped.get().what,
    ]  # fmt: skip
    assert all(bytes(blob).startswith(b"V1") for blob in stored)


def test_only_those_who_cooperate_may(police, folke, berit, now):
    for account in (folke, berit):
        by = cast.actor(account)
        with pytest.raises(Forbidden):
            partners.add(name="x", kind="police", by=by, at=now)
        with pytest.raises(Forbidden), reading(None, by=by, at=now):
            pass
        assert queries.find_partner(by, police.pk) is None


def test_what_has_ended_does_not_end_again(police, now):
    contact = a_contact(police, now)
    earlier = now - dt.timedelta(days=9)
    partners.end_contact(contact, by=BY, at=earlier)
    partners.end(police, by=BY, at=earlier)
    partners.end_contact(contact, by=BY, at=now)
    partners.end(police, by=BY, at=now)
    assert Partner.unscoped.get().until == clock.day_of(earlier)
    assert PartnerContact.unscoped.get().until == clock.day_of(earlier)
    assert Event.unscoped.filter(act="partner.ended").count() == 1


# ── meetings ──────────────────────────────────────────────────────────────────────────────────
def test_an_invitation_counts_when_its_mail_has_left(police, now):
    a_contact(police, now)
    line = a_meeting(now)
    meetings.invite(line, by=BY, at=now)
    assert queries.meetings()[0].sent == {}
    send_due(at=now)
    (message,) = mail.outbox
    assert message.to == ["sigrid@x.example"]
    assert "Läget" not in message.body
    (told,) = queries.meetings()
    assert told.reference == f"meeting:{line.row.pk}"
    assert told.held_on == clock.day_of(NEXT_MONTH)
    assert told.sent == {police.pk: TODAY}


def test_a_partner_without_an_address_is_told_by_hand(police, now):
    line = a_meeting(now)
    done = meetings.invite(line, by=BY, at=now)
    assert done.by_hand == {police.pk}
    assert queries.meetings()[0].sent == {}
    meetings.give_by_hand(line, police, by=BY, at=now)
    assert queries.meetings()[0].sent == {police.pk: TODAY}


def test_ended_partners_are_not_invited(police, now):
    partners.end(police, by=BY, at=now - dt.timedelta(days=1))
    with pytest.raises(WhyNot) as refused:
        meetings.invite(a_meeting(now), by=BY, at=now)
    assert refused.value.reason is Reason.NOBODY


def test_a_cancelled_meeting_is_no_meeting(police, now):
    line = a_meeting(now)
    meetings.cancel(line, by=BY, at=now)
    assert queries.meetings() == []
    line = queries.find_meeting(BY, line.row.pk)
    for deed in (
        lambda: meetings.invite(line, by=BY, at=now),
        lambda: meetings.cancel(line, by=BY, at=now),
        lambda: meetings.write_down(line, Notes("", "", [], held=True), by=BY, at=now),
    ):
        with pytest.raises(WhyNot) as refused:
            deed()
        assert refused.value.reason is Reason.OVER


def test_a_moved_meeting_is_told_again(police, now):
    a_contact(police, now)
    line = a_meeting(now)
    meetings.invite(line, by=BY, at=now)
    send_due(at=now)
    later = NEXT_MONTH + dt.timedelta(days=7)
    details = Details("Samverkansmöte", starts_at=later, ends_at=later + dt.timedelta(hours=1))
    assert meetings.change(line, details, "1. Nytt", by=BY, at=now) == 1
    assert queries.meetings()[0].held_on == clock.day_of(later)


def test_who_came_has_been_in_contact_and_who_did_not_has_not(police, now):
    party = partners.add(name="Partiet", kind="party-security", by=BY, at=now)
    past = now - dt.timedelta(days=10)
    line = a_meeting(past, when=past)
    meetings.write_down(line, Notes("", "", [police], held=True), by=BY, at=now)
    contacted = {life.id: life.contacted for life in queries.partners()}
    assert contacted == {police.pk: (clock.day_of(past),), party.pk: ()}


def test_open_tasks_are_carried_to_the_next_meeting_and_done_ones_are_not(police, now):
    first = a_meeting(now, when=now - dt.timedelta(days=100))
    done = meetings.add_task(first, what="a", who="x", due_on=TODAY, by=BY, at=now)
    left = meetings.add_task(first, what="b", who="x", due_on=TODAY, by=BY, at=now)
    meetings.finish(done, by=BY, at=now)
    second = a_meeting(now)
    assert queries.tasks_before(second) == [left]
    assert set(queries.tasks_before(first)) == {done, left}


def test_the_silent_the_due_and_the_uninvited_remind(police, alva, now):
    line = a_meeting(now, when=now + dt.timedelta(days=20))
    mine = meetings.add_task(
        line, what="a", who="jag", due_on=TODAY, by=cast.actor(alva), at=now, mine=True
    )
    told = {due.about: due.accounts for due in sweeps.reminders(TODAY)}
    assert told[f"cooperation:partner:{police.pk}"] == {alva.pk}
    assert told[f"cooperation:task:{mine.pk}"] == {alva.pk}
    assert f"cooperation:meeting:{line.row.pk}" in told
    meetings.invite(line, by=BY, at=now)
    meetings.finish(mine, by=BY, at=now)
    left = {due.about for due in sweeps.reminders(TODAY)}
    assert left == {f"cooperation:partner:{police.pk}"}


def test_the_demonstration_is_made_once(db, now):
    demonstration.fill(by=BY, at=now)
    demonstration.fill(by=BY, at=now)
    assert Partner.unscoped.count() == 5
    assert len(queries.meetings()) == 3
    assert [line.silent for line in queries.partner_lines(BY, TODAY)].count(True) == 1


# ── the pages ─────────────────────────────────────────────────────────────────────────────────
pages = pytest.mark.django_db(transaction=True)


@pages
def test_from_a_partner_to_minutes(client):
    cast.sign_in(client, cast.an_account("Alva Lind", "handler"))
    client.post(address("add"), {"kind": "police", "name": "Polisen"})
    partner = Partner.unscoped.get()
    said = {"name": "Sigrid", "email": "sigrid@x.example", "verified": "on"}
    client.post(address("contact", partner.pk), said)
    touch = {"on": str(TODAY), "way": "call", "line": "Avstämning"}
    client.post(address("partner", partner.pk), touch)
    page = client.get(address("partner", partner.pk)).content.decode()
    assert "sigrid@x.example" in page
    assert "Avstämning" in page
    when = {"on": str(clock.day_of(NEXT_MONTH)), "begins": "13:00", "ends": "14:30"}
    client.post(address("plan"), {"title": "Samverkansmöte", "agenda": "1. Läget", **when})
    meeting = Meeting.unscoped.get()
    client.post(address("invite", meeting.pk))
    notes = {"minutes": "Sagt", "decisions": "Beslutat", "attended": str(partner.pk), "held": "on"}
    client.post(address("write_down", meeting.pk), notes)
    task = {"what": "Ring runt", "who": "Alva", "due_on": str(TODAY)}
    client.post(address("meeting", meeting.pk), task)
    page = client.get(address("meeting", meeting.pk)).content.decode()
    for words_ in ("1. Läget", "Sagt", "Beslutat", "Ring runt", "Polisen", "fewer than 5"):
        assert words_ in page
    client.post(address("finish", meeting.pk, Task.unscoped.get().pk))
    assert Task.unscoped.get().done_on == TODAY
    client.post(address("cancel", meeting.pk))
    assert "has been cancelled" in client.get(address("meeting", meeting.pk)).content.decode()
    assert Event.unscoped.filter(act="cooperation.read", about=meeting.pk).exists()


@pages
def test_what_cannot_be_is_said_and_nothing_is_lost(client):
    cast.sign_in(client, cast.an_account("Alva Lind", "handler"))
    when = {"on": "2027-02-30", "begins": "15:00", "ends": "14:30"}
    answer = client.post(address("plan"), {"title": "Möte", "agenda": "Min punkt", **when})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "That is no day." in page
    assert "It ends before it begins." in page
    assert "Min punkt" in page
    partner = partners.add(name="Polisen", kind="police", by=BY, at=clock.now())
    tomorrow = {"on": str(TODAY + dt.timedelta(days=1)), "way": "call", "line": "x"}
    page = client.post(address("partner", partner.pk), tomorrow).content.decode()
    assert "That day has not come." in page


def _seen(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


@pages
def test_two_who_write_down_a_meeting_at_once_lose_nothing(client):
    cast.sign_in(client, cast.an_account("Alva Lind", "handler"))
    line = a_meeting(clock.now())
    page = address("write_down", line.row.pk)
    mine = {"minutes": "Mina ord", "decisions": "Mitt", "seen": _seen(client.get(page))}
    assert client.post(page, {**mine, "minutes": "Andras ord"}).status_code == 302
    refused = client.post(page, mine)
    assert refused.status_code == 422
    assert "was saved by somebody else" in refused.content.decode()
    assert "Mina ord" in refused.content.decode()
    assert "Andras ord" in client.get(address("meeting", line.row.pk)).content.decode()
    assert client.post(page, {**mine, "seen": _seen(refused)}).status_code == 302
    assert "Mina ord" in client.get(address("meeting", line.row.pk)).content.decode()


@pages
def test_two_who_change_a_meeting_at_once_lose_nothing(client):
    cast.sign_in(client, cast.an_account("Alva Lind", "handler"))
    line = a_meeting(clock.now())
    page = address("change", line.row.pk)
    when = {"on": str(clock.day_of(NEXT_MONTH)), "begins": "13:00", "ends": "14:30"}
    mine = {"title": "Mitt", "agenda": "Min punkt", "seen": _seen(client.get(page)), **when}
    assert client.post(page, {**mine, "agenda": "Andras punkt"}).status_code == 302
    refused = client.post(page, {**mine, "begins": "10:00"})
    assert refused.status_code == 422
    assert "was saved by somebody else" in refused.content.decode()
    assert "Min punkt" in refused.content.decode()
    shown = client.get(address("meeting", line.row.pk)).content.decode()
    assert "Andras punkt" in shown
    assert client.post(page, {**mine, "seen": _seen(refused)}).status_code == 302
    assert "Min punkt" in client.get(address("meeting", line.row.pk)).content.decode()


@pages
def test_inviting_nobody_is_said(client):
    cast.sign_in(client, cast.an_account("Alva Lind", "handler"))
    line = a_meeting(clock.now())
    answer = client.post(address("invite", line.row.pk))
    assert answer.status_code == 422
    assert "There is no partner to invite." in answer.content.decode()


@pages
def test_what_was_shared_is_a_register(client):
    cast.sign_in(client, cast.an_account("Love Berg", "lead"))
    partner = partners.add(name="Polisen", kind="police", by=BY, at=clock.now())
    said = {"partner": str(partner.pk), "on": str(TODAY), "what": "Tider", "ground": "crime"}
    client.post(address("shared"), said)
    page = client.get(address("shared")).content.decode()
    assert "Tider" in page
    assert "OSL 10:15 a" in page
    wrong = client.post(address("shared"), said | {"partner": str(uuid.uuid4())})
    assert wrong.status_code == 422


@pytest.mark.django_db
def test_the_situation_counts_every_level():
    assert [count for _code, _label, count in situation(TODAY, TODAY)] == [0, 0, 0, 0, 0]


def a_case(at):
    opening = intake.Opening(label="", reason="")
    case = intake.open_case(
        opening, handler=None, by=cast.actor(cast.an_account("L B", "lead")), at=at
    )
    Case.unscoped.filter(pk=case.pk).update(level=1)


@pages
@pytest.mark.proves("M5")
@pytest.mark.proves("T19", part=True)
def test_nobody_sees_a_single_case_come_by_looking_twice(client):
    """The picture is of whole months, rounded, and stays as it was when it was written down."""
    month = TODAY.replace(day=1) - dt.timedelta(days=20)
    before = clock.start_of(month) + dt.timedelta(hours=9)
    for _ in range(8):
        a_case(before)
    line = a_meeting(clock.now(), when=clock.now())
    (_, _), (_, seen), *_rest = queries.labelled(queries.picture_of(line, at=clock.now()))
    assert seen == 10, "eight are about ten"
    a_case(clock.now())
    assert queries.picture_of(line, at=clock.now())[1] == ["1", 10], "this month is not whole yet"
    notes = meetings.Notes("Sagt", "", [], held=True)
    meetings.write_down(line, notes, by=BY, at=clock.now())
    for _ in range(9):
        a_case(before)
    cast.sign_in(client, cast.an_account("Alva Lind", "handler"))
    page = client.get(address("meeting", line.row.pk)).content.decode()
    assert "about 10" in page
    assert "about 15" not in page
