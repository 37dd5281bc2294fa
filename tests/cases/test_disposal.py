"""Destroying keys is a decision of two people, about what has ended and been kept long enough."""

import datetime as dt
import uuid

from django.db import IntegrityError, connection, transaction
from django.urls import reverse

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cast
import world as worlds
from varna.cases.actions import circle, disposal
from varna.cases.models import Case, Disposal, LinkedReport
from varna.cases.rules.disposal import (
    STANDS,
    Ended,
    WhyNotDestroy,
    why_not_ask,
    why_not_carry_out,
    why_not_confirm,
)
from varna.cases.rules.steps import State
from varna.cases.sweeps import destroyed
from varna.foundation import clock
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Role, system
from varna.foundation.audit.actions import sign_head
from varna.foundation.audit.models import Checkpoint, Event
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.keys.store import keystore
from varna.foundation.series import RecordSeries
from varna.reports import actions as reports
from varna.reports.models import Report
from varna.reports.receipts import new_token, receipt_for
from varna.reports.rules import Lane, Reason
from varna.reports.sealed import Answers, Contact


TODAY = dt.date(2032, 1, 1)
OVER = Ended(ended=True, over_on=TODAY, destroyed=False)


# ── the rule ──────────────────────────────────────────────────────────────────────────────────
def test_years_are_counted_to_the_end_of_the_year():
    five = RecordSeries("a", "A", (), "", 5, "")
    assert five.over_on(dt.date(2026, 1, 1)) == dt.date(2032, 1, 1)
    assert five.over_on(dt.date(2026, 12, 31)) == dt.date(2032, 1, 1)
    assert five.ended_before(dt.date(2031, 12, 31)) == dt.date(2026, 1, 1)
    assert five.ended_before(dt.date(2032, 1, 1)) == dt.date(2027, 1, 1)
    for_ever = RecordSeries("a", "A", (), "", None, "")
    assert for_ever.over_on(dt.date(2000, 1, 1)) is for_ever.ended_before(TODAY) is None


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)), st.dates(dt.date(2000, 1, 1)))
def test_what_the_list_finds_is_what_the_rule_lets(ended_on, today):
    five = RecordSeries("a", "A", (), "", 5, "")
    assert (ended_on < five.ended_before(today)) == (today >= five.over_on(ended_on))


@given(
    what=st.builds(
        Ended, st.booleans(), st.none() | st.dates(dt.date(2031, 12, 1), dt.date(2032, 2, 1)),
        st.booleans(),
    ),
    decision=st.sampled_from(["", "  ", "KS 1"]),
    on=st.dates(dt.date(2031, 12, 1), dt.date(2032, 2, 1)),
    hours=st.none() | st.integers(-100, 20 * 24),
)  # fmt: skip
def test_nothing_is_destroyed_but_what_may_be(what, decision, on, hours):
    at = dt.datetime(on.year, on.month, on.day, 12, tzinfo=dt.UTC)
    stands_from = None if hours is None else at - dt.timedelta(hours=hours)
    why = why_not_carry_out(what, decision, at, on=on, stands_from=stands_from)
    may = (
        what.ended and not what.destroyed and what.over_on is not None and on >= what.over_on
        and decision.strip() != "" and hours is not None and hours >= 14 * 24
    )  # fmt: skip
    assert (why is None) is may


def test_one_asks_and_another_confirms():
    assert why_not_ask(OVER, "KS 1", TODAY, asked=False) is None
    assert why_not_ask(OVER, "KS 1", TODAY, asked=True) is WhyNotDestroy.ASKED
    assert why_not_confirm(OVER, "KS 1", TODAY, own=False, said=False) is None
    assert why_not_confirm(OVER, "KS 1", TODAY, own=True, said=False) is WhyNotDestroy.ONE_PERSON
    assert why_not_confirm(OVER, "KS 1", TODAY, own=False, said=True) is WhyNotDestroy.ASKED


# ── the deeds ─────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def mine(world, in_english):
    """Destroyed keys do not come back when the test is over: reports and a case of its own."""
    return worlds.a_case(worlds.World(world.people))


def by(world, part):
    return cast.actor(world.people[part])


