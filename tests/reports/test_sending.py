"""Somebody tells what happened: the form, its faults, its files, and the receipt."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

import pytest

import cast
from varna.evidence.models import Item
from varna.evidence.rules import FileKind
from varna.foundation.access.models import Grant
from varna.foundation.access.rules import Relation
from varna.foundation.outbox.models import Mail
from varna.foundation.vault.files import path_of
from varna.reports.models import Report
from varna.reports.rules import Lane


pytestmark = pytest.mark.django_db
WHOLE = {"happened": "Han skrev igen.", "when": "i natt", "reach": "code"}


def token_in(answer):
    return re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]


def code_in(answer):
    found = re.search(r'id="code"[^>]*>([0-9A-Z-]+)<', answer.content.decode())
    return found[1] if found else None


def send(client, language="", **answers):
    token = answers.pop("token", None) or token_in(client.get(f"{language}/anmal/"))
    return client.post(f"{language}/anmal/", {"token": token, **answers})


def a_file(name="bild.png", body=b"\x89PNG\r\n\x1a\n..."):
    return SimpleUploadedFile(name, body, content_type="image/png")


def test_three_answers_are_enough(client):
    answer = send(client, **WHOLE)
    assert answer.status_code == 200
    assert len(code_in(answer).replace("-", "")) == 24
    assert Report.unscoped.count() == 1


@pytest.mark.parametrize("language", ["", "/en", "/fi"])
def test_the_form_works_in_three_languages_without_a_cookie(client, language):
    answer = send(client, language, **WHOLE)
    assert code_in(answer)
    assert not client.cookies
    assert Report.unscoped.get().language == (language[1:] or "sv")


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_a_missing_answer_is_told_beside_its_field_and_loses_nothing(client, missing):
    answers = {name: said for name, said in WHOLE.items() if name != missing}
    answer = send(client, **answers, place="på torget")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{missing}_error"' in text
    assert "på torget" in text
    assert all(said in text for name, said in answers.items() if name != "reach")
    assert not Report.unscoped.exists()


@pytest.mark.parametrize(("reach", "detail"), [("phone", ""), ("phone", "ring"), ("email", "mig")])
def test_a_way_to_reach_needs_its_number_or_address(client, reach, detail):
    answer = send(client, **{**WHOLE, "reach": reach}, reach_detail=detail)
    assert answer.status_code == 422
    assert 'id="id_reach_detail_error"' in answer.content.decode()


def test_a_form_with_faults_keeps_its_files_until_it_is_right(client):
    token = token_in(client.get("/anmal/"))
    faulty = send(client, token=token, happened="Ett brev", files=[a_file(), a_file("brev.pdf")])
    assert faulty.status_code == 422
    assert Item.unscoped.filter(claimed_at=None).count() == 2
    send(client, token=token_in(faulty), **WHOLE)
    report = Report.unscoped.get()
    assert Item.unscoped.about(report.pk).count() == 2


def test_files_of_a_form_with_faults_can_be_left_out(client):
    faulty = send(client, happened="Ett brev", files=a_file())
    kept = Item.unscoped.get().pk
    assert path_of(kept).exists()
    send(client, token=token_in(faulty), **WHOLE, drop_files="1")
    assert not Item.unscoped.exists()
    assert not path_of(kept).exists()


def test_a_file_that_is_too_large_is_refused_alone(client, settings):
    settings.FILE_MOST_BYTES = 1000
    large = a_file("film.mov", b"x" * 1001)
    answer = send(client, **WHOLE, files=[large, a_file("liten.png")])
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "film.mov" in text
    assert "Han skrev igen." in text
    assert Item.unscoped.count() == 1
    assert code_in(send(client, token=token_in(answer), **WHOLE))


def test_a_file_just_at_the_limit_is_taken(client, settings):
    settings.FILE_MOST_BYTES = 1000
    assert code_in(send(client, **WHOLE, files=a_file(body=b"x" * 1000)))


def test_more_files_than_may_come_are_told_of(client, settings):
    settings.FILES_MOST = 2
    answer = send(client, **WHOLE, files=[a_file(f"{n}.png") for n in range(3)])
    assert answer.status_code == 422
    assert "2.png" in answer.content.decode()
    assert Item.unscoped.count() == 2


def test_the_same_form_sent_twice_is_one_report_with_the_same_code(client):
    token = token_in(client.get("/anmal/"))
    first, second = (send(client, token=token, **WHOLE) for _ in range(2))
    assert code_in(first) == code_in(second)
    assert Report.unscoped.count() == 1


def test_a_form_found_open_long_afterwards_does_not_show_the_code(client, time_machine, now):
    time_machine.move_to(now)
    token = token_in(client.get("/anmal/"))
    assert code_in(send(client, token=token, **WHOLE))
    time_machine.shift(3601)
    again = send(client, token=token, **WHOLE)
    assert again.status_code == 200
    assert code_in(again) is None
    assert Report.unscoped.count() == 1


@pytest.mark.parametrize("token", ["", "x", "AAAA" * 11, "å" * 40])
def test_a_token_that_is_not_ours_keeps_the_words_and_asks_once_more(client, token):
    answer = client.post("/anmal/", {"token": token, **WHOLE})
    assert answer.status_code == 422
    assert "Han skrev igen." in answer.content.decode()
    assert code_in(send(client, token=token_in(answer), **WHOLE))


def test_the_code_stands_in_the_page_and_nowhere_else(client, alva):
    answer = send(client, **WHOLE)
    code = code_in(answer)
    assert code not in str(answer.headers)
    assert not Report.unscoped.filter(lookup=code.encode()).exists()
    assert "no-store" in answer["Cache-Control"]
    assert code not in re.search("<title>(.*?)</title>", answer.content.decode())[1]


def test_a_new_report_calls_those_on_duty_at_once(client, alva, love, berit):
    send(client, **WHOLE)
    called = set(Mail.unscoped.values_list("account", flat=True))
    assert called == {alva.pk, love.pk}


@pytest.mark.proves("T16", "F-13", part=True)
def test_a_flood_is_put_aside_and_never_refused(client, alva, settings):
    settings.LIMITS = settings.LIMITS | {"reports_per_sender": 3}
    answers = [send(client, **WHOLE) for _ in range(6)]
    assert all(code_in(answer) for answer in answers)
    assert Report.unscoped.filter(lane=Lane.NORMAL).count() == 3
    assert Report.unscoped.filter(lane=Lane.QUARANTINE).count() == 3
    assert Mail.unscoped.count() <= 3


def test_a_signed_in_official_finds_the_report_under_my_matters(client, as_person, folke):
    as_person(folke)
    send(client, **WHOLE)
    report = Report.unscoped.get()
    assert Grant.unscoped.filter(
        about=report.pk, account=folke.pk, relation=Relation.REPORTER
    ).exists()
    assert str(report.pk) in client.get("/mina/").content.decode()


def test_the_page_says_who_can_read_before_it_is_sent(client):
    text = client.get("/anmal/").content.decode()
    assert text.index('class="who-can-see"') < text.index('type="submit"')


def test_it_asks_whether_it_is_happening_now_before_any_typing(client):
    text = client.get("/anmal/").content.decode()
    assert text.index("tel:112") < text.index("<textarea")


@pytest.mark.proves("T14", part=True)
def test_an_executable_is_taken_as_it_is_and_the_handler_is_warned(client, as_person, alva):
    send(client, **WHOLE, files=a_file("spel.exe", b"MZ" + b"\0" * 600))
    as_person(alva)
    page = client.get(f"/anmalningar/{Report.unscoped.get().pk}/").content.decode()
    assert "spel.exe" in page
    assert 'class="risky"' in page


def test_every_kind_of_file_has_words():
    from varna.evidence.models import KIND_LABELS

    assert set(KIND_LABELS) == set(FileKind)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7*7 }}", "\u202egnp.exe", "a\0b"]
)
@pytest.mark.proves("T15")
def test_what_somebody_writes_is_shown_as_text(client, as_person, alva, text):
    answer = send(client, **{**WHOLE, "happened": text})
    if "\0" in text:
        assert answer.status_code == 422  # told beside the field, by Django's own validator
        return
    as_person(alva)
    page = client.get(f"/anmalningar/{Report.unscoped.get().pk}/").content.decode()
    assert "<script>alert" not in page
    assert "49" not in re.findall(r'class="said"[^>]*>([^<]*)<', page)


def test_nobody_is_told_that_somebody_reported_for_a_locked_account(client, alva):
    cast.lock(alva)
    send(client, **WHOLE)
    assert not Mail.unscoped.exists()


def test_a_session_by_mail_alone_may_send_and_is_led_to_a_stronger_one_to_read(
    client, as_person, folke
):
    as_person(folke, strong=False)
    assert code_in(send(client, **WHOLE))
    report = Report.unscoped.get()
    assert Grant.unscoped.filter(about=report.pk, account=folke.pk).exists()
    assert client.get("/mina/")["Location"].startswith("/starkare/")
    assert client.get(f"/mina/{report.pk}/").status_code == 404


def test_what_is_folded_away_stays_folded_unless_something_is_in_it(client):
    assert "<details open" not in send(client, happened="Ett brev").content.decode()
    assert "<details open" in send(client, happened="Ett brev", place="torget").content.decode()
