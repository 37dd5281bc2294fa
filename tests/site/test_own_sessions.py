"""When a session ends: whoever has taken over an account is out of it at once, and stays out."""

import base64
import datetime as dt
import re

from django.contrib.sessions.backends.base import UpdateError
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse, reverse_lazy

import pytest
import time_machine
from allauth.mfa.models import Authenticator

import cast
from cast import an_app, shown_by
from varna.foundation import clock
from varna.foundation.access.actions import appoint, link_person, retire
from varna.foundation.accounts import actions
from varna.foundation.accounts.models import Account, RoleGrant, Session
from varna.foundation.accounts.rules import Actor, Role, Strength, system
from varna.foundation.accounts.sessions import SessionStore, stored
from varna.foundation.audit.models import Event
from varna.foundation.deeds import Forbidden
from varna.foundation.notices import sweeps
from varna.organisation.models import Person


pytestmark = pytest.mark.django_db
SIGN_IN = "/konto/logga-in/"
BY = system("tests")
APP, KEY = "mfa_activate_totp", "mfa_add_webauthn"


@pytest.fixture(autouse=True)
def _live(settings):
    """An installation in use, not a demonstration, that nobody has asked anything yet."""
    settings.DEMO = False
    cache.clear()


def by_mail(client, account, mailoutbox):
    client.post(SIGN_IN, {"email": account.email})
    sweeps.mails(at=clock.now())
    theirs = [mail.body for mail in mailoutbox if mail.to == [account.email]]
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", theirs[-1])[0]
    return client.post("/konto/logga-in/kod/", {"code": code})


def by_mail_and_app(client, account, secret, mailoutbox):
    by_mail(client, account, mailoutbox)
    return client.post(reverse("mfa_authenticate"), {"code": shown_by(secret)})


def enrolled(client):
    """Add an app in this session; answer its secret."""
    secret = client.get(reverse(APP)).context["form"].secret
    answer = client.post(reverse(APP), {"code": shown_by(secret)})
    assert answer.status_code == 302, answer.content
    return secret


def is_in(client):
    return client.get(reverse("mfa_index")).status_code == 200


def acts():
    return list(Event.unscoped.order_by("pk").values_list("act", flat=True))


# ── theft, step by step ───────────────────────────────────────────────────────────────────────
@pytest.mark.proves("C3")
def test_a_thief_is_out_at_once_and_the_owner_comes_in_again(alva, berit, mailoutbox, now):
    """Review C3, whole: signed in with what was stolen, when the access administrator lets the
    owner enrol anew, as the handbook says.
    """
    actions.let_enrol(alva, by=BY, at=now)
    owner, thief, elsewhere = Client(), Client(), Client()
    by_mail(owner, alva, mailoutbox)
    stolen = enrolled(owner)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=2)):
        by_mail_and_app(thief, alva, stolen, mailoutbox)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=4)):
        by_mail_and_app(elsewhere, alva, stolen, mailoutbox)
        for one in (thief, elsewhere):
            assert one.get("/arenden/").status_code == 200, "the thief reads"

        administrator = cast.sign_in(Client(), berit)
        administrator.post(reverse("accounts:let_enrol", args=[alva.pk]))

        for one in (owner, thief, elsewhere):
            assert one.get("/arenden/")["Location"].startswith(SIGN_IN)
            assert "_auth_user_id" not in one.session
            for page in (APP, KEY):
                assert one.get(reverse(page))["Location"].startswith(SIGN_IN)
                assert one.post(reverse(page), {"code": "1"})["Location"].startswith(SIGN_IN)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=6)):
        by_mail(owner, alva, mailoutbox)
        assert owner.get("/arenden/")["Location"].startswith(reverse("stronger"))
        fresh = enrolled(owner)
        assert Authenticator.objects.get(user=alva).type == "totp"
    with time_machine.travel(clock.now() + dt.timedelta(minutes=8)):
        owner.post(reverse("mfa_reauthenticate"), {"code": shown_by(fresh)})
        assert owner.get("/arenden/").status_code == 200, "the owner reads again"
        by_mail(thief, alva, mailoutbox)
        thief.post(reverse("mfa_authenticate"), {"code": shown_by(stolen)})
        assert not is_in(thief), "what was stolen opens nothing"


def test_the_command_line_takes_the_thief_out_too(client, alva):
    cast.sign_in(client, alva)
    assert is_in(client)
    call_command("account", "enrol", alva.email)
    assert not is_in(client)


