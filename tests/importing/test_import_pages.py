"""The import's pages step by step, and what the worker does for it."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

import pytest

import registers
from registers import ROWS, address
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.audit.models import Event
from varna.foundation.vault.files import stored_files
from varna.importing import queries, sweeps
from varna.importing.actions import imports
from varna.importing.models import Import, ImportState
from varna.organisation.models import Person


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BY = system("tests")


def person(family):
    return Person.unscoped.get(family=family)


def page(client, name, *args, **query):
    answer = client.get(address(name, *args), query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def upload(client, content, name="register.csv"):
    return client.post(address("imports"), {"file": SimpleUploadedFile(name, content)})


def choose(client, job, **other):
    form = client.get(address("import_columns", job.pk)).context["form"]
    said = {name: field.initial or "" for name, field in form.fields.items()} | other
    return client.post(address("import_columns", job.pk), said)


def answers(client, job, **said):
    return client.post(address("import_questions", job.pk), said or {"gissningar": "ja"})


@pytest.mark.parametrize("written", [registers.csv_of, registers.xlsx_of])
def test_a_file_is_imported_in_four_steps(as_person, rut, written):
    client = as_person(rut)
    files_before = set(stored_files())
    rows = [*ROWS, ["", "Namnlös", "fel", "", "-", "", "", "", "", ""]]
    answer = upload(client, written(rows))
    job = Import.unscoped.get()
    assert answer.url == address("import", job.pk)
    assert client.get(answer.url).url == address("import_columns", job.pk)
    choose(client, job)
    assert not Person.unscoped.exists(), "nothing changes before it is applied"
    shown = page(client, "import", job.pk)
    assert "The e-mail address is not an address." in shown
    assert len(set(stored_files()) - files_before) == 1
    client.post(address("import_apply", job.pk))
    assert not Person.unscoped.exists(), "nobody has said what the bodies are"
    answers(client, job)
    client.post(address("import_apply", job.pk))
    assert Person.unscoped.count() == 3
    job.refresh_from_db()
    assert (job.state, job.counts["new"], job.refused) == (
        ImportState.APPLIED,
        3,
        [[5, "bad_email", "email"]],
    )
    assert (job.file, set(stored_files())) == (None, files_before), "the file is gone"
    assert "Line" in page(client, "import", job.pk)
    assert "Latest imports" in page(client, "imports")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not empty"),
        (b"\x00\x01", "not a table"),
        (b"Namn;Organ\nBo;=1+1\n", "Line 2: The file holds a formula"),
        (b"Namn;Organ\n", "no rows"),
        (b'Namn;Organ\nBo;"x\n', "quotation mark"),
    ],
)
def test_a_bad_file_is_told_beside_the_field_and_changes_nothing(as_person, rut, content, words):
    before = set(stored_files())
    answer = upload(as_person(rut), content)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Person.unscoped.exists()
    assert set(stored_files()) == before
    assert not Import.unscoped.exclude(state=ImportState.REFUSED).exists()


def test_too_large_a_file_is_told_beside_the_field(as_person, rut, settings):
    settings.FILE_MOST_BYTES = 100_000
    answer = upload(as_person(rut), b"Namn;Organ\n" + b"Bo Ek;Valn\n" * 20_000)
    assert "too large" in answer.content.decode()
    assert not Import.unscoped.filter(state=ImportState.UPLOADED).exists()


def test_columns_that_cannot_be_used_are_told(as_person, rut):
    client = as_person(rut)
    upload(client, registers.csv_of(ROWS))
    job = Import.unscoped.get()
    assert "held in a body" in choose(client, job, body="").content.decode()
    assert "chosen twice" in choose(client, job, phone="2").content.decode()
    job.refresh_from_db()
    assert job.state == ImportState.UPLOADED


def test_a_preview_that_no_longer_holds_is_shown_again(as_person, rut):
    client = as_person(rut)
    upload(client, registers.csv_of(ROWS))
    job = Import.unscoped.get()
    choose(client, job)
    answers(client, job)
    content = registers.csv_of(ROWS[:1])
    imports.apply_content(
        content, imports.choose(imports.read_table(content)), by=BY, at=clock.now()
    )
    answer = client.post(address("import_apply", job.pk))
    shown = client.get(answer.url).content.decode()
    assert "The register has changed since you looked" in shown
    assert Person.unscoped.count() == 1
    client.post(address("import_apply", job.pk))
    assert Person.unscoped.count() == 3


def test_an_abandoned_import_leaves_no_file_and_changes_nothing(
    as_person, rut, django_capture_on_commit_callbacks
):
    client = as_person(rut)
    before = set(stored_files())
    upload(client, registers.csv_of(ROWS))
    job = Import.unscoped.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("import_abandon", job.pk))
    job.refresh_from_db()
    assert (job.state, job.file) == (ImportState.ABANDONED, None)
    assert set(stored_files()) == before
    assert client.post(address("import_apply", job.pk)).status_code == 302
    assert not Person.unscoped.exists()


def test_who_would_end_is_named_in_the_preview(as_person, rut, register):
    client = as_person(rut)
    upload(client, registers.csv_of([ROWS[1], ROWS[2]]))
    job = Import.unscoped.get(state=ImportState.UPLOADED)
    choose(client, job)
    shown = page(client, "import", job.pk)
    assert "Assignments that end" in shown
    assert "Åsa Berg" in shown


# ── the worker ────────────────────────────────────────────────────────────────────────────────
def test_large_files_are_the_workers_and_the_page_looks_again(as_person, rut, monkeypatch):
    monkeypatch.setattr(queries, "IN_THE_REQUEST", 2)
    client = as_person(rut)
    upload(client, registers.csv_of(ROWS))
    job = Import.unscoped.get()
    choose(client, job)
    waiting = client.get(address("import", job.pk))
    assert waiting["Refresh"] == "3"
    assert "being compared" in waiting.content.decode()
    assert sweeps.imports(at=clock.now()) == 1
    assert "What would change" in page(client, "import", job.pk)
    answers(client, job)
    assert sweeps.imports(at=clock.now()) == 1
    client.post(address("import_apply", job.pk))
    assert not Person.unscoped.exists()
    assert sweeps.imports(at=clock.now()) == 1
    assert Person.unscoped.count() == 3
    assert sweeps.imports(at=clock.now()) == 0
    line = Event.unscoped.get(act="register.imported")
    assert str(rut.pk) in line.body, "whoever ordered it did it"


def test_a_file_left_for_a_day_is_removed(as_person, rut, django_capture_on_commit_callbacks):
    before = set(stored_files())
    upload(as_person(rut), registers.csv_of(ROWS))
    assert sweeps.imports(at=clock.now() + dt.timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert sweeps.imports(at=clock.now() + dt.timedelta(hours=25)) == 1
    assert Import.unscoped.get().state == ImportState.ABANDONED
    assert set(stored_files()) == before


def test_a_file_that_cannot_be_opened_again_is_given_up(as_person, rut, monkeypatch):
    monkeypatch.setattr(queries, "IN_THE_REQUEST", 2)
    client = as_person(rut)
    upload(client, registers.csv_of(ROWS))
    job = Import.unscoped.get()
    choose(client, job)
    imports.files.remove_file(job.file_id)
    sweeps.imports(at=clock.now())
    job.refresh_from_db()
    assert job.state == ImportState.REFUSED
    assert "damaged" in page(client, "import", job.pk)
    assert sweeps.imports(at=clock.now()) == 0


def test_new_bodies_are_asked_about_with_a_guess_and_nothing_chosen(as_person, rut):
    client = as_person(rut)
    upload(client, registers.csv_of(ROWS))
    job = Import.unscoped.get()
    choose(client, job)
    shown = page(client, "import", job.pk)
    assert address("import_questions", job.pk) in shown
    assert client.post(address("import_apply", job.pk)).status_code in {302, 409, 422}
    job.refresh_from_db()
    assert job.state == ImportState.PLANNED, "nothing is applied while a body is a guess"
    asked = page(client, "import_questions", job.pk)
    assert all(row[5] in asked for row in ROWS), "each body by its name"
    assert "checked" not in asked
    assert asked.count(" selected") == asked.count('value="" selected'), "the empty choice only"
    answers(client, job)
    client.post(address("import_apply", job.pk))
    job.refresh_from_db()
    assert job.state == ImportState.APPLIED
