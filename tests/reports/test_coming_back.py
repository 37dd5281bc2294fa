"""Back with the code: what stands there, more words and files, consents taken back."""

import pytest
from test_sending import WHOLE, a_file, code_in, send

import cast
from varna.cases.models import Case
from varna.evidence.models import Item
from varna.foundation import clock
from varna.foundation.audit.models import Event
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.reports import actions as reports
from varna.reports.models import Entry, Report
from varna.reports.sealed import Consents


pytestmark = pytest.mark.django_db


@pytest.fixture
def code(client, alva):
    return code_in(send(client, **WHOLE, consents=["police", "party"]))


def come_back(client, code):
    return client.post("/tillbaka/", {"code": code}, follow=True)


@pytest.mark.parametrize("way", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} ",
                                 lambda c: c.replace("0", "O").replace("1", "l")])  # fmt: skip
def test_the_code_may_be_written_as_people_write(client, code, way):
    assert "Han skrev igen." in come_back(client, way(code)).content.decode()


@pytest.mark.parametrize("written", ["", "x", "0" * 24, "ÅÄÖ", "1" * 200])
def test_a_wrong_code_is_told_beside_the_field_and_locks_nobody_out(client, code, written):
    answer = client.post("/tillbaka/", {"code": written})
    assert answer.status_code == 422
    assert 'id="id_code_error"' in answer.content.decode()
    assert "Han skrev igen." in come_back(client, code).content.decode()


def test_a_wrong_code_leaves_a_line_without_the_code(client):
    client.post("/tillbaka/", {"code": "0" * 24})
    line = Event.unscoped.get(act="receipt.wrong")
    assert "0000000000" not in line.body


def test_the_status_is_said_in_plain_words(client, code, alva):
    assert "har kommit fram" in come_back(client, code).content.decode()
    report = Report.unscoped.get()
    reports.acknowledge(report, by=cast.actor(alva), at=clock.now())
    assert "har läst" in come_back(client, code).content.decode()


def test_messages_go_both_ways_and_say_when_they_were_read(client, code, as_person, alva):
    report = Report.unscoped.get()
    come_back(client, code)
    client.post(f"/mina/{report.pk}/skriv/", {"text": "Det kom ett till."})
    as_person(alva)
    assert "Det kom ett till." in client.get(f"/anmalningar/{report.pk}/").content.decode()
    client.post(f"/anmalningar/{report.pk}/skriv/", {"text": "Vi ringer i dag."})
    client.cookies.clear()
    assert "Vi ringer i dag." in come_back(client, code).content.decode()
    assert not Entry.unscoped.filter(seen_at=None).exists()


def test_files_can_be_added_later(client, code):
    report = Report.unscoped.get()
    come_back(client, code)
    client.post(f"/mina/{report.pk}/skriv/", {"text": "", "files": a_file()})
    assert Item.unscoped.about(report.pk).count() == 1


def test_an_empty_message_is_told_beside_the_field(client, code):
    report = Report.unscoped.get()
    come_back(client, code)
    answer = client.post(f"/mina/{report.pk}/skriv/", {"text": " "})
    assert answer.status_code == 422
    assert 'id="id_text_error"' in answer.content.decode()


def test_a_consent_that_is_taken_back_is_gone_and_the_handler_sees_that_it_is(
    client, code, as_person, alva
):
    report = Report.unscoped.get()
    come_back(client, code)
    client.post(f"/mina/{report.pk}/samtycke/", {"consent": "police"})
    with vault.opened(
        report.pk,
        {Compartment.CONTENT},
        by=cast.actor(alva),
        at=clock.now(),
        purpose=vault.Purpose.HANDLE,
    ) as handle:
        report.refresh_from_db()
        assert handle.read(report, "consents", Consents) == Consents(("party",))
    as_person(alva)
    assert "togs tillbaka" in client.get(f"/anmalningar/{report.pk}/").content.decode()


@pytest.mark.parametrize("consent", ["", "everything", "POLICE"])
def test_a_consent_that_does_not_exist_cannot_be_taken_back(client, code, consent):
    report = Report.unscoped.get()
    come_back(client, code)
    answer = client.post(f"/mina/{report.pk}/samtycke/", {"consent": consent})
    assert answer.status_code == 404


def test_one_code_opens_one_report(client, code):
    other = Report.unscoped.get()
    second = code_in(send(client, **{**WHOLE, "happened": "Något annat."}))
    come_back(client, second)
    assert client.get(f"/mina/{other.pk}/").status_code == 404
    assert client.post(f"/mina/{other.pk}/skriv/", {"text": "x"}).status_code == 404


def test_the_codes_session_ends_after_an_hour_however_busy(client, code, time_machine, now):
    time_machine.move_to(now)
    report = Report.unscoped.get()
    come_back(client, code)
    for _ in range(5):
        time_machine.shift(11 * 60)
        assert client.get(f"/mina/{report.pk}/").status_code == 200
    time_machine.shift(11 * 60)
    assert client.get(f"/mina/{report.pk}/").status_code == 404


def test_the_codes_session_ends_when_left_alone(client, code, time_machine, now):
    time_machine.move_to(now)
    report = Report.unscoped.get()
    come_back(client, code)
    time_machine.shift(21 * 60)
    assert client.get(f"/mina/{report.pk}/").status_code == 404


def test_quick_exit_forgets_the_session_and_what_the_browser_keeps(client, code):
    report = Report.unscoped.get()
    come_back(client, code)
    answer = client.get("/lamna/")
    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(f"/mina/{report.pk}/").status_code == 404


def test_a_signed_in_account_is_left_when_a_code_is_used(client, code, as_person, alva):
    as_person(alva)
    come_back(client, code)
    assert client.get("/arenden/").status_code == 302
    assert Case.unscoped.count() == 0


def test_another_site_cannot_put_a_visitor_in_a_session_it_has_chosen(client, code):
    answer = client.post("/tillbaka/", {"code": code}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert not client.cookies
