"""Who answers tonight: the list, the substitute, the hand-over, and the last who receives."""

import datetime as dt
import uuid

from django.urls import reverse

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cast
from varna.duty import actions, queries
from varna.duty.models import Turn
from varna.duty.rules import Length, rota
from varna.foundation import clock
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts.models import RoleGrant
from varna.reports import actions as reports
from varna.reports.models import Report
from varna.reports.receipts import new_token, receipt_for
from varna.reports.sealed import Answers, Contact


pytestmark = pytest.mark.django_db
PHONE = "021-39 00 12"
MONDAY = dt.date(2027, 3, 1)


@pytest.fixture
def sixten():
    return cast.an_account("Sixten Ahl", "handler")


def by(account):
    return {"by": cast.actor(account), "at": clock.now()}


def a_report():
    told = reports.Told(content=Answers(happened="Ett brev", when="i går"), contact=Contact("code"))
    return reports.submit(told, receipt_for(new_token()), by=cast.nobody(), at=clock.now())


def receives(account, report):
    return Report.visible_to(cast.actor(account), at=clock.now()).filter(pk=report.pk).exists()


def filled(love, *people, turns=4, first=MONDAY, length=Length.WEEK):
    ids = [one.pk for one in people]
    return actions.fill(ids, first=first, turns=turns, length=length, phone=PHONE, **by(love))


# ── the rota ──────────────────────────────────────────────────────────────────────────────────
@given(
    people=st.lists(st.uuids(), min_size=1, max_size=5, unique=True),
    turns=st.integers(1, 30),
    length=st.sampled_from(Length),
)
def test_a_rota_leaves_no_day_and_lets_nobody_stand_in_for_themselves(people, turns, length):
    found = list(rota(people, first=MONDAY, turns=turns, length=length))
    assert [turn.first for turn in found[1:]] == [turn.ends for turn in found[:-1]]
    assert all(turn.account != turn.substitute for turn in found)
    assert {turn.account for turn in found} == set(people[:turns])
    assert all((turn.substitute is None) == (len(people) == 1) for turn in found)


# ── who receives ──────────────────────────────────────────────────────────────────────────────
def test_who_has_the_turn_and_who_stands_in_receive_though_they_have_said_no(
    alva, sixten, love, time_machine
):
    """A turn is a promise: the switch on the first page does not take it back."""
    filled(love, alva, sixten)
    for one in (alva, sixten):
        accounts.take_duty(one, on_duty=False, **by(one))
    report = a_report()
    assert not receives(alva, report)
    time_machine.move_to(queries.begins(MONDAY) + dt.timedelta(hours=1))
    assert receives(alva, report)
    assert receives(sixten, report)


def test_a_turn_of_somebody_who_is_no_handler_any_more_lets_in_nobody(
    alva, sixten, love, time_machine
):
    filled(love, alva, sixten)
    role = RoleGrant.objects.get(account=alva)
    role.until = clock.now()
    role.save()
    report = a_report()
    time_machine.move_to(queries.begins(MONDAY) + dt.timedelta(hours=1))
    assert not receives(alva, report)


def test_whoever_stands_in_receives_the_report_of_the_one_who_has_the_duty(
    alva, sixten, love, time_machine
):
    filled(love, alva, sixten)
    accounts.take_duty(sixten, on_duty=False, **by(sixten))
    time_machine.move_to(queries.begins(MONDAY) + dt.timedelta(hours=1))
    told = reports.Told(content=Answers(happened="Jag", when="nu"), contact=Contact("code"))
    report = reports.submit(told, receipt_for(new_token()), **by(alva))
    assert not receives(alva, report)
    assert receives(sixten, report)


# ── the pages ─────────────────────────────────────────────────────────────────────────────────
def form(*people, **more):
    return {
        "people": [str(one.pk) for one in people],
        "first": MONDAY.isoformat(),
        "length": "week",
        "turns": "3",
        "phone": PHONE,
    } | more


def test_whoever_leads_fills_the_list_from_a_rota(as_person, alva, sixten, love):
    client = as_person(love)
    answer = client.post(reverse("duty:fill"), form(alva, sixten))
    assert answer.headers["Location"] == reverse("duty:list")
    lines = queries.lines(cast.actor(love), at=clock.now())
    assert [line.name for line in lines] == ["Alva Lind", "Sixten Ahl", "Alva Lind"]
    assert [line.substitute_name for line in lines] == ["Sixten Ahl", "Alva Lind", "Sixten Ahl"]
    assert lines[0].since == queries.begins(MONDAY)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"people": []}, "people"),
        ({"first": "1/3"}, "first"),
        ({"first": "2020-01-01"}, "first"),
        ({"length": ""}, "length"),
        ({"turns": "0"}, "turns"),
        ({"turns": "9999"}, "turns"),
        ({"phone": "ring mig"}, "phone"),
    ],
)
def test_a_faulty_form_says_where_and_loses_nothing(as_person, alva, love, said, where):
    answer = as_person(love).post(reverse("duty:fill"), form(alva, **said))
    assert answer.status_code == 422
    assert answer.context["form"].errors[where]
    assert answer.context["form"]["phone"].value() == said.get("phone", PHONE)
    assert not Turn.unscoped.exists()


