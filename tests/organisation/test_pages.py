"""The register's pages: who may see what, the import step by step, and the worker."""

import datetime as dt
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

import pytest
import registers

import cast
from varna.foundation import clock
from varna.foundation.accounts.actions import give_role
from varna.foundation.accounts.rules import Role, system
from varna.foundation.audit.models import Event
from varna.foundation.vault.files import stored_files
from varna.organisation import queries, sweeps
from varna.organisation.actions import imports, people
from varna.organisation.forms import DayForm
from varna.organisation.models import (
    Assignment,
    Body,
    Import,
    ImportState,
    MandatePeriod,
    Person,
)
from varna.organisation.rules.roles import Group


pytestmark = pytest.mark.django_db
BY = system("tests")
ROWS = [
    ["Åsa", "Berg", "asa@x.example", "070-174 06 05", "Mittenlistan", "Valnämnden", "Ledamot",
     "2026-01-01", "", ""],
    ["Örjan", "Gömd", "gomd@x.example", "", "Fria väljare", "Valnämnden", "Ersättare",
     "2026-01-01", "", "Ja"],
    ["Bo", "Ek", "", "", "-", "Kulturnämnden", "Ledamot", "2026-01-01", "", ""],
]  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english():
    """The texts as they stand in the code, whatever has been compiled."""
    with translation.override("en"):
        yield


@pytest.fixture
def rut(db):
    """A registrar: keeps the register."""
    return cast.an_account("Rut Dal", "registrar")


@pytest.mark.parametrize(
    ("said", "known"),
    [("0002-01-01", False), ("1899-12-31", False), ("1900-01-01", True), ("2200-12-31", True),
     ("2201-01-01", False), ("9999-12-31", False)],
)  # fmt: skip
def test_a_slip_in_the_year_is_said(said, known):
    form = DayForm({"dag": said})
    assert form.is_valid() is known
    assert known or "between 1900 and 2200" in str(form.errors["dag"])


def in_the_register(rows):
    content = registers.csv_of(rows)
    table = imports.read_table(content)
    imports.apply_content(content, imports.choose(table), by=BY, at=clock.now())


@pytest.fixture
def register(db):
    in_the_register(ROWS)


def address(name, *args):
    return reverse(f"register:{name}", args=args)


def person(family):
    return Person.unscoped.get(family=family)


