"""The access administrator's pages: who may, what is refused, and what the log says."""

import datetime as dt
import itertools

from django.urls import reverse
from django.utils import translation

import pytest

import cast
from varna.foundation import clock
from varna.foundation.access.actions import link_person
from varna.foundation.accounts import actions
from varna.foundation.accounts.models import Account, RoleGrant
from varna.foundation.accounts.rules import APART, Role, Strength, system, why_not_hold
from varna.foundation.audit.models import Event
from varna.foundation.outbox.models import Mail
from varna.organisation.models import Body, Person
from varna.organisation.rules.names import name_key


pytestmark = pytest.mark.django_db
DEEDS = ["give_role", "link_person", "lock", "unlock", "let_enrol"]


def address(name, account):
    return reverse(f"accounts:{name}", args=[account.pk])


def a_board():
    return Body.unscoped.get_or_create(
        name_key="byggnadsnämnden", defaults={"name": "Byggnadsnämnden", "kind": "board"}
    )[0]


def acts():
    return list(Event.unscoped.order_by("pk").values_list("act", flat=True))


@pytest.mark.parametrize("who", ["alva", "love", "folke", "otto", "kim"])
@pytest.mark.parametrize("page", ["list", "open"])
def test_nobody_else_can_tell_that_the_pages_exist(as_person, request, who, page):
    client = as_person(request.getfixturevalue(who))
    with translation.override("sv"):  # whatever language the test before has left
        answer = client.get(reverse(f"accounts:{page}"))
        missing = client.get("/finns-inte/")
    assert answer.status_code == missing.status_code == 404
    assert answer.content == missing.content


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_else_can_do_the_deeds(as_person, alva, folke, deed):
    as_person(alva).post(address(deed, folke), {"role": "handler"})
    folke.refresh_from_db()
    assert folke.is_active
    assert folke.may_enrol_until is None
    assert folke.role_grants.count() == 1


def test_a_code_by_mail_is_not_enough(as_person, berit):
    answer = as_person(berit, strong=False).get(reverse("accounts:list"))
    assert answer["Location"].startswith(reverse("stronger"))


def test_the_list_finds_by_part_of_a_name_in_any_case(as_person, berit):
    cast.an_account("Åsa Öberg", "official")
    cast.an_account("Nils Grå", "official")
    for words in ("åsa", "Åsa", "öberg ås", "ÅSA".capitalize()):
        page = as_person(berit).get(reverse("accounts:list"), {"q": words}).content.decode()
        assert "Åsa Öberg" in page, words
        assert "Nils Grå" not in page, words


def test_the_list_is_leafed_through(as_person, berit, now):
    for number in range(30):
        actions.open_account(
            email=f"n{number}@example.se", name=f"Nr {number:02}", by=system("tests"), at=now
        )
    first = as_person(berit).get(reverse("accounts:list"))
    second = as_person(berit).get(reverse("accounts:list"), {"sida": 2})
    assert len(first.context["page"].object_list) == 25
    assert len(second.context["page"].object_list) == 6


def test_an_account_is_opened_and_a_role_given(as_person, berit):
    client = as_person(berit)
    client.post(
        reverse("accounts:open"), {"name": "Nya Ny", "email": "Nya.Ny@Example.se", "title": ""}
    )
    made = Account.objects.get(email="nya.ny@example.se")
    client.post(address("give_role", made), {"role": "handler", "until": "2099-12-31"})
    grant = made.role_grants.get()
    assert (grant.role, grant.given_by) == ("handler", berit.pk)
    assert clock.day_of(grant.until - dt.timedelta(seconds=1)) == dt.date(2099, 12, 31)
    page = client.get(address("one", made)).content.decode()
    assert "Berit Sten" in page
    assert acts()[-2:] == ["account.opened", "role.given"]


def test_two_accounts_cannot_have_one_address(as_person, berit, alva):
    said = {"name": "Någon Annan", "email": alva.email.upper()}
    answer = as_person(berit).post(reverse("accounts:open"), said)
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]