@pytest.mark.parametrize("page", [APP, KEY])
@pytest.mark.proves("C3")
def test_a_strong_session_without_a_key_to_show_needs_the_permission(client, alva, page):
    """It was signed in with what the account no longer has."""
    cast.sign_in(client, alva)
    assert client.get(reverse(page))["Location"] == reverse("stronger")
    assert client.post(reverse(page), {"code": "1"})["Location"] == reverse("stronger")
    assert not Authenticator.objects.filter(user=alva).exists()


# ── what else ends every session ──────────────────────────────────────────────────────────────
def lock_and_unlock(account):
    actions.lock_account(account, by=BY, at=clock.now())
    actions.unlock_account(account, by=BY, at=clock.now())


def another_holder(account):
    account.person = Person.unscoped.create(given="A").pk
    account.save()
    account.refresh_from_db()
    link_person(account, Person.unscoped.create(given="B").pk, by=BY, at=clock.now())


def end_the_role(account):
    retire(RoleGrant.objects.get(account=account), by=BY, at=clock.now())


@pytest.mark.parametrize("what", [lock_and_unlock, another_holder, end_the_role])
@pytest.mark.proves("M3")
def test_every_session_ends_and_none_comes_back(alva, what):
    here, there = cast.sign_in(Client(), alva), cast.sign_in(Client(), alva)
    assert is_in(here)
    assert is_in(there)
    what(alva)
    assert not is_in(here)
    assert not is_in(there)
    assert "account.sessions_ended" in acts()
    assert is_in(cast.sign_in(Client(), alva)), "whoever signs in anew is in"


@pytest.mark.parametrize("what", [lock_and_unlock, another_holder, end_the_role])
def test_a_session_that_nobody_has_used_yet_ends_too(client, alva, what):
    cast.sign_in(client, alva)
    what(alva)
    assert not is_in(client)


def test_a_session_that_does_not_know_when_it_began_does_not_count(client, alva):
    cast.sign_in(client, alva)
    session = client.session
    del session["began"]
    session.save()
    assert not is_in(client)


def test_what_takes_nothing_from_anybody_ends_no_session(client, folke, now):
    cast.sign_in(client, folke)
    link_person(folke, Person.unscoped.create(given="A").pk, by=BY, at=now)
    appoint(folke, Role.OPERATOR, by=BY, at=now)
    retire(RoleGrant.objects.get(account=folke, role=Role.OPERATOR), by=BY, at=clock.now())
    link_person(folke, Account.objects.get(pk=folke.pk).person, by=BY, at=clock.now())
    assert is_in(client)


# ── one's own key ─────────────────────────────────────────────────────────────────────────────
def test_whoever_removes_a_key_signs_in_anew_everywhere(alva):
    secret = an_app(alva)
    here, thief = cast.sign_in(Client(), alva), cast.sign_in(Client(), alva)
    here.post(reverse("mfa_reauthenticate"), {"code": shown_by(secret)})
    answer = here.post(reverse("mfa_deactivate_totp"), follow=True)
    assert answer.redirect_chain == [(f"{SIGN_IN}?klart=nyckel", 302)]
    assert "utloggad överallt" in answer.content.decode()
    assert not is_in(here)
    assert not is_in(thief)


def test_a_removal_that_had_to_wait_for_a_proof_ends_every_session_too(alva):
    """allauth does then what was asked for before the proof, past the middleware."""
    secret = an_app(alva)
    here, thief = cast.sign_in(Client(), alva), cast.sign_in(Client(), alva)
    remove = reverse("mfa_deactivate_totp")
    assert here.post(remove)["Location"].startswith(reverse("account_reauthenticate"))
    again = f"{reverse('mfa_reauthenticate')}?next={remove}"
    answer = here.post(again, {"code": shown_by(secret)})
    assert answer["Location"] == f"{SIGN_IN}?klart=nyckel"
    assert not Authenticator.objects.filter(user=alva).exists()
    assert not is_in(here)
    assert not is_in(thief)


# ── one's own list ────────────────────────────────────────────────────────────────────────────
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
LIST = reverse_lazy("own_sessions")


def listed(client):
    return client.get(LIST).context["rows"]


def test_ones_own_list_shows_where_one_is_signed_in(alva, folke, mailoutbox):
    here, there = Client(headers={"user-agent": EDGE}), Client(headers={"user-agent": PHONE})
    cast.sign_in(Client(), folke)
    by_mail(there, alva, mailoutbox)
    by_mail(here, alva, mailoutbox)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=5)):
        shown = listed(here)
        page = here.get(LIST).content.decode()
    assert [(str(one["browser"]), str(one["platform"]), one["here"]) for one in shown] == [
        ("Edge", "Windows", True),
        ("Safari", "iPhone eller iPad", False),
    ]
    assert shown[0]["session"].seen_at > shown[1]["session"].seen_at
    assert "Du är inloggad på 2 ställen" in page
    assert "med en kod i ett brev" in page
    assert EDGE not in page