def page(client, name, *args, **query):
    answer = client.get(address(name, *args), query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


# ── who may come in ───────────────────────────────────────────────────────────────────────────
READING = ["overview", "people"]
ROOMS = [*READING, "imports"]


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("role", ["official", "operator"])
def test_others_cannot_tell_that_the_register_is_there(as_person, register, name, role):
    client = as_person(cast.an_account("Sven Utan", role))
    theirs, nothing = client.get(address(name)), client.get("/en/finns-inte/")
    assert theirs.status_code == nothing.status_code == 404
    assert theirs.content == nothing.content.replace(b"/en/finns-inte/", address(name).encode())


@pytest.mark.parametrize("role", ["handler", "lead", "plan_owner", "contact"])
def test_readers_do_not_import_or_open_contact_details(as_person, register, role):
    client = as_person(cast.an_account("Lea Läs", role))
    assert client.get(address("overview")).status_code == 200
    assert client.get(address("imports")).status_code == 404
    for name in ("contact", "protect"):
        assert client.post(address(name, person("Berg").pk)).status_code == 404
    body = Body.unscoped.first()
    assert client.get(address("keep_body", body.pk)).status_code == 404
    assert client.get(address("set_period", body.pk)).status_code == 404


def test_a_weak_sign_in_is_led_to_the_stronger(client, rut):
    cast.sign_in(client, rut, strong=False)
    assert client.get(address("imports")).status_code == 302


@pytest.mark.parametrize("name", ["body", "person", "import", "import_columns"])
def test_what_is_not_there_is_not_found(as_person, rut, name):
    assert as_person(rut).get(address(name, uuid.uuid4())).status_code == 404


# ── protected identity ────────────────────────────────────────────────────────────────────────
def test_a_protected_person_is_masked_for_handlers(as_person, alva, register):
    client = as_person(alva)
    board = Body.unscoped.get(name="Valnämnden")
    shown = page(client, "body", board.pk)
    assert "Protected personal details" in shown
    assert "Åsa Berg" in shown
    for trace in ("Gömd", "Örjan", "Fria väljare", str(person("Gömd").pk)):
        assert trace not in shown
    assert client.get(address("person", person("Gömd").pk)).status_code == 404
    assert "Gömd" not in page(client, "people", namn="").partition("<main")[2]
    assert "Nobody in the register" in page(client, "people", namn="gömd")


def test_a_protected_person_has_a_name_for_who_keeps_the_register(as_person, berit, register):
    client = as_person(berit)
    assert "Örjan Gömd" in page(client, "body", Body.unscoped.get(name="Valnämnden").pk)
    assert "Protected identity" in page(client, "person", person("Gömd").pk)


def test_other_rooms_get_masked_names(alva, berit, register):
    hidden, seen = person("Gömd").pk, person("Berg").pk
    handler, keeper = cast.actor(alva), cast.actor(berit)
    assert queries.person_name_for(keeper, hidden) == "Örjan Gömd"
    assert queries.person_name_for(handler, hidden) == queries.masked()
    assert queries.person_name_for(handler, uuid.uuid4()) == queries.masked()
    assert queries.person_name_for(handler, seen) == "Åsa Berg"
    # Who handles a case has the name already, and the register must be told whom it concerns.
    assert queries.people_named("ÖRJAN gömd ") == [hidden]
    assert not queries.search_people(handler, "gömd").exists()


def test_masked_people_stand_last_in_their_role_whatever_their_names(alva, register):
    people.protect(person("Berg").pk, protected=True, by=BY, at=clock.now())
    board = Body.unscoped.get(name="Valnämnden")
    Assignment.unscoped.filter(body=board).update(group=Group.ELECTED)
    people.protect(person("Gömd").pk, protected=False, by=BY, at=clock.now())
    seats = queries.seats_of_body(cast.actor(alva), board.pk, clock.today(), at=clock.now())
    assert [seat.person is None for seat in seats] == [False, True]


def test_protection_is_given_and_lifted_with_lines_in_the_log(as_person, rut, register):
    client, bo = as_person(rut), person("Ek")
    client.post(address("protect", bo.pk), {"protected": "yes"})
    assert person("Ek").protected
    client.post(address("protect", bo.pk), {"protected": "no"})
    assert not person("Ek").protected
    acts = list(Event.unscoped.filter(about=bo.pk).values_list("act", flat=True))
    assert acts == ["register.protected", "register.protection_lifted"]


# ── a contact sees the own board ──────────────────────────────────────────────────────────────
def test_a_contact_sees_the_own_board_only(as_person, kim, register):
    own, other = (Body.unscoped.get(name=name) for name in ("Valnämnden", "Kulturnämnden"))
    give_role(kim, Role.CONTACT, scope=own.pk, by=BY, at=clock.now())
    client = as_person(kim)
    shown = page(client, "overview")
    assert "Valnämnden" in shown
    assert "Kulturnämnden" not in shown
    assert "People in each group" not in shown
    assert client.get(address("body", own.pk)).status_code == 200
    assert client.get(address("body", other.pk)).status_code == 404
    assert client.get(address("person", person("Berg").pk)).status_code == 200
    assert client.get(address("person", person("Ek").pk)).status_code == 404
    assert "Gömd" not in page(client, "body", own.pk)


def test_a_contact_without_a_board_sees_no_board(as_person, kim, register):
    assert "no bodies in the register" in page(as_person(kim), "overview")


# ── contact details ───────────────────────────────────────────────────────────────────────────
def test_contact_details_are_opened_with_a_button_and_a_line(as_person, rut, register):
    client, asa = as_person(rut), person("Berg")
    assert "asa@x.example" not in page(client, "person", asa.pk)
    opened = client.post(address("contact", asa.pk)).content.decode()
    assert "asa@x.example" in opened
    assert "070-174 06 05" in opened
    line = Event.unscoped.get(act="register.contact_read")
    assert line.about == asa.pk
    assert str(rut.pk) in line.body


def test_nobody_else_opens_contact_details_even_past_the_page(alva, register):
    with pytest.raises(people.RefusedError):
        people.read_contact(person("Berg").pk, by=cast.actor(alva), at=clock.now())
    assert Event.unscoped.filter(act="register.contact_refused").exists()


def test_a_keeper_who_is_weakly_signed_in_opens_nothing(rut, register):
    weak = cast.actor(rut, "MAIL")
    with pytest.raises(people.RefusedError):
        people.read_contact(person("Berg").pk, by=weak, at=clock.now())


# ── looking around ────────────────────────────────────────────────────────────────────────────
def test_people_are_found_whatever_the_capitals_and_the_order(as_person, alva, register):
    assert "Åsa Berg" in page(as_person(alva), "people", namn="BERG ÅS")


def test_many_people_are_shown_a_page_at_a_time(as_person, alva, db):
    Person.unscoped.bulk_create(
        Person(family=f"Ek{n:03}", name_key=f"ek{n:03}", sort_key=f"ek{n:03}") for n in range(120)
    )
    client = as_person(alva)
    assert "Page 1 of 3" in page(client, "people", namn="ek")
    assert "Ek119" in page(client, "people", namn="ek", sida="3")
    assert "Page 3 of 3" in page(client, "people", sida="99")


def test_a_day_can_be_chosen_and_a_bad_one_is_told_beside_the_field(as_person, alva, register):
    board = Body.unscoped.get(name="Valnämnden")
    client = as_person(alva)
    assert "Åsa Berg" not in page(client, "body", board.pk, dag="2025-12-31")
    assert "Åsa Berg" in page(client, "body", board.pk, dag="2026-01-01")
    assert "That is no day" in page(client, "overview", dag="i går")
    assert "That is no day" in page(client, "body", board.pk, dag="2026-02-30")


def test_a_period_that_the_council_has_set_comes_before_the_laws_own(as_person, rut, register):
    board = Body.unscoped.get(name="Valnämnden")
    client, day = as_person(rut), dt.date(2026, 11, 22)
    assert queries.mandate_period(board, day).starts_on == dt.date(2023, 1, 1)
    own = {"starts_on": "2026-11-16", "ends_on": "2030-12-31"}
    assert client.post(address("set_period", board.pk), own).status_code == 302
    assert queries.mandate_period(board, day).starts_on == dt.date(2026, 11, 16)
    over = client.post(
        address("set_period", board.pk), {"starts_on": "2029-01-01", "ends_on": "2031-01-01"}
    )
    assert "already has a period" in over.content.decode()
    back = client.post(
        address("set_period", board.pk), {"starts_on": "2032-01-02", "ends_on": "2032-01-01"}
    )
    assert "before the first" in back.content.decode()
    assert MandatePeriod.unscoped.count() == 1


def test_a_body_gets_its_administration(as_person, rut, register):
    board = Body.unscoped.get(name="Valnämnden")
    client = as_person(rut)
    client.post(address("keep_body", board.pk), {"kind": "board", "administration": "Kansliet "})
    assert queries.administration_of(board.pk).name == "Kansliet"
    assert "Kansliet" in page(client, "keep_body", board.pk)
    client.post(address("keep_body", board.pk), {"kind": "board", "administration": ""})
    assert queries.administration_of(board.pk) is None


# ── import ────────────────────────────────────────────────────────────────────────────────────
def upload(client, content, name="register.csv"):
    return client.post(address("imports"), {"file": SimpleUploadedFile(name, content)})


def choose(client, job, **other):
    form = client.get(address("import_columns", job.pk)).context["form"]
    said = {name: field.initial or "" for name, field in form.fields.items()} | other
    return client.post(address("import_columns", job.pk), said)


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