def test_a_rota_over_days_that_are_taken_writes_nothing(as_person, alva, love):
    filled(love, alva, turns=1, first=MONDAY + dt.timedelta(days=14))
    answer = as_person(love).post(reverse("duty:fill"), form(alva))
    assert answer.context["form"].errors["first"]
    assert Turn.unscoped.count() == 1


def test_a_turn_is_given_to_somebody_else_by_whoever_has_it(as_person, alva, sixten, love):
    (turn,) = filled(love, alva, turns=1)
    said = {"account": str(sixten.pk), "substitute": str(alva.pk), "phone": "021-39 00 13"}
    as_person(alva).post(reverse("duty:change", args=[turn]), said)
    line = queries.find(cast.actor(love), turn, at=clock.now())
    assert (line.name, line.substitute_name) == ("Sixten Ahl", "Alva Lind")
    assert line.turn.phone == "021-39 00 13"


def test_what_is_handed_over_is_read_by_those_who_receive_and_lies_sealed(
    as_person, alva, sixten, love, kim
):
    (turn,) = filled(love, alva, turns=1)
    page = reverse("duty:turn", args=[turn])
    as_person(alva).post(page, {"text": "Ring polisen i morgon"})
    assert "Ring polisen i morgon" in as_person(sixten).get(page).content.decode()
    assert as_person(sixten).post(page, {"text": "Något annat"}).status_code == 404
    assert as_person(kim).get(page).status_code == 404
    assert b"polisen" not in bytes(Turn.unscoped.get(pk=turn).note)


def test_a_turn_is_taken_out_of_the_list(as_person, alva, love):
    (turn,) = filled(love, alva, turns=1)
    as_person(love).post(reverse("duty:cancel", args=[turn]))
    assert queries.lines(cast.actor(love), at=clock.now()) == []
    assert not Turn.unscoped.exists()


def test_the_first_page_tells_who_answers_tonight(as_person, alva, sixten, love, time_machine):
    filled(love, alva, sixten)
    time_machine.move_to(queries.begins(MONDAY) + dt.timedelta(hours=1))
    said = as_person(alva).get(reverse("cases:desk")).content.decode()
    assert "Alva Lind har jouren nu, och Sixten Ahl är ersättare" in said


def test_everybody_is_shown_the_number_and_nobodys_name(client, alva, love, time_machine):
    filled(love, alva)
    time_machine.move_to(queries.begins(MONDAY) + dt.timedelta(hours=1))
    said = client.get("/").content.decode()
    assert PHONE in said
    assert "Alva" not in said


# ── the last who receives ─────────────────────────────────────────────────────────────────────
def alone(alva, love):
    role = RoleGrant.objects.get(account=love)
    role.until = clock.now()
    role.save()


def test_the_last_who_receives_is_asked_before_stopping(as_person, alva, love):
    alone(alva, love)
    client = as_person(alva)
    answer = client.post(reverse("cases:duty"), {"on_duty": "no"})
    assert answer.status_code == 422
    assert "Du är den sista som tar emot anmälningar" in answer.content.decode()
    assert cast.actor(alva).on_duty
    client.post(reverse("cases:duty"), {"on_duty": "no", "knowingly": "yes"})
    assert not cast.actor(alva).on_duty


@pytest.mark.parametrize("deed", ["lock", "end_role"])
def test_the_last_who_receives_is_not_taken_away_unasked(as_person, alva, love, berit, deed):
    alone(alva, love)
    grant = RoleGrant.objects.get(account=alva)
    args = [alva.pk] if deed == "lock" else [alva.pk, grant.pk]
    client = as_person(berit)
    answer = client.post(reverse(f"accounts:{deed}", args=args))
    assert answer.status_code == 422
    assert "är den sista som tar emot anmälningar" in answer.content.decode()
    client.post(reverse(f"accounts:{deed}", args=args), {"knowingly": "yes"})
    alva.refresh_from_db()
    grant.refresh_from_db()
    assert (alva.is_active, grant.until is None) == (
        (False, True) if deed == "lock" else (True, False)
    )


def test_a_turn_that_is_not_there_is_not_there(as_person, alva):
    assert as_person(alva).get(reverse("duty:turn", args=[uuid.uuid4()])).status_code == 404