@pytest.mark.parametrize(("held", "wanted"), list(itertools.permutations(Role, 2)))
def test_roles_that_must_be_apart_are_refused_in_words(as_person, berit, held, wanted):
    account = cast.an_account("Prov Person", held.value)
    said = {"role": wanted.value}
    if wanted is Role.CONTACT:
        said["scope"] = str(a_board().pk)
    answer = as_person(berit).post(address("give_role", account), said)
    clash = any(held in one and wanted in other for one, other in itertools.permutations(APART, 2))
    assert (why_not_hold(frozenset({held}), wanted) is not None) == clash
    assert account.role_grants.count() == (1 if clash else 2)
    assert answer.status_code == (200 if clash else 302)
    if clash:
        assert answer.context["form"].errors["role"]


def test_a_contact_has_a_board_and_nobody_else_has(as_person, berit, folke):
    client = as_person(berit)
    without = client.post(address("give_role", folke), {"role": "contact"})
    assert without.context["form"].errors["scope"]
    other = client.post(
        address("give_role", folke), {"role": "handler", "scope": str(a_board().pk)}
    )
    assert other.context["form"].errors["scope"]
    board = a_board()
    client.post(address("give_role", folke), {"role": "contact", "scope": str(board.pk)})
    assert folke.role_grants.get(role="contact").scope == board.pk
    assert board.name in client.get(address("one", folke)).content.decode()


def test_an_account_is_linked_to_one_person_in_the_register(as_person, berit, folke, now):
    person = Person.unscoped.create(name_key=name_key("Vera", "Ny"), given="Vera", family="Ny")
    client = as_person(berit)
    unknown = client.post(address("link_person", folke), {"name": "Ingen Alls"})
    assert unknown.context["person"].errors["name"]
    client.post(address("link_person", folke), {"name": "vera ny"})
    folke.refresh_from_db()
    assert folke.person == person.pk
    assert "account.person" in acts()


@pytest.mark.parametrize("until", ["2020-01-01", "31/12/2099", "snart"])
def test_a_day_that_cannot_be_is_refused(as_person, berit, folke, until):
    answer = as_person(berit).post(address("give_role", folke), {"role": "handler", "until": until})
    assert answer.context["form"].errors["until"]
    assert folke.role_grants.count() == 1


def test_a_role_is_not_held_twice(as_person, berit, alva):
    answer = as_person(berit).post(address("give_role", alva), {"role": "handler"})
    assert answer.context["form"].errors["role"]
    assert alva.role_grants.count() == 1


def test_a_role_is_ended_and_stays_written(as_person, berit, love, alva, now):
    grant = alva.role_grants.get()
    client = as_person(berit)
    end = reverse("accounts:end_role", args=[alva.pk, grant.pk])
    assert client.post(end).status_code == 302
    assert actions.actor_of(alva, strength=Strength.STRONG, at=clock.now()).roles == frozenset()
    assert RoleGrant.objects.filter(pk=grant.pk).exists()
    assert client.post(end).status_code == 404, "it has ended already"


def test_a_role_is_not_ended_through_somebody_elses_page(as_person, berit, alva, folke):
    grant = alva.role_grants.get()
    answer = as_person(berit).post(reverse("accounts:end_role", args=[folke.pk, grant.pk]))
    assert answer.status_code == 404
    assert RoleGrant.objects.get(pk=grant.pk).until is None


def test_a_lock_and_its_opening_leave_lines(as_person, berit, love, alva):
    client = as_person(berit)
    client.post(address("lock", alva))
    alva.refresh_from_db()
    assert not alva.is_active
    client.post(address("unlock", alva))
    alva.refresh_from_db()
    assert alva.is_active
    lines = ["account.locked", "account.sessions_ended", "account.unlocked"]
    assert acts()[-3:] == lines


def test_a_permission_to_enrol_lasts_a_day_and_leaves_a_line(as_person, berit, alva):
    as_person(berit).post(address("let_enrol", alva))
    alva.refresh_from_db()
    left = alva.may_enrol_until - clock.now()
    assert dt.timedelta(hours=23, minutes=59) < left <= dt.timedelta(hours=24)
    assert acts()[-2:] == ["account.may_enrol", "account.sessions_ended"]


