"""Uploads: nobody's files stay but those that a view has asked for and somebody has claimed."""

import base64
import io
import re

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.request import UnreadablePostError
from django.test import Client
from django.urls import get_resolver, reverse

import pytest

from intake.test_the_walk import code_in, send_report
from security import doors
from varna.evidence.models import Item
from varna.evidence.sealed import Description
from varna.foundation import clock
from varna.foundation.access.policies import policy_of
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import files, space
from varna.foundation.vault import service as vault
from varna.foundation.vault.uploads import shown_name
from varna.importing.models import Import
from varna.reports.models import Report


pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n..."
TAKERS = {"reports:tell", "cases:own_write", "register:imports", "plan:read"}


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.MEDIA = tmp_path / "media"
    settings.MEDIA.mkdir()
    space.HELD.forget()
    yield
    space.HELD.forget()


def on_disk():
    return list(settings.MEDIA.rglob("*.sealed"))


def some(count=3, size=1000):
    return [SimpleUploadedFile(f"{n}.png", b"x" * size) for n in range(count)]


def words_of(answer):
    return answer.content.decode()


def own_page(client, **more):
    """Come back with the code of a new report."""
    client.post("/tillbaka/", {"code": code_in(send_report(client, **more))})
    return f"/mina/{Report.unscoped.latest('received_at').pk}/skriv/"


# ── who takes files ───────────────────────────────────────────────────────────────────────────
def test_the_views_that_take_files_stand_here_by_name():
    found = {
        name
        for name, pattern in doors.addresses(get_resolver())
        if (declared := policy_of(pattern.callback)) and declared.files
    }
    assert found == TAKERS


PLACES = [
    "/konto/logga-in/", "/konto/logga-ut/", "/tillbaka/", "/arenden/nytt/", "/dokument/",
    "/finns-inte/", "/register/import/", "/planen/versioner/las-in/", "/ataganden/",
]  # fmt: skip


@pytest.mark.parametrize("field", ["files", "file", "x"])
@pytest.mark.parametrize("path", PLACES)
@pytest.mark.proves("H3")
def test_nobody_leaves_a_file_at_a_door_that_asks_for_none(path, field):
    client = Client(enforce_csrf_checks=True)
    client.get("/konto/logga-in/")
    token = client.cookies.get(settings.CSRF_COOKIE_NAME)
    client.post(path, {"csrfmiddlewaretoken": token.value if token else "", field: some()})
    assert not on_disk()


def test_a_field_that_is_not_the_declared_one_leaves_nothing(client):
    answer = send_report(client, others=some())
    assert code_in(answer)
    assert not on_disk()


def test_a_form_without_its_token_leaves_nothing(client):
    client.post("/anmal/", {"token": "", "happened": "Ett brev", "files": some()})
    assert not on_disk()


def test_a_door_that_is_shut_is_shut_before_a_byte_is_sealed(client, monkeypatch):
    opened = []
    monkeypatch.setattr(files.SealedFileWriter, "__init__", lambda *_: opened.append(1))
    for path in (reverse("register:imports"), reverse("plan:read")):
        client.post(path, {"file": some(1)})
    assert not opened


def test_a_body_that_is_cut_off_leaves_nothing(client):
    """Whoever hangs up in the midst of a file has left none."""
    line = b'----x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
    body = line + b"x" * 300_000
    request = {"CONTENT_LENGTH": str(len(body) + 1000), "wsgi.input": Broken(body)}
    form = {"CONTENT_TYPE": "multipart/form-data; boundary=--x"}
    with pytest.raises(UnreadablePostError):
        client.generic("POST", "/anmal/", **form, **request)
    assert not on_disk()


class Broken(io.BytesIO):
    def read(self, size=-1):
        found = super().read(size)
        if not found:
            raise OSError("gone")
        return found


# ── how many ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.proves("H3")
def test_as_many_as_may_come_are_kept_with_the_code_as_with_the_form(client, alva, settings):
    settings.FILES_MOST = 3
    path = own_page(client)
    answer = client.post(path, {"files": some(7)})
    assert answer.status_code == 422
    assert words_of(answer).count("togs inte emot") == 4
    assert Item.unscoped.count() == len(on_disk()) == 3
    client.post(path, {"files": some(2), "text": "Två till"})
    assert Item.unscoped.count() == len(on_disk()) == 3


def test_tomorrow_there_is_room_again(client, alva, settings, time_machine, now):
    settings.FILES_MOST = 2
    time_machine.move_to(now)
    code = code_in(send_report(client, files=some(2)))
    time_machine.shift(25 * 3600)
    client.post("/tillbaka/", {"code": code})
    client.post(f"/mina/{Report.unscoped.get().pk}/skriv/", {"files": some(1)})
    assert Item.unscoped.count() == 3


def test_more_files_than_django_would_count_are_told_of_and_the_words_are_there(client):
    answer = send_report(client, happened="Många bilder", files=some(60, 10))
    assert answer.status_code == 422
    assert "Många bilder" in words_of(answer)
    assert Item.unscoped.count() == settings.FILES_MOST


def test_one_plan_and_one_register_at_a_time(client, as_person, rut):
    as_person(rut)
    table = b"Namn;Organ;Uppdrag\nAnna Ask;Kommunfullm\xc3\xa4ktige;Ledamot\n"
    sent = [SimpleUploadedFile(f"{n}.csv", table) for n in range(3)]
    client.post(reverse("register:imports"), {"file": sent})
    assert len(on_disk()) <= 1


# ── what becomes of it ────────────────────────────────────────────────────────────────────────
def test_a_file_that_is_no_table_is_not_kept(client, as_person, rut):
    as_person(rut)
    client.post(reverse("register:imports"), {"file": some(1)})
    assert Import.unscoped.get().state == "refused"
    assert not on_disk()