def a_report():
    said = reports.Told(content=Answers(happened="Ett prov"), contact=Contact("code"))
    receipt = receipt_for(new_token())
    return reports.submit(said, receipt, by=cast.nobody(), at=clock.now())


def put_aside(world, *, long_ago=True):
    report, at = a_report(), clock.now()
    reports.set_aside(report, Reason.FLOOD, by=by(world, "lead"), at=at)
    if long_ago:
        Report.unscoped.filter(pk=report.pk).update(set_aside_at=at - worlds.LONG_AGO)
    return report.pk


def closed(world, *, long_ago=True):
    at = clock.now()
    closed_at = at - worlds.LONG_AGO if long_ago else at
    Case.unscoped.filter(pk=world.case).update(state=State.CLOSED, closed_at=closed_at)
    return world.case


def decided(world, about):
    at = clock.now()
    asked = disposal.ask(about, "KS 2026/1", by=by(world, "lead"), at=at)
    disposal.confirm(asked, by=by(world, "registrar"), at=at)
    return asked.pk


def later(days=14):
    return clock.now() + dt.timedelta(days=days)


def owners(world):
    return {world.case, world.report}


def test_a_case_goes_with_its_reports_and_their_files(mine):
    closed(mine)
    pk = decided(mine, mine.case)
    assert all(keystore().has_keys(owner) for owner in owners(mine))
    assert destroyed(at=later(13)) == 0
    assert destroyed(at=later()) > 6
    assert not any(keystore().has_keys(owner) for owner in owners(mine))
    case, row = Case.unscoped.get(pk=mine.case), Disposal.unscoped.get(pk=pk)
    assert case.shredded_at == row.carried_out_at
    assert destroyed(at=later(15)) == 0
    (line,) = Event.unscoped.filter(act="keys.shredded", about=mine.case)
    assert "system:disposal" in line.body


@pytest.mark.proves("M11")
def test_a_report_that_became_no_case_goes_too(mine):
    about = put_aside(mine)
    decided(mine, about)
    assert destroyed(at=later()) >= 2
    assert not keystore().has_keys(about)
    lead, at = by(mine, "lead"), clock.now()
    assert not Report.visible_to(lead, at=at).filter(pk=about).exists()
    with pytest.raises(Forbidden):
        reports.take_up(Report.unscoped.get(pk=about), by=lead, at=at)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda w: w.case, WhyNotDestroy.NOT_ENDED),
        (lambda w: closed(w, long_ago=False), WhyNotDestroy.NOT_DUE),
        (lambda w: put_aside(w, long_ago=False), WhyNotDestroy.NOT_DUE),
        (lambda _w: a_report().pk, WhyNotDestroy.NOT_ENDED),
        (lambda _w: in_a_flood().pk, WhyNotDestroy.NOT_ENDED),
    ],
)
@pytest.mark.proves("M11")
def test_what_is_open_or_undue_is_not_even_asked_for(mine, make, why):
    with pytest.raises(WhyNot) as refused:
        disposal.ask(make(mine), "KS 1", by=by(mine, "lead"), at=clock.now())
    assert refused.value.reason is why
    assert not Disposal.unscoped.filter(decision="KS 1").exists()


def in_a_flood():
    report = a_report()
    Report.unscoped.filter(pk=report.pk).update(lane=Lane.QUARANTINE)
    return report


@pytest.mark.parametrize("decision", ["", "   "])
def test_nothing_is_destroyed_without_a_decision(mine, decision):
    with pytest.raises(WhyNot) as refused:
        disposal.ask(closed(mine), decision, by=by(mine, "lead"), at=clock.now())
    assert refused.value.reason is WhyNotDestroy.NO_DECISION


def test_the_first_decision_is_kept(mine):
    about = closed(mine)
    pk = decided(mine, about)
    destroyed(at=later())
    with pytest.raises(WhyNot) as refused:
        disposal.ask(about, "KS 2030/9", by=by(mine, "lead"), at=later())
    assert refused.value.reason is WhyNotDestroy.DESTROYED
    with pytest.raises(WhyNot):
        disposal.withdraw(Disposal.unscoped.get(pk=pk), by=by(mine, "lead"), at=later())
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.unscoped.create(about=about, decision="KS 2030/9", asked_at=later())
    assert Disposal.unscoped.get(about=about).decision == "KS 2026/1"


