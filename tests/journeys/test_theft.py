"""A passkey or a telephone is stolen: the thief is out at once, and the owner comes in again by the
steps of the handbook (docs/handbok/logga-in.md, konton.md).
"""

import uuid

import pytest
from playwright.sync_api import expect

from cast import shown_by
from journeys.test_passkeys import give_it_an_authenticator, sign_in_by_mail


WORK = "/arenden/"


@pytest.fixture
def owner(house):
    """A handler with nothing but a mailbox, whom the access administrator has let enrol."""
    name = f"Ester {uuid.uuid4().hex[:6]}"
    address = f"{name.split()[1]}@example.se"
    house.do(f"""
from varna.foundation import clock
from varna.foundation.access.actions import appoint
from varna.foundation.accounts import actions
from varna.foundation.accounts.rules import Role, system
at, by = clock.now(), system("tests")
made = actions.open_account(email="{address}", name="{name}", by=by, at=at)
appoint(made, Role.HANDLER, by=by, at=at)
actions.let_enrol(made, by=by, at=at)
""")
    return name, address


def is_out(page):
    page.goto(WORK)
    return "/konto/logga-in/" in page.url


def reads(page):
    page.goto(WORK)
    return page.url.endswith(WORK) and page.get_by_role("heading", level=1).is_visible()


def add_a_passkey(page):
    page.goto("/konto/skydd/nyckel/")
    page.get_by_role("button", name="Lägg till").click()
    page.wait_for_url("**/konto/skydd/")


def use_a_passkey(page):
    page.goto("/konto/logga-in/")
    page.get_by_role("button", name="Logga in med inloggningsnyckel").click()


def stolen(here, there):
    """What lies in one device's reader lies in another's too."""
    devtools, reader = here
    for one in devtools.send("WebAuthn.getCredentials", {"authenticatorId": reader})["credentials"]:
        there[0].send("WebAuthn.addCredential", {"authenticatorId": there[1], "credential": one})


def let_enrol(visit, name):
    """What the handbook tells the access administrator to do."""
    page = visit(role="access_admin", phone=False)
    page.goto(f"/konton/?q={name.split()[1]}")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Låt personen lägga till en nyckel").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_a_stolen_passkey_opens_nothing_once_the_administrator_knows(visit, house, owner):
    name, address = owner
    page, thief = visit(phone=False), visit()
    device, theirs = give_it_an_authenticator(page), give_it_an_authenticator(thief)
    sign_in_by_mail(page, house, address)
    add_a_passkey(page)
    stolen(device, theirs)
    use_a_passkey(thief)
    thief.wait_for_url(lambda url: "logga-in" not in url)
    assert reads(thief)

    let_enrol(visit, name)
    assert is_out(thief)
    use_a_passkey(thief)
    expect(thief.get_by_text("Inloggningsnyckeln godtogs inte")).to_be_visible()
    assert is_out(page)

    devtools, reader = device
    devtools.send("WebAuthn.clearCredentials", {"authenticatorId": reader})
    sign_in_by_mail(page, house, address)
    add_a_passkey(page)
    page.goto(WORK)
    page.get_by_role("link", name="Använd den nu").click()
    page.get_by_role("button", name="Använd en inloggningsnyckel").click()
    page.wait_for_url(f"**{WORK}")
    assert reads(page)
    page.goto("/konto/skydd/inloggningar/")
    expect(page.get_by_text("Du är inloggad på ett ställe, det här.")).to_be_visible()


def test_whoever_sees_a_stranger_among_their_sessions_puts_them_out(visit, house, owner):
    """A stolen telephone, with the app on it, and the mailbox."""
    _name, address = owner
    page, thief = visit(), visit(phone=False)
    sign_in_by_mail(page, house, address)
    page.goto("/konto/skydd/app/")
    secret = page.locator(".code").inner_text()
    first = shown_by(secret)
    page.get_by_label("Kod").fill(first)
    page.get_by_role("button", name="Lägg till").click()
    page.wait_for_url("**/konto/skydd/")

    thief.goto("/konto/logga-in/")
    already = len(house.mails(address))
    thief.get_by_label("e-post").fill(address)
    thief.get_by_role("button", name="Skicka en kod").click()
    code = house.wait_for_mail(address, after=already).split(" är ")[1].split()[0]
    thief.get_by_label("Kod").fill(code)
    thief.get_by_role("button", name="Logga in").click()
    thief.wait_for_url("**/konto/logga-in/steg/")
    thief.get_by_label("Kod").fill(first)
    thief.get_by_role("button", name="Fortsätt").click()
    expect(thief.get_by_text("har redan använts").first).to_be_visible()
    thief.get_by_label("Kod").fill(shown_by(secret, ahead=1))
    thief.get_by_role("button", name="Fortsätt").click()
    thief.wait_for_url(lambda url: "logga-in" not in url)
    assert reads(thief)

    page.goto("/konto/skydd/inloggningar/")
    expect(page.get_by_text("Du är inloggad på 2 ställen")).to_be_visible()
    page.get_by_role("button", name="Logga ut överallt").click()
    expect(page.get_by_text("Du är utloggad överallt.")).to_be_visible()
    assert is_out(page)
    assert is_out(thief)
