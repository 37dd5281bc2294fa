"""Who gets in, how strongly, and what somebody who reads another's mail does not get."""

import datetime as dt
import re

from django.test import Client
from django.urls import reverse

import pytest
import time_machine
from allauth.mfa.models import Authenticator

import cast
from cast import an_app, shown_by
from varna.foundation import clock, shared
from varna.foundation.accounts import actions
from varna.foundation.accounts.models import SentCode
from varna.foundation.accounts.rules import Strength, system
from varna.foundation.audit.models import Event
from varna.foundation.notices import sweeps
from varna.foundation.outbox.models import Mail


pytestmark = pytest.mark.django_db
SIGN_IN = "/konto/logga-in/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    from django.core.cache import cache

    cache.clear()


def ask_for_code(client, address):
    return client.post(SIGN_IN, {"email": address}, follow=True)


def sent_code(mailoutbox):
    sweeps.mails(at=clock.now())
    return re.search(r"\b[A-Z0-9]{4,}(?:-[A-Z0-9]+)*\b", mailoutbox[-1].body)[0]


def by_mail(client, account, mailoutbox):
    """Sign in with nothing but a code from the mailbox."""
    ask_for_code(client, account.email)
    return client.post("/konto/logga-in/kod/", {"code": sent_code(mailoutbox)})


def strength(client):
    """What the pages think: ask a page that tells a weak session from a strong."""
    from django.test import RequestFactory

    from varna.foundation.accounts.middleware import strength_of

    request = RequestFactory().get("/")
    request.session = client.session
    return strength_of(request)


def acts():
    return list(Event.unscoped.order_by("pk").values_list("act", flat=True))


# ── a code by mail ────────────────────────────────────────────────────────────────────────────
def test_a_code_by_mail_signs_in_weakly(client, alva, mailoutbox):
    answer = by_mail(client, alva, mailoutbox)
    assert answer.status_code == 302, answer.content
    assert client.session["_auth_user_id"] == str(alva.pk)
    assert strength(client) is Strength.MAIL
    assert "signed_in" in acts()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, alva):
    known = ask_for_code(client, alva.email)
    known_page = known.content.decode().replace(alva.email, "ADDRESS")
    client.logout()
    unknown = ask_for_code(client, "nobody@example.se")
    unknown_page = unknown.content.decode().replace("nobody@example.se", "ADDRESS")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", known_page) == token.sub("", unknown_page)
    assert known.redirect_chain == unknown.redirect_chain
    assert Mail.unscoped.count() == 1


def test_a_locked_account_gets_no_code(client, alva, now):
    actions.lock_account(alva, by=system("tests"), at=now)
    ask_for_code(client, alva.email)
    assert Mail.unscoped.count() == 0


def test_a_wrong_code_does_not_sign_in_and_five_end_it(client, alva):
    ask_for_code(client, alva.email)
    for _ in range(4):
        assert client.post("/konto/logga-in/kod/", {"code": "WRONG1"}).status_code == 200
    last = client.post("/konto/logga-in/kod/", {"code": "WRONG1"})
    assert last["Location"] == f"{SIGN_IN}?fel=kod"
    assert "_auth_user_id" not in client.session


def test_a_code_is_too_old_after_ten_minutes(client, alva, mailoutbox):
    ask_for_code(client, alva.email)
    code = sent_code(mailoutbox)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11), tick=False):
        client.post("/konto/logga-in/kod/", {"code": code})
    assert "_auth_user_id" not in client.session


def asked_by_somebody_else(address, times):
    """Each time from another network and in another worker, which remembers nothing."""
    from django.core.cache import cache

    for number in range(times):
        ask_for_code(Client(REMOTE_ADDR=f"203.0.113.{number}"), address)
        cache.clear()


@pytest.mark.proves("M4")
def test_nobody_is_kept_out_by_codes_asked_for_in_their_name(client, alva, mailoutbox):
    asked_by_somebody_else(alva.email, 8)
    assert Mail.unscoped.count() == 5, "the limit is the installation's"
    page = ask_for_code(client, alva.email).content.decode()
    assert "Skriv den senaste som har kommit" in page
    assert Mail.unscoped.count() == 5
    assert client.post("/konto/logga-in/kod/", {"code": sent_code(mailoutbox)}).status_code == 302
    assert client.session["_auth_user_id"] == str(alva.pk)


def test_an_address_that_nobody_has_is_answered_the_same_above_the_limit(client, alva):
    def answered(address):
        asked_by_somebody_else(address, 8)
        page = ask_for_code(Client(), address).content.decode().replace(address, "ADDRESS")
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    assert answered(alva.email) == answered("nobody@example.se")