@pytest.mark.proves("M11")
@pytest.mark.proves("T13", part=True)
def test_nobody_does_it_alone_by_whatever_account(mine):
    about = closed(mine)
    asked = disposal.ask(about, "KS 1", by=by(mine, "lead"), at=clock.now())
    assert destroyed(at=later(40)) == 0
    lead = Account.objects.get(pk=mine.people["lead"].pk)
    other = cast.an_account("Love Berg", "registrar", email="berg@example.se")
    for account in (lead, other):
        account.person = uuid.UUID(int=77)
        account.save()
    with pytest.raises(WhyNot) as refused:
        disposal.confirm(asked, by=cast.actor(other), at=clock.now())
    assert refused.value.reason is WhyNotDestroy.ONE_PERSON


@pytest.mark.parametrize("part", ["assigned", "registrar", "access_admin", "operator", "reporter"])
def test_only_a_lead_asks(mine, part):
    with pytest.raises(Forbidden):
        disposal.ask(closed(mine), "KS 1", by=by(mine, part), at=clock.now())


@pytest.mark.parametrize("part", ["assigned", "lead", "access_admin", "operator", "reporter"])
def test_only_a_registrar_confirms(mine, part):
    asked = disposal.ask(closed(mine), "KS 1", by=by(mine, "lead"), at=clock.now())
    with pytest.raises(Forbidden):
        disposal.confirm(asked, by=by(mine, part), at=clock.now())


def test_whoever_is_kept_out_of_it_neither_asks_nor_confirms_nor_sees_it(mine, as_person):
    at = clock.now()
    lead, registrar = by(mine, "lead"), by(mine, "registrar")
    case = Case.unscoped.get(pk=mine.case)
    number = case.number
    circle.keep_out(case, mine.people["registrar"], by=lead, at=at)
    asked = disposal.ask(closed(mine), "KS 1", by=lead, at=at)
    with pytest.raises(Forbidden):
        disposal.confirm(asked, by=registrar, at=at)
    page = as_person(mine.people["registrar"]).get(reverse("cases:disposals"))
    assert number not in page.content.decode()
    disposal.withdraw(asked, by=lead, at=at)
    other = cast.an_account("Lo Ek", "lead")
    circle.keep_out(case, other, by=lead, at=at)
    with pytest.raises(Forbidden):
        disposal.ask(mine.case, "KS 1", by=cast.actor(other), at=at)


@pytest.mark.parametrize("part", ["lead", "registrar"])
def test_it_can_be_taken_back_until_it_is_done_and_asked_for_anew(mine, part):
    about = closed(mine)
    pk = decided(mine, about)
    disposal.withdraw(Disposal.unscoped.get(pk=pk), by=by(mine, part), at=clock.now())
    assert destroyed(at=later(40)) == 0
    with pytest.raises(Forbidden):  # what is taken back is not confirmed
        disposal.confirm(Disposal.unscoped.get(pk=pk), by=by(mine, "registrar"), at=clock.now())
    decided(mine, about)
    assert destroyed(at=later()) > 0


def test_a_case_that_is_opened_again_meanwhile_is_kept(mine, as_person):
    about = closed(mine)
    decided(mine, about)
    Case.unscoped.filter(pk=about).update(state=State.UNDER_WAY, closed_at=None)
    assert destroyed(at=later()) == 0
    assert keystore().has_keys(about)
    page = as_person(mine.people["registrar"]).get("/en/gallring/")
    assert "It has not ended" in page.content.decode()


# ── what somebody writes in the database destroys nothing ─────────────────────────────────────
def test_a_decision_that_varna_has_not_written_destroys_nothing(mine):
    long_ago = clock.now() - dt.timedelta(days=30)
    row = Disposal(about=closed(mine), decision="KS 1", asked_at=long_ago)
    row.asked_by, row.confirmed_by, row.confirmed_at = uuid.uuid4(), uuid.uuid4(), long_ago
    row.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_disposal SET tag = %s", [b"0" * 32])
    assert destroyed(at=later()) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_disposal SET carried_out_at = confirmed_at")
        cursor.execute("UPDATE cases_case SET shredded_at = closed_at")
    assert destroyed(at=later()) == 0
    assert keystore().has_keys(mine.case)