@pytest.mark.parametrize("deed", ["lock", "unlock", "let_enrol"])
def test_nobody_changes_their_own_account(as_person, berit, deed):
    assert as_person(berit).post(address(deed, berit)).status_code == 404
    berit.refresh_from_db()
    assert berit.is_active
    assert berit.may_enrol_until is None


def test_nobody_gives_themselves_a_role(as_person, berit):
    answer = as_person(berit).post(address("give_role", berit), {"role": "official"})
    assert answer.context["form"].errors["__all__"]
    assert berit.role_grants.count() == 1


@pytest.mark.parametrize("deed", DEEDS)
def test_a_link_does_nothing_a_press_does(as_person, berit, alva, deed):
    assert as_person(berit).get(address(deed, alva)).status_code == 405


def a_person(given):
    return Person.unscoped.create(name_key=name_key(given, "Ny"), given=given, family="Ny")


def test_moving_an_account_to_somebody_else_takes_two_administrators(
    as_person, client, berit, folke, love, now
):
    """Whoever is kept out would be let in again by one click of one person."""
    first, second = a_person("Vera"), a_person("Siv")
    as_person(berit).post(address("link_person", folke), {"name": "Vera Ny"})
    as_person(berit).post(address("link_person", folke), {"name": "Siv Ny"})
    folke.refresh_from_db()
    assert folke.person == first.pk
    said = client.get(address("one", folke)).content.decode()
    assert "Siv Ny" in said
    assert "Be en kollega" in said
    as_person(berit).post(address("link_person", folke), {"name": "Siv Ny"})
    folke.refresh_from_db()
    assert folke.person == first.pk, "saying it twice is not two"
    other = cast.an_account("Bo Två", "access_admin")
    Mail.unscoped.all().delete()
    as_person(other).post(address("link_person", folke), {"name": "Siv Ny"})
    folke.refresh_from_db()
    assert folke.person == second.pk
    assert love.pk in set(Mail.unscoped.values_list("account", flat=True)), "the leads are told"
    assert acts().count("account.person_asked") == 2


def test_what_was_asked_for_falls_after_a_day(as_person, berit, folke, time_machine):
    first = a_person("Vera")
    a_person("Siv")
    as_person(berit).post(address("link_person", folke), {"name": "Vera Ny"})
    as_person(berit).post(address("link_person", folke), {"name": "Siv Ny"})
    time_machine.move_to(clock.now() + dt.timedelta(hours=25))
    other = cast.an_account("Bo Två", "access_admin")
    as_person(other).post(address("link_person", folke), {"name": "Siv Ny"})
    folke.refresh_from_db()
    assert folke.person == first.pk


def test_one_administrator_with_two_accounts_is_one(as_person, berit, folke):
    first, siv, self = a_person("Vera"), a_person("Siv"), a_person("Berit")
    for account in (berit, other := cast.an_account("Berit Två", "access_admin")):
        link_person(account, self.pk, by=system("tests"), at=clock.now())
    as_person(berit).post(address("link_person", folke), {"name": "Vera Ny"})
    as_person(berit).post(address("link_person", folke), {"name": "Siv Ny"})
    as_person(other).post(address("link_person", folke), {"name": "Siv Ny"})
    folke.refresh_from_db()
    assert folke.person == first.pk != siv.pk


def test_a_second_account_for_one_person_is_asked_about(as_person, berit, folke, alva):
    person = a_person("Vera")
    client = as_person(berit)
    client.post(address("link_person", folke), {"name": "Vera Ny"})
    again = client.post(address("link_person", alva), {"name": "Vera Ny"})
    assert again.context["person"].errors["another_account"]
    alva.refresh_from_db()
    assert alva.person is None
    client.post(address("link_person", alva), {"name": "Vera Ny", "another_account": "on"})
    alva.refresh_from_db()
    assert alva.person == person.pk
