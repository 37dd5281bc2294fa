"""The register's pages: who may see what, and what is kept of bodies and people."""

import datetime as dt
import uuid

import pytest

import cast
from registers import address
from varna.foundation import clock
from varna.foundation.access.actions import appoint
from varna.foundation.accounts.rules import Role, system
from varna.foundation.audit.models import Event
from varna.foundation.deeds import Forbidden
from varna.organisation import queries
from varna.organisation.actions import people
from varna.organisation.forms import DayForm
from varna.organisation.models import Assignment, Body, MandatePeriod, Person
from varna.organisation.rules.roles import Group


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BY = system("tests")


@pytest.mark.parametrize(
    ("said", "known"),
    [("0002-01-01", False), ("1899-12-31", False), ("1900-01-01", True), ("2200-12-31", True),
     ("2201-01-01", False), ("9999-12-31", False)],
)  # fmt: skip
def test_a_slip_in_the_year_is_said(said, known):
    form = DayForm({"dag": said})
    assert form.is_valid() is known
    assert known or "between 1900 and 2200" in str(form.errors["dag"])


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
    appoint(kim, Role.CONTACT, scope=own.pk, by=BY, at=clock.now())
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
    with pytest.raises(Forbidden):
        people.read_contact(person("Berg").pk, by=cast.actor(alva), at=clock.now())
    assert Event.unscoped.filter(act="read.refused").exists()


def test_a_keeper_who_is_weakly_signed_in_opens_nothing(rut, register):
    weak = cast.actor(rut, "MAIL")
    with pytest.raises(Forbidden):
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