def test_one_persons_word_twice_destroys_nothing(mine):
    row = worlds.decided(closed(mine), at=clock.now())
    row.confirmed_by = row.asked_by
    row.save()
    assert destroyed(at=later()) == 0


def test_an_older_database_destroys_nothing_that_was_to_be(mine):
    decided(mine, closed(mine))
    sign_head(at=clock.now())
    Checkpoint.unscoped.all().delete()
    assert destroyed(at=later()) == 0
    assert keystore().has_keys(mine.case)


@pytest.mark.proves("T10")
def test_keys_that_an_old_keystore_brings_back_are_destroyed_again(mine, tmp_path):
    about = closed(mine)
    decided(mine, about)
    keystore().copy_to(tmp_path / "old")
    destroyed(at=later())
    db = keystore()._connection()
    db.execute("ATTACH ? AS old", [str(tmp_path / "old")])
    db.execute("DELETE FROM shredded")
    db.execute("INSERT OR IGNORE INTO dek SELECT * FROM old.dek")
    db.execute("DETACH old")
    assert keystore().has_keys(about)
    assert destroyed(at=later(16)) > 0
    assert not keystore().has_keys(about)


# ── the pages ─────────────────────────────────────────────────────────────────────────────────
def test_the_way_through_the_pages(mine, client):
    number, about = Case.unscoped.get(pk=mine.case).number, closed(mine)
    lead = cast.sign_in(client, mine.people["lead"])
    assert number in lead.get("/en/gallring/").content.decode()
    asking = reverse("cases:disposal_ask", args=[about])
    assert lead.get(asking).status_code == 200
    assert lead.post(asking, {"decision": " "}).status_code == 422
    assert lead.post(asking, {"decision": "KS 2026/44"}).status_code == 302
    row = Disposal.unscoped.get(about=about)
    confirming = reverse("cases:disposal_confirm", args=[row.pk])
    assert lead.post(confirming).status_code == 404
    registrar = cast.sign_in(client, mine.people["registrar"])
    shown = registrar.get("/en/gallring/").content.decode()
    assert number in shown
    assert "KS 2026/44" in shown
    assert "Past its time" not in shown
    assert registrar.post(confirming).status_code == 302
    assert "Is destroyed on" in registrar.get("/en/gallring/").content.decode()
    assert destroyed(at=later()) > 0
    assert "Destroyed on" in registrar.get("/en/gallring/").content.decode()


def test_somebody_who_is_both_is_told_why_they_may_not(mine, client):
    both = cast.an_account("Bo Båda", "lead", "registrar")
    asked = disposal.ask(closed(mine), "KS 1", by=cast.actor(both), at=clock.now())
    assert cast.actor(both).has(Role.LEAD)
    page = cast.sign_in(client, both)
    shown = page.get("/en/gallring/").content.decode()
    assert f"{asked.pk}/bekrafta/" not in shown
    answer = page.post(f"/en/gallring/{asked.pk}/bekrafta/")
    assert answer.status_code == 422
    assert "Two people decide" in answer.content.decode()


def test_the_system_itself_does_not_do_it_before_its_time(mine):
    pk = decided(mine, closed(mine))
    with pytest.raises(WhyNot) as refused:
        disposal.carry_out(
            Disposal.unscoped.get(pk=pk), by=system("tests"),
            at=clock.now() + STANDS - dt.timedelta(minutes=1),
        )  # fmt: skip
    assert refused.value.reason is WhyNotDestroy.NOT_YET


def test_a_link_that_somebody_else_has_written_destroys_nothing(world, mine):
    """Whoever can write in the database must not have the keys of something else destroyed."""
    row = worlds.decided(closed(mine), at=clock.now())
    other = worlds.a_report(cast.nobody())[0]
    linked = LinkedReport.unscoped.filter(case=row.about)
    assert disposal._owners(row.about) == [row.about, linked.get().report]
    linked.update(report=other.pk)
    assert disposal._owners(row.about) == [row.about]
