"""The small cast that the tests are about, and how each of them signs in."""

import datetime as dt
import uuid


# Long before the day of any test, so that a role is held whenever the test takes place.
APPOINTED = dt.datetime(2018, 1, 1, tzinfo=dt.UTC)
BOARD = uuid.UUID(int=77)  # the board that the cast's contacts are appointed for


def an_account(name, *roles, person=None, email=None):
    from varna.foundation import clock
    from varna.foundation.access.actions import appoint
    from varna.foundation.accounts import actions
    from varna.foundation.accounts.rules import Role, system

    at = clock.now()
    by = system("tests")
    address = email or f"{name.split()[0].lower()}-{uuid.uuid4().hex[:6]}@example.se"
    account = actions.open_account(email=address, name=name, by=by, at=at, person=person)
    for role in roles:
        scope = BOARD if role == "contact" else None
        appoint(account, Role(role), by=by, at=APPOINTED, scope=scope)
    return account


def actor(account, strength="STRONG"):
    """Who this account is to the actions, when strongly signed in."""
    from varna.foundation import clock
    from varna.foundation.accounts.actions import actor_of
    from varna.foundation.accounts.rules import Strength

    return actor_of(account, strength=Strength[strength], at=clock.now())


def sign_in(client, account, *, strong=True):
    """Sign in the way allauth leaves it: by a code by mail, and strongly with an app beside it."""
    from varna.foundation import clock

    client.force_login(account)
    session = client.session
    ways = [{"method": "code", "at": 0}]
    if strong:
        ways.append({"method": "mfa", "type": "totp", "at": 0})
    session["account_authentication_methods"] = ways
    session["began"] = session["seen"] = clock.now().timestamp()
    session["with"] = ["firefox", "windows"]
    session.save()
    return client


def an_app(account):
    """Give somebody an authenticator app; answer its secret."""
    from varna.foundation.accounts import codes, totp

    secret = totp.new_secret()
    codes.add_app(account, secret, last=0)
    return secret


def shown_by(secret, *, ahead=0):
    """What an app shows now, or so many half minutes ahead, worked out by another's hand."""
    from allauth.mfa.totp.internal import auth

    from varna.foundation import clock

    counter = int(clock.now().timestamp()) // 30 + ahead
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def nobody():
    """Somebody without an account: whoever sends a report."""
    from varna.foundation.accounts.rules import ANONYMOUS

    return ANONYMOUS


def lock(account):
    from varna.foundation import clock
    from varna.foundation.accounts import actions
    from varna.foundation.accounts.rules import system

    actions.lock_account(account, by=system("tests"), at=clock.now())
