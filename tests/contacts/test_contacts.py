"""Named contacts: who it is, since when, verified when; and bodies that come to an end."""

import datetime as dt

from django.urls import reverse
from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cast
from varna.contacts import actions, demonstration, queries, rules, sweeps
from varna.contacts.actions import Named
from varna.contacts.models import Contact
from varna.contacts.queries import Place
from varna.contacts.rules import Freshness
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.audit.models import Event
from varna.foundation.deeds import Forbidden
from varna.organisation import queries as organisation
from varna.organisation.actions import people
from varna.organisation.models import Administration, Assignment, Body, Person


BY = system("tests")
TODAY = clock.today()
FUNCTION = Place("safety-process", "Processen", function="safety-process")
ASTA = Named("Asta Granrot", "Samordnare", "asta@example.se", "031-390 06 11")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def board(db):
    """The board that the cast's contacts are appointed for, and its administration."""
    office = Administration.unscoped.create(name="Miljöförvaltningen", name_key="miljö")
    return Body.unscoped.create(
        pk=cast.BOARD, name="Miljönämnden", name_key="miljön", kind="board", administration=office
    )


def place_of(unit):
    return Place(str(unit.pk), unit.name, unit=unit.pk)


def page(client, name, *args):
    answer = client.get(reverse(f"contacts:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


# ── the rules ─────────────────────────────────────────────────────────────────────────────────
days = st.dates(dt.date(2019, 1, 1), dt.date(2040, 1, 1))


@given(days)
def test_a_contact_is_fresh_for_twelve_months_to_the_day(verified):
    last = rules.goes_stale_on(verified) - dt.timedelta(days=1)
    assert 365 <= (last - verified).days <= 366
    assert rules.freshness([verified], last) is Freshness.FRESH
    assert rules.freshness([verified], last + dt.timedelta(days=1)) is Freshness.STALE


@given(days)
def test_one_is_reminded_two_weeks_before_and_not_earlier(verified):
    over = rules.goes_stale_on(verified)
    assert rules.is_due(verified, over - dt.timedelta(days=14))
    assert not rules.is_due(verified, over - dt.timedelta(days=15))
    assert rules.is_due(None, verified)


# ── the deeds ─────────────────────────────────────────────────────────────────────────────────
def test_a_new_contact_ends_the_former_who_stays_in_the_history(db, now):
    before = now - dt.timedelta(days=100)
    actions.name(FUNCTION, ASTA, by=BY, at=before)
    actions.verify(FUNCTION, by=BY, at=before)
    actions.name(FUNCTION, Named("Birk Ljungvik"), by=BY, at=now)
    first, second = queries.named_contacts()
    assert first.until == second.since == TODAY
    assert first.verified == (clock.day_of(before),)
    assert second.verified == ()
    assert second.function == "safety-process"
    assert second.unit is None
    assert next(row.name for row, _days in queries.history(FUNCTION)) == "Birk Ljungvik"


def test_verifying_twice_in_a_day_is_once(db, now):
    actions.name(FUNCTION, ASTA, by=BY, at=now)
    actions.verify(FUNCTION, by=BY, at=now)
    actions.verify(FUNCTION, by=BY, at=now)
    assert queries.named_contacts()[0].verified == (TODAY,)


def test_how_to_reach_somebody_is_sealed_and_reading_leaves_a_line(db, now, alva):
    actions.name(FUNCTION, ASTA, by=BY, at=now)
    assert b"asta@example.se" not in bytes(Contact.unscoped.get().reach)
    weak = cast.actor(alva, "MAIL")
    with pytest.raises(Forbidden):
        actions.read_reach(FUNCTION, by=weak, at=now)


@pytest.mark.django_db(transaction=True)
def test_who_may_see_it_reads_it(now):
    reader = cast.actor(cast.an_account("Alva Lind", "handler"))
    row = actions.name(FUNCTION, ASTA, by=BY, at=now)
    assert actions.read_reach(FUNCTION, by=reader, at=now) == ASTA
    assert Event.unscoped.filter(act="contacts.read", about=row.pk).count() == 1


def test_a_contact_keeps_the_own_units_and_no_others(board, kim, now):
    by = cast.actor(kim)
    other = Administration.unscoped.create(name="Annan", name_key="annan")
    actions.name(place_of(board), ASTA, by=by, at=now)
    actions.name(place_of(board.administration), ASTA, by=by, at=now)
    for place in (place_of(other), FUNCTION):
        with pytest.raises(Forbidden):
            actions.name(place, ASTA, by=by, at=now)
    seen = {line.place.name for line in queries.lines(by, at=now, day=TODAY)}
    assert seen == {"Miljönämnden", "Miljöförvaltningen"}


def test_the_missing_and_the_old_remind_and_the_fresh_do_not(board, love, now):
    actions.name(place_of(board), ASTA, by=BY, at=now)
    actions.verify(place_of(board), by=BY, at=now)
    told = {due.about for due in sweeps.unverified(TODAY)}
    assert f"contacts:place:{board.pk}" not in told
    assert f"contacts:place:{board.administration_id}" in told
    later = TODAY + dt.timedelta(days=360)
    due = {due.about: due.accounts for due in sweeps.unverified(later)}
    assert love.pk in due[f"contacts:place:{board.pk}"]


def test_the_demonstration_is_made_once(board, now):
    demonstration.fill(by=BY, at=now)
    count = Contact.unscoped.count()
    demonstration.fill(by=BY, at=now)
    assert Contact.unscoped.count() == count > 2


# ── the pages ─────────────────────────────────────────────────────────────────────────────────
def test_from_nobody_to_a_verified_contact(board, alva, as_person):
    client = as_person(alva)
    key = str(board.pk)
    assert "Nobody is named." in page(client, "place", key)
    said = {"name": "Asta Granrot", "email": "asta@example.se", "verified": "on"}
    client.post(reverse("contacts:name", args=[key]), said)
    shown = page(client, "place", key)
    assert "Asta Granrot" in shown
    assert "asta@example.se" not in shown
    assert "Last verified" in shown
    client.post(reverse("contacts:end", args=[key]))
    assert "Nobody is named." in page(client, "place", key)


def test_an_address_that_is_none_is_said_and_nothing_is_lost(board, alva, as_person):
    answer = as_person(alva).post(
        reverse("contacts:name", args=[str(board.pk)]), {"name": "Asta", "email": "asta"}
    )
    assert answer.status_code == 422
    assert 'value="asta"' in answer.content.decode()
    assert not Contact.unscoped.exists()


def test_a_function_of_the_plan_gets_a_contact(alva, as_person):
    client = as_person(alva)
    client.post(reverse("contacts:function"), {"function": "chancery", "name": "Disa"})
    assert "chancery" in page(client, "overview")
    refused = client.post(reverse("contacts:function"), {"function": "två ord", "name": "Disa"})
    assert refused.status_code == 422


@pytest.mark.django_db(transaction=True)
def test_the_button_shows_how_to_reach_somebody(client, now):
    Body.unscoped.create(pk=cast.BOARD, name="Miljönämnden", name_key="m", kind="board")
    actions.name(FUNCTION, ASTA, by=BY, at=now)
    cast.sign_in(client, cast.an_account("Alva Lind", "handler"))
    answer = client.post(reverse("contacts:reach", args=["safety-process"]))
    assert "asta@example.se" in answer.content.decode()
    form = client.get(reverse("contacts:correct", args=["safety-process"])).content.decode()
    assert "asta@example.se" in form


# ── a body that comes to its end ──────────────────────────────────────────────────────────────
@pytest.fixture
def seat(board):
    person = Person.unscoped.create(given="Bo", family="Ek", name_key="bo ek", sort_key="ek bo")
    return Assignment.unscoped.create(
        person=person, body=board, role="Ledamot", role_key="ledamot", group="elected",
        starts_on=TODAY - dt.timedelta(days=10),
    )  # fmt: skip


def test_a_dissolved_body_ends_its_assignments_and_leaves_the_lists(board, seat, alva, now):
    assert people.dissolve(board.pk, TODAY, by=BY, at=now) == 1
    assert Assignment.unscoped.get().ends_on == TODAY
    tomorrow = TODAY + dt.timedelta(days=1)
    (unit,) = [unit for unit in organisation.units() if unit.id == board.pk]
    assert (unit.kind, unit.until) == ("board", TODAY)
    actor = cast.actor(alva)
    assert board.name in {line.place.name for line in queries.lines(actor, at=now, day=TODAY)}
    after = queries.lines(actor, at=now, day=tomorrow)
    assert board.name not in {line.place.name for line in after}
    assert organisation.body_lines(actor, tomorrow, at=now) == []


def test_whoever_dissolves_a_body_is_asked_first(board, seat, as_person):
    keeper = cast.an_account("Rut Dal", "registrar")
    client = as_person(keeper)
    address = reverse("register:dissolve", args=[board.pk])
    first = client.post(address, {"on": str(TODAY)}).content.decode()
    assert "1 assignment ends on that day." in first
    assert Body.unscoped.get().dissolved_on is None
    client.post(address, {"on": str(TODAY), "sure": "on"})
    assert Body.unscoped.get().dissolved_on == TODAY
    assert client.get(address).status_code == 404


def test_only_those_who_keep_the_register_dissolve(board, alva, now):
    with pytest.raises(Forbidden):
        people.dissolve(board.pk, TODAY, by=cast.actor(alva), at=now)
