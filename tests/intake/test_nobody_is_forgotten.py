"""A report that nobody can read raises an alarm; what waits too long is told to more and more."""

import datetime as dt

from django.urls import reverse

import pytest

import cast
from varna.cases.actions import judging
from varna.cases.rules.judging import Level
from varna.foundation import clock
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts.rules import system
from varna.foundation.outbox.actions import beat
from varna.foundation.outbox.models import Mail
from varna.intake import actions as intake
from varna.intake import queries, sweeps
from varna.reports import actions as reports
from varna.reports.receipts import new_token, receipt_for
from varna.reports.sealed import Answers, Contact


pytestmark = pytest.mark.django_db


@pytest.fixture
def nora():
    return cast.an_account("Nora Holm", "plan_owner")


def by(account):
    return {"by": cast.actor(account), "at": clock.now()}


def a_report(*, at=None):
    told = reports.Told(content=Answers(happened="Ett brev", when="i går"), contact=Contact("code"))
    receipt = receipt_for(new_token())
    report = reports.submit(told, receipt, by=cast.nobody(), at=at or clock.now())
    return report, receipt.code


def nobody_receives(alva, love):
    accounts.take_duty(alva, on_duty=False, **by(alva))
    accounts.lock_account(love, by=system("tests"), at=clock.now())


def mailed():
    """Whom something waits for at once; the queue is empty afterwards."""
    now = Mail.unscoped.filter(not_before__lte=clock.now())
    found = {one.account for one in now}
    Mail.unscoped.all().delete()
    return found


# ── nobody can read it ────────────────────────────────────────────────────────────────────────
def test_a_report_that_nobody_can_read_is_told_to_those_who_can_mend_it(alva, love, berit, nora):
    nobody_receives(alva, love)
    a_report()
    mailed()
    assert sweeps.nobody_reads(at=clock.now()) == 2
    assert mailed() == {berit.pk, nora.pk}
    assert sweeps.nobody_reads(at=clock.now()) == 0, "and not again the next time"


def test_nobody_is_told_while_somebody_can_read_it(alva, love, berit):
    a_report()
    assert sweeps.nobody_reads(at=clock.now()) == 0


@pytest.mark.parametrize("part", ["berit", "nora"])
def test_the_alarm_stands_as_a_count_on_every_page_of_those_who_can_mend_it(
    request, alva, love, berit, nora, as_person, part
):
    nobody_receives(alva, love)
    report, _ = a_report()
    page = {"berit": "accounts:list", "nora": "register:overview"}[part]
    said = as_person({"berit": berit, "nora": nora}[part]).get(reverse(page)).content.decode()
    assert "1 anmälan kan inte läsas av någon" in said
    assert str(report.pk) not in said


def test_a_handler_is_not_shown_the_alarm(alva, love, berit, as_person):
    nobody_receives(alva, love)
    a_report()
    said = as_person(alva).get(reverse("cases:desk")).content.decode()
    assert "kan inte läsas av någon" not in said


def test_the_health_page_tells_that_nobody_reads_and_goes_on_receiving(alva, love, client):
    beat("worker", at=clock.now())
    assert client.get("/halsa/redo").json()["receivers"] == "ok"
    nobody_receives(alva, love)
    answer = client.get("/halsa/redo")
    assert answer.json()["receivers"] == "fault"
    assert answer.status_code == 200, "nobody takes us out of use for it"


def test_the_receipt_shows_the_telephone_instead_of_promising_a_reader(
    alva, love, client, settings
):
    settings.DUTY_PHONE = "021-390 06 12"
    nobody_receives(alva, love)
    form = {"token": new_token(), "happened": "Ett brev", "when": "i går", "reach": "code"}
    said = client.post(reverse("reports:tell"), form).content.decode()
    assert "Ingen kan läsa din anmälan just nu" in said
    assert "021-390 06 12" in said
    assert "läser den senast" not in said
    assert "svar från oss senast" not in said


def test_who_comes_back_is_told_the_same_until_somebody_receives(alva, love, client):
    nobody_receives(alva, love)
    report, code = a_report()
    client.post(reverse("cases:return"), {"code": code})
    page = reverse("cases:own", args=[report.pk])
    assert "Ingen kan läsa din anmälan just nu" in client.get(page).content.decode()
    accounts.take_duty(alva, on_duty=True, **by(alva))
    assert "Ingen kan läsa" not in client.get(page).content.decode()


# ── what waits too long ───────────────────────────────────────────────────────────────────────
MONDAY = clock.start_of(dt.date(2026, 11, 2)) + dt.timedelta(hours=10)


def told_on(day):
    """Who is reminded of something of ours on a day."""
    return {account for due in sweeps.waiting(day) for account in due.accounts}


def test_an_unread_report_is_told_in_widening_circles(alva, love, nora):
    a_report(at=MONDAY)
    days = [dt.date(2026, 11, day) for day in (2, 3, 4, 5)]
    assert [told_on(day) for day in days] == [
        set(), {alva.pk}, {alva.pk, love.pk}, {alva.pk, love.pk, nora.pk},
    ]  # fmt: skip
    assert queries.long_late(days[2]) == 0
    assert queries.long_late(days[3]) == 1


def test_the_leads_are_told_at_once_where_nobody_has_the_duty(alva, love):
    a_report(at=MONDAY)
    accounts.take_duty(alva, on_duty=False, **by(alva))
    assert told_on(dt.date(2026, 11, 3)) == {love.pk}


def test_a_report_that_has_been_confirmed_reminds_nobody(alva, love, nora):
    report, _ = a_report(at=MONDAY)
    reports.acknowledge(report, **by(alva))
    assert told_on(dt.date(2026, 12, 24)) == set()


def test_a_case_that_is_due_is_told_in_widening_circles(alva, love, nora):
    opening = intake.Opening(label="Brev", reason="")
    case = intake.open_case(opening, handler=alva, **by(alva))
    due = case.due_on
    later = [clock.workdays_after(due, days) for days in (1, 2)]
    assert told_on(due - dt.timedelta(days=1)) == set()
    assert told_on(due) == {alva.pk}
    assert told_on(later[0]) == {alva.pk, love.pk}
    assert told_on(later[1]) == {alva.pk, love.pk, nora.pk}


def test_an_acute_assessment_asks_for_a_second_person_at_once(alva, love):
    opening = intake.Opening(label="Brev", reason="")
    case = intake.open_case(opening, handler=alva, **by(alva))
    mailed()
    judging.assess(case, judging.Judgement(Level.ACUTE, "", "", clock.today()), **by(alva))
    assert mailed() == {love.pk}
