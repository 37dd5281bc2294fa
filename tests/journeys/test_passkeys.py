"""The first passkey: let in by the access administrator, enrolled, and used ever after."""

import re

import pytest
from playwright.sync_api import expect


EMAIL = "handler@example.se"


@pytest.fixture
def newcomer(house):
    """A handler with nothing but a mailbox, whom the access administrator has let enrol."""
    import uuid

    address = f"ny-{uuid.uuid4().hex[:6]}@example.se"
    house.do(f"""
from varna.foundation import clock
from varna.foundation.access.actions import appoint
from varna.foundation.accounts import actions
from varna.foundation.accounts.rules import Role, system
at = clock.now()
made = actions.open_account(email="{address}", name="Nya Ny", by=system("tests"), at=at)
appoint(made, Role.HANDLER, by=system("tests"), at=at)
actions.let_enrol(made, by=system("tests"), at=at)
""")
    return address


def give_it_an_authenticator(page):
    """A phone with a fingerprint reader, as the browser sees it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def sign_in_by_mail(page, house, address):
    page.goto("/konto/logga-in/")
    already = len(house.mails(address))
    page.get_by_label("e-post").fill(address)
    page.get_by_role("button", name="Skicka en kod").click()
    mail = house.wait_for_mail(address, after=already)
    code = re.search(r" är (\S+)", mail)[1]
    page.get_by_label("Kod").fill(code)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url(lambda url: "logga-in" not in url)


def test_a_passkey_is_enrolled_and_signs_in(visit, house, newcomer):
    page = visit()
    give_it_an_authenticator(page)
    sign_in_by_mail(page, house, newcomer)

    page.goto("/konto/skydd/nyckel/")
    page.get_by_label("namn").fill("Min telefon")
    page.get_by_role("button", name="Lägg till").click()
    page.wait_for_url("**/konto/skydd/")
    expect(page.get_by_text("Min telefon").first).to_be_visible()

    page.get_by_role("button", name="Logga ut").click()
    page.goto("/konto/logga-in/")
    page.get_by_role("button", name="Logga in med inloggningsnyckel").click()
    page.wait_for_url(lambda url: "logga-in" not in url)
    page.goto("/konto/skydd/")
    expect(page.get_by_text("Min telefon").first).to_be_visible()


@pytest.mark.proves("T6", part=True)
def test_the_mailbox_is_not_enough_once_there_is_a_passkey(visit, house, newcomer):
    page = visit()
    give_it_an_authenticator(page)
    sign_in_by_mail(page, house, newcomer)
    page.goto("/konto/skydd/nyckel/")
    page.get_by_role("button", name="Lägg till").click()
    page.wait_for_url("**/konto/skydd/")

    thief = visit()  # another browser, the same mailbox
    thief.goto("/konto/logga-in/")
    already = len(house.mails(newcomer))
    thief.get_by_label("e-post").fill(newcomer)
    thief.get_by_role("button", name="Skicka en kod").click()
    mail = house.wait_for_mail(newcomer, after=already)
    code = re.search(r" är (\S+)", mail)[1]
    thief.get_by_label("Kod").fill(code)
    thief.get_by_role("button", name="Logga in").click()
    thief.wait_for_url("**/konto/logga-in/steg/")
    thief.goto("/konto/skydd/")
    assert "/konto/logga-in/" in thief.url


def test_whoever_says_no_to_the_browser_can_try_again(visit, house, newcomer):
    page = visit()
    devtools, authenticator = give_it_an_authenticator(page)
    devtools.send(
        "WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False}
    )
    sign_in_by_mail(page, house, newcomer)
    page.goto("/konto/skydd/nyckel/")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.locator("[data-failed]")).to_be_visible()
    devtools.send(
        "WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": True}
    )
    page.get_by_role("button", name="Lägg till").click()
    page.wait_for_url("**/konto/skydd/")