def test_a_register_is_kept_until_it_is_abandoned(client, as_person, rut):
    as_person(rut)
    table = "Namn;Organ;Uppdrag\nAnna Ask;Kommunfullmäktige;Ledamot\n".encode()
    client.post(reverse("register:imports"), {"file": SimpleUploadedFile("r.csv", table)})
    assert len(on_disk()) == 1


NAMES = ["", ".", "..", "\\", "/", "C:\\", "\u202e\u200b", "\t", "mapp/", "   "]


def sent_as(client, name, body=PICTURE, path="/anmal/", field="files", **said):
    """A form as a client writes it that has its own mind about file names."""
    edge = "kant"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
             for n, v in said.items()]  # fmt: skip
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{quoted}"\r\n'
    parts.append(head.encode() + b"Content-Type: image/png\r\n\r\n" + body + b"\r\n")
    whole = b"".join(parts) + f"--{edge}--\r\n".encode()
    return client.generic("POST", path, whole, f"multipart/form-data; boundary={edge}")


def report_with(client, name, body=PICTURE):
    token = re.search(r'name="token" value="([^"]+)"', words_of(client.get("/anmal/")))[1]
    said = {"token": token, "happened": "Ett brev om åäö", "when": "nu", "reach": "code"}
    return sent_as(client, name, body, **said)


def opened(item):
    with vault.opened_by_system(
        item.owner, Compartment.EVIDENCE, purpose="tests", at=clock.now()
    ) as handle:
        return handle.read(item, "meta", Description)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.proves("D7")
def test_a_file_whose_name_becomes_nothing_comes_and_is_called_something(client, name):
    every = bytes(range(256))
    assert code_in(report_with(client, name, PICTURE + every))
    item = Item.unscoped.get()
    said = opened(item)
    assert said.name == "fil utan namn"
    assert said.size == len(PICTURE + every)
    assert b"".join(files.read_file(item.pk, base64.b64decode(said.key))).endswith(every)


def test_no_file_chosen_is_no_file(client):
    assert code_in(report_with(client, "", b""))
    assert not Item.unscoped.exists()


@pytest.mark.parametrize(
    "raw",
    [
        "Skärmbild 2026-11-24 kl. 10.15.00\u202fPM.png",
        "a&amp;b.png",
        "mapp/namn.png",
        "x\u202e.png",
    ],
)
@pytest.mark.proves("D9")
def test_the_name_as_it_was_sent_is_kept_sealed_beside_the_one_that_is_shown(client, raw):
    assert code_in(report_with(client, raw))
    said = opened(Item.unscoped.get())
    assert said.raw_name == raw
    assert said.name == shown_name(raw)


@pytest.mark.proves("D7")
def test_an_empty_file_is_said_to_be_empty_and_loses_nothing(client):
    answer = report_with(client, "tom.txt", b"")
    assert answer.status_code == 422
    assert "Filen tom.txt är tom" in words_of(answer)
    assert "Ett brev om åäö" in words_of(answer)
    assert not on_disk()


def test_what_is_written_beside_a_file_is_what_was_written(client, alva):
    code = code_in(report_with(client, "å.png"))
    client.post("/tillbaka/", {"code": code})
    assert "Ett brev om åäö" in words_of(client.get(f"/mina/{Report.unscoped.get().pk}/"))


def test_a_form_that_ends_in_the_midst_of_a_file_says_so(client):
    """As it is when the disk that the form waits on is full: what came before is there."""
    token = re.search(r'name="token" value="([^"]+)"', words_of(client.get("/anmal/")))[1]
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n'
        for name, said in {
            "token": token,
            "happened": "Orden",
            "when": "nu",
            "reach": "code",
        }.items()
    ).encode()
    body += b'--x\r\nContent-Disposition: form-data; name="files"; filename="halv.png"\r\n\r\n'
    whole = body + b"x" * 200_000
    answer = client.generic("POST", "/anmal/", whole, "multipart/form-data; boundary=x")
    assert answer.status_code == 422
    assert "halv.png" in words_of(answer)
    assert "Orden" in words_of(answer)
    assert not on_disk()


# ── room ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.proves("H3")
def test_above_the_cap_files_are_refused_and_words_are_not(client, alva, settings):
    assert code_in(send_report(client, files=some(1, 5000)))
    settings.FILES_MOST_BYTES = 5000
    space.HELD.forget()
    answer = send_report(client, happened="Ändå fram", files=some(1))
    assert answer.status_code == 422
    assert "kunde inte tas emot" in words_of(answer)
    assert len(on_disk()) == 1
    assert code_in(send_report(client, happened="Ändå fram"))


def test_the_cap_holds_within_one_form(client, settings):
    settings.FILES_MOST_BYTES = 150_000
    send_report(client, files=some(5, 100_000))
    assert len(on_disk()) == 1


def test_below_the_floor_no_file_is_taken_and_words_are(client, settings):
    settings.DISK_FLOOR_BYTES = 1 << 62
    assert send_report(client, files=some(1)).status_code == 422
    assert not on_disk()
    assert code_in(send_report(client))


@pytest.mark.parametrize("address", ["register:imports", "plan:read"])
@pytest.mark.proves("D8")
def test_a_full_disk_is_not_called_a_file_that_is_too_large(client, as_person, settings, address):
    import cast

    as_person(cast.an_account("Rut Per", "registrar", "plan_owner"))
    settings.DISK_FLOOR_BYTES = 1 << 62
    answer = words_of(client.post(reverse(address), {"file": some(1)}))
    assert "inte plats" in answer
    assert "för stor" not in answer
