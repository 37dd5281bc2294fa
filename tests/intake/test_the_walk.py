"""The whole walk, page by page: from a report with a picture to a closed case."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

import pytest

from varna.cases.models import Case
from varna.foundation.audit.actions import sign_head
from varna.foundation.audit.queries import verify
from varna.reports.models import Report


pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"not really a picture " * 400


def token_in(answer):
    return re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]


def send_report(client, **more):
    token = token_in(client.get("/anmal/"))
    answers = {"token": token, "happened": "Han skrev igen.", "when": "i natt", "reach": "code"}
    return client.post("/anmal/", answers | more)


def code_in(answer):
    return re.search(r'id="code"[^>]*>([0-9A-Z-]+)<', answer.content.decode())[1]


def test_from_a_report_with_a_picture_to_a_closed_case(client, as_person, alva, love, now):
    picture = SimpleUploadedFile("bild.png", PNG, content_type="image/png")
    sent = send_report(client, files=picture, who="En granne", consents=["police", "learning"])
    assert sent.status_code == 200, sent.content.decode()
    code = code_in(sent)
    report = Report.unscoped.get()

    as_person(alva)
    page = client.get(f"/anmalningar/{report.pk}/").content.decode()
    assert "Han skrev igen." in page
    assert "bild.png" in page
    opened = client.post(
        f"/anmalningar/{report.pk}/nytt-arende/",
        {"label": "Brev till nämnden", "reason": "Ska utredas", "handler": str(alva.pk)},
    )
    case = Case.unscoped.get()
    assert opened["Location"] == f"/arenden/{case.pk}/"
    assert "Brev till nämnden" in client.get(opened["Location"]).content.decode()

    judged = client.post(
        f"/arenden/{case.pk}/bedomning/",
        {
            "level": "2",
            "overall": "Förhöjd oro.",
            "took_part": "Alva och Love",
            "review_on": "2099-01-31",
            "o_act_named": "yes",
            "n_act_named": "i brevet",
            "q_violence": "Låg",
            "q_persistence": "Trolig",
        },
    )
    assert judged.status_code == 302, judged.content.decode()
    for choice in ("3:contact_person", "2:report"):
        decided = client.post(
            f"/arenden/{case.pk}/atgarder/",
            {"choice": choice, "reason": "Behövs nu", "consent": "given"},
        )
        assert decided.status_code == 302, decided.content.decode()
    said = client.post(
        f"/arenden/{case.pk}/samtal/", {"report": str(report.pk), "text": "Vi ringer."}
    )
    assert said.status_code == 302

    client.cookies.clear()
    back = client.post("/tillbaka/", {"code": code.lower().replace("-", " ")})
    own = client.get(back["Location"]).content.decode()
    assert "Vi ringer." in own

    as_person(alva)
    listed = client.get(f"/arenden/{case.pk}/atgarder/").content.decode()
    for measure in set(re.findall(rf"/arenden/{case.pk}/atgarder/([0-9a-f-]{{36}})/", listed)):
        done = client.post(
            f"/arenden/{case.pk}/atgarder/{measure}/",
            {"to": "done", "on": "2026-11-22", "effect": "better"},
        )
        assert done.status_code == 302, done.content.decode()
    closed = client.post(
        f"/arenden/{case.pk}/avsluta/",
        {
            "done": "Samtal och polisanmälan.",
            "helped": "Kontaktpersonen.",
            "content": "yes",
            "told": "Din anmälan ledde till två åtgärder.",
            "no_lesson": "Rutinen följdes.",
        },
    )
    assert closed.status_code == 302, closed.content.decode()
    case.refresh_from_db()
    assert case.state == "closed"

    client.cookies.clear()
    back = client.post("/tillbaka/", {"code": code})
    assert "Din anmälan ledde till två åtgärder." in client.get(back["Location"]).content.decode()
    sign_head(at=now)
    assert verify().whole


@pytest.mark.parametrize(
    "page",
    [
        "",
        "bedomning/",
        "klassning/",
        "atgarder/",
        "polis/",
        "foretagshalsovard/",
        "samtal/",
        "anteckningar/",
        "handelser/",
        "krets/",
        "avsluta/",
        "efterkontroll/",
    ],
)
def test_every_page_of_a_case_answers_its_handler_and_nobody_else(
    client, as_person, alva, berit, otto, folke, page
):
    send_report(client)
    report = Report.unscoped.get()
    as_person(alva)
    client.post(
        f"/anmalningar/{report.pk}/nytt-arende/",
        {"label": "Ett", "reason": "r", "handler": str(alva.pk)},
    )
    case = Case.unscoped.get()
    assert client.get(f"/arenden/{case.pk}/{page}").status_code == 200
    nobodys = "00000000-0000-4000-8000-000000000000"
    for outsider in (berit, otto, folke):
        as_person(outsider)
        theirs = client.get(f"/arenden/{case.pk}/{page}")
        missing = client.get(f"/arenden/{nobodys}/{page}")
        assert theirs.status_code == missing.status_code == 404