def test_a_session_is_ended_from_another_and_only_that_one(alva):
    here, there, third = (cast.sign_in(Client(), alva) for _ in range(3))
    gone = listed(there)[0]["session"].name
    assert here.post(reverse("end_session"), {"session": gone}).status_code == 302
    assert not is_in(there)
    assert is_in(third)
    assert len(listed(here)) == 2
    assert "session.ended" in acts()


def test_another_persons_session_is_not_ended(alva, folke):
    thief, owner = cast.sign_in(Client(), folke), cast.sign_in(Client(), alva)
    name = listed(owner)[0]["session"].name
    before = acts()
    thief.post(reverse("end_session"), {"session": name})
    assert is_in(owner)
    assert acts() == before


def test_ending_the_session_one_is_in_signs_out(client, alva):
    cast.sign_in(client, alva)
    name = listed(client)[0]["session"].name
    assert client.post(reverse("end_session"), {"session": name})["Location"] == SIGN_IN
    assert not is_in(client)


@pytest.mark.parametrize("strong", [True, False])
def test_signing_out_everywhere_ends_every_session_this_one_too(alva, folke, strong):
    here, there = cast.sign_in(Client(), alva, strong=strong), cast.sign_in(Client(), alva)
    another = cast.sign_in(Client(), folke)
    answer = here.post(reverse("end_sessions"), follow=True)
    assert "Du är utloggad överallt" in answer.content.decode()
    assert not is_in(here)
    assert not is_in(there)
    assert is_in(another)


def test_a_session_that_is_over_is_not_listed(client, alva):
    cast.sign_in(Client(), alva)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=20)):
        cast.sign_in(client, alva)
        assert [one["here"] for one in listed(client)] == [True]


def test_a_session_that_is_ended_while_it_is_asked_does_not_come_back(alva):
    """It was read before it was ended, and would be written after."""
    late = cast.sign_in(Client(), alva)
    read = SessionStore(late.session.session_key)
    read["seen"] = 1
    actions.sign_out_everywhere(alva, by=Actor(account=alva.pk), at=clock.now())
    with pytest.raises(UpdateError):
        read.save()
    assert not is_in(late)


# ── what lies in the table ────────────────────────────────────────────────────────────────────
def test_what_is_in_a_session_is_sealed_to_it(client, alva):
    cast.sign_in(client, alva)
    other = cast.sign_in(Client(), alva)
    rows = {row.session_key: row for row in Session.objects.all()}
    mine, theirs = (rows[stored(c.session.session_key)] for c in (client, other))
    assert client.session.session_key not in rows
    for clear in (mine.session_data.encode(), base64.b64decode(mine.session_data)):
        assert b"began" not in clear
        assert str(alva.pk).encode() not in clear
    Session.objects.filter(pk=theirs.pk).update(session_data=mine.session_data)
    assert not is_in(other), "a row does not open in another's place"
    assert is_in(client)


def test_a_reporters_session_is_nobodys(client, world):
    client.post(reverse("cases:return"), {"code": world.code})
    name = stored(client.session.session_key)
    assert Session.objects.get(session_key=name).account is None
    assert set(client.session.keys()) == {"receipt", "began", "seen"}


# ── at the same moment ────────────────────────────────────────────────────────────────────────
def test_no_key_is_added_by_a_session_that_has_ended_meanwhile(alva):
    """The page was let in; then everything was taken away; then it wrote."""
    began = clock.now() - dt.timedelta(minutes=5)
    actions.let_enrol(alva, by=BY, at=clock.now())
    thief = Actor(account=alva.pk, strength=Strength.STRONG)
    with (
        pytest.raises(Forbidden),
        actions.noting_authenticators(alva, began_at=began, by=thief, at=clock.now()),
    ):
        an_app(alva)
    assert not Authenticator.objects.filter(user=alva).exists()


def test_a_key_that_is_taken_away_while_it_is_shown_signs_nobody_in(alva):
    an_app(alva)
    key = Authenticator.objects.get(user=alva).pk
    actions.let_enrol(alva, by=BY, at=clock.now())
    with pytest.raises(Forbidden):
        actions.note_sign_in(alva, ["totp"], [key], at=clock.now())
    assert "signed_in" not in acts()