def test_the_limit_is_forgotten_after_ten_minutes(client, alva):
    asked_by_somebody_else(alva.email, 8)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11), tick=False):
        ask_for_code(client, alva.email)
    assert Mail.unscoped.count() == 6


def test_a_code_is_good_once_in_whichever_browser(alva, mailoutbox):
    asked_by_somebody_else(alva.email, 5)
    browsers = [Client(), Client()]
    for browser in browsers:
        ask_for_code(browser, alva.email)
    code = sent_code(mailoutbox)
    for browser in browsers:
        browser.post("/konto/logga-in/kod/", {"code": code})
    assert ["_auth_user_id" in browser.session for browser in browsers] == [True, False]


def test_a_code_that_is_asked_for_late_is_not_good_for_longer_than_its_mail_says(
    client, alva, mailoutbox
):
    asked_by_somebody_else(alva.email, 5)
    code, began = sent_code(mailoutbox), clock.now()
    with time_machine.travel(began + dt.timedelta(minutes=9), tick=False):
        ask_for_code(client, alva.email)
    with time_machine.travel(began + dt.timedelta(minutes=11), tick=False):
        client.post("/konto/logga-in/kod/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_new_code_is_sent_above_the_limit_when_the_newest_has_been_used(client, alva, mailoutbox):
    asked_by_somebody_else(alva.email, 5)
    ask_for_code(client, alva.email)
    client.post("/konto/logga-in/kod/", {"code": sent_code(mailoutbox)})
    ask_for_code(Client(), alva.email)
    assert Mail.unscoped.count() == 6


def test_no_address_is_kept_when_a_code_is_asked_for(client, alva):
    ask_for_code(client, alva.email)
    counted = bytes(shared._KEPT._memory)
    assert any(counted)
    assert b"127.0.0.1" not in counted
    assert alva.email.encode() not in counted
    assert not [row for row in SentCode.objects.values_list("code") if alva.email in str(row)]


def test_the_code_is_sealed_while_it_waits(client, alva):
    ask_for_code(client, alva.email)
    assert alva.email.encode() not in bytes(Mail.unscoped.get().payload)


# ── something more than the mailbox ───────────────────────────────────────────────────────────
def test_an_app_beside_the_code_signs_in_strongly(client, alva, mailoutbox):
    secret = an_app(alva)
    answer = by_mail(client, alva, mailoutbox)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.post(answer["Location"], {"code": shown_by(secret)}).status_code == 302
    assert strength(client) is Strength.STRONG


@pytest.mark.proves("T5")
def test_the_mailbox_alone_does_not_open_an_account_that_has_an_app(client, alva, mailoutbox):
    an_app(alva)
    answer = by_mail(client, alva, mailoutbox)
    assert client.post(answer["Location"], {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session


# ── adding a passkey or an app ────────────────────────────────────────────────────────────────
ADDING = ["mfa_add_webauthn", "mfa_activate_totp"]


@pytest.mark.parametrize("page", ADDING)
@pytest.mark.proves("T5")
def test_whoever_reads_the_mail_cannot_add_a_key(client, alva, page):
    cast.sign_in(client, alva, strong=False)
    assert client.get(reverse(page))["Location"] == reverse("stronger")
    assert client.post(reverse(page), {"code": "1"})["Location"] == reverse("stronger")
    assert not Authenticator.objects.filter(user=alva).exists()


@pytest.mark.parametrize("page", ADDING)
def test_a_permission_lets_the_first_key_be_added_for_a_day(client, alva, page, now):
    actions.let_enrol(alva, by=system("tests"), at=now)
    cast.sign_in(client, alva, strong=False)
    assert client.get(reverse(page)).status_code == 200
    with time_machine.travel(now + dt.timedelta(hours=25), tick=False):
        client.logout()
        cast.sign_in(client, alva, strong=False)
        assert client.get(reverse(page))["Location"] == reverse("stronger")


@pytest.mark.parametrize("page", ADDING)
def test_a_permission_does_not_let_the_mailbox_add_a_second_key(client, alva, page, now):
    actions.let_enrol(alva, by=system("tests"), at=now)
    an_app(alva)
    cast.sign_in(client, alva, strong=False)
    assert client.get(reverse(page))["Location"] == reverse("stronger")


def test_adding_an_app_uses_up_the_permission_and_leaves_a_line(client, alva, now):
    actions.let_enrol(alva, by=system("tests"), at=now)
    cast.sign_in(client, alva, strong=False)
    page = client.get(reverse("mfa_activate_totp"))
    code = shown_by(page.context["form"].secret)
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    alva.refresh_from_db()
    assert alva.may_enrol_until is None
    assert "sign_in.added" in acts()
    assert strength(client) is Strength.MAIL, "adding is not showing"


def test_a_new_permission_takes_away_what_was_lost(alva, now):
    an_app(alva)
    assert actions.let_enrol(alva, by=system("tests"), at=now) == 1
    assert not Authenticator.objects.filter(user=alva).exists()


def test_removing_an_app_leaves_a_line(client, alva):
    secret = an_app(alva)
    cast.sign_in(client, alva)
    client.post(reverse("mfa_reauthenticate"), {"code": shown_by(secret)})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert acts()[-2:] == ["sign_in.removed", "account.sessions_ended"]
    assert not Authenticator.objects.filter(user=alva).exists()


def test_removing_an_app_asks_for_it_first(client, alva):
    an_app(alva)
    cast.sign_in(client, alva)
    answer = client.get(reverse("mfa_deactivate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_a_weak_session_becomes_strong_by_showing_the_app(client, alva):
    secret = an_app(alva)
    cast.sign_in(client, alva, strong=False)
    page = client.get(reverse("stronger"))
    assert page.context["why"] == "not_strong"
    answer = client.post(reverse("mfa_reauthenticate"), {"code": shown_by(secret)})
    assert answer.status_code == 302, answer.content
    assert strength(client) is Strength.STRONG


@pytest.mark.parametrize("page", [*ADDING, "mfa_index"])
def test_nobody_adds_a_key_without_signing_in(client, page):
    assert client.get(reverse(page))["Location"].startswith(SIGN_IN)


# ── the demonstration ─────────────────────────────────────────────────────────────────────────
def test_the_demonstration_lets_one_be_somebody(client, alva, settings):
    settings.DEMO = True
    assert alva.email in client.get(SIGN_IN).content.decode()
    client.post("/konto/logga-in/som/", {"email": alva.email})
    assert client.session["_auth_user_id"] == str(alva.pk)
    assert strength(client) is Strength.STRONG


def test_a_live_installation_has_no_short_cut(client, alva, settings):
    settings.DEMO = False
    assert alva.email not in client.get(SIGN_IN).content.decode()
    answer = client.post("/konto/logga-in/som/", {"email": alva.email})
    assert answer.status_code == 404
    assert answer.content == client.post("/konto/finns-inte/").content
    assert "_auth_user_id" not in client.session


def test_a_session_from_a_demonstration_is_weak_in_a_live_installation(client, alva, settings):
    client.post("/konto/logga-in/som/", {"email": alva.email})
    settings.DEMO = False
    assert strength(client) is Strength.MAIL


# ── sessions end ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("who", "idle", "whole"),
    [("alva", 15, 10), ("love", 15, 10), ("berit", 15, 10), ("folke", 30, 12)],
)
class TestSessions:
    @pytest.fixture(autouse=True)
    def _sign_in(self, client, request, who):
        self.client = client
        cast.sign_in(client, request.getfixturevalue(who))
        self.start = clock.now()
        assert self.is_signed_in_after(dt.timedelta())

    def is_signed_in_after(self, waited):
        with time_machine.travel(self.start + waited, tick=False):
            answer = self.client.get(reverse("mfa_index"))
        return answer.status_code == 200

    def test_one_that_is_left_alone_ends(self, idle, whole):
        assert self.is_signed_in_after(dt.timedelta(minutes=idle - 1))
        assert not self.is_signed_in_after(dt.timedelta(minutes=2 * idle))

    def test_one_that_is_used_ends_at_last(self, idle, whole):
        step, waited = dt.timedelta(minutes=idle - 2), dt.timedelta()
        while waited + step < dt.timedelta(hours=whole):
            waited += step
            assert self.is_signed_in_after(waited)
        assert not self.is_signed_in_after(dt.timedelta(hours=whole))


def test_a_locked_account_loses_its_session_at_once(client, alva, now):
    cast.sign_in(client, alva)
    actions.lock_account(alva, by=system("tests"), at=now)
    assert client.get(reverse("mfa_index")).status_code == 302


def test_every_address_of_the_library_has_a_policy():
    """What allauth offers and we do not use does not answer."""
    from varna.foundation.access.policies import policy_of
    from varna.site import sign_in_urls

    assert all(policy_of(pattern.callback) for pattern in sign_in_urls.urlpatterns)


@pytest.mark.parametrize("address", ["signup", "password/reset", "email", "password/change"])
def test_there_are_no_passwords_and_nobody_signs_up(client, address):
    assert client.get(f"/konto/{address}/").status_code == 404


def test_signing_out_takes_a_press(client, alva):
    cast.sign_in(client, alva)
    assert client.get("/konto/logga-ut/").status_code == 200
    assert client.post("/konto/logga-ut/").status_code == 302
    assert "_auth_user_id" not in client.session
