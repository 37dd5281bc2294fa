"""`varna account`: the first access administrator of an installation."""

import io

from django.core.management import CommandError, call_command

import pytest

import cast
from varna.foundation import clock
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import ENROLMENT_LIVES, Role
from varna.foundation.audit.models import Event


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BERIT = ["open", "Berit.Sten@example.se", "--name", "Berit Sten"]


def run(*words):
    out = io.StringIO()
    call_command("account", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def acts():
    return list(Event.unscoped.order_by("pk").values_list("act", flat=True))


def test_the_first_access_administrator_can_sign_in_and_enrol():
    said = run(*BERIT, "--role", "access_admin", "--title", "Kommunarkivarie")
    account = Account.objects.get()
    assert (account.email, account.name) == ("berit.sten@example.se", "Berit Sten")
    assert account.role_grants.get().role == Role.ACCESS_ADMIN
    assert clock.now() < account.may_enrol_until <= clock.now() + ENROLMENT_LIVES
    assert "berit.sten@example.se" in said
    assert "24 hours" in said


def test_every_deed_leaves_a_line_that_names_the_command_line():
    run(*BERIT, "--role", "access_admin")
    lines = ["account.opened", "role.given", "account.may_enrol", "account.sessions_ended"]
    assert acts() == lines
    assert all('"by":"system:command line"' in event.body for event in Event.unscoped.all())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--role", "chef"], "no role called chef"),
        (["--role", "handler"], "not given from the command line"),
        (["--role", "lead"], "not given from the command line"),
        (["--role", "contact"], "not given from the command line"),
        (["--role", "access_admin", "--role", "operator"], "kept apart"),
        (["--role", "registrar", "--role", "registrar"], "twice"),
    ],
)
def test_a_role_that_cannot_be_given_leaves_nothing_behind(words, why):
    with pytest.raises(CommandError, match=why):
        run(*BERIT, *words)
    assert not Account.objects.exists()
    assert acts() == []


def test_two_roles_that_may_be_held_together_are_given(db):
    run(*BERIT, "--role", "registrar", "--role", "plan_owner")
    assert set(Account.objects.get().role_grants.values_list("role", flat=True)) == {
        "registrar",
        "plan_owner",
    }


@pytest.mark.parametrize(
    ("email", "name", "why"),
    [("berit", "Berit", "not an e-mail address"), ("b@example.se", "  ", "name is needed")],
)
def test_an_account_wants_an_address_and_a_name(email, name, why):
    with pytest.raises(CommandError, match=why):
        run("open", email, "--name", name, "--role", "access_admin")


def test_an_address_that_is_taken_is_refused(berit):
    with pytest.raises(CommandError, match="already an account"):
        run("open", berit.email.upper(), "--name", "Någon", "--role", "registrar")
    assert Account.objects.count() == 1


def test_whoever_has_lost_every_key_is_given_a_day(berit, client):
    said = run("enrol", berit.email.upper())
    berit.refresh_from_db()
    assert berit.may_enrol_until > clock.now()
    assert said.startswith("0 passkeys")
    assert acts()[-2:] == ["account.may_enrol", "account.sessions_ended"]


def test_nobody_is_enrolled_who_has_no_account():
    with pytest.raises(CommandError, match="no account"):
        run("enrol", "ingen@example.se")


def test_the_account_that_was_opened_comes_in(client):
    """Strongly signed in, it reaches the access administrator's pages."""
    run(*BERIT, "--role", "access_admin")
    assert cast.sign_in(client, Account.objects.get()).get("/konton/").status_code == 200
