"""The codes that somebody signs in with: mailed, or shown by an authenticator app; each good once.

These are no deeds: they come before there is anybody to ask who they are.
"""

import datetime as dt
import hashlib
import uuid
from typing import Any

from django.db import transaction

from allauth.mfa.models import Authenticator

from varna.foundation.accounts import rules, totp
from varna.foundation.accounts.models import Account, SentCode
from varna.foundation.accounts.totp import CodeReason
from varna.foundation.deeds import WhyNot, upkeep
from varna.foundation.keys import rules as keys
from varna.foundation.keys.store import keystore


# What each is sealed for, beside its account.
CODE = "varna/mailed-code/v1"
APP = "varna/totp/v2"


# ── a code by mail ────────────────────────────────────────────────────────────────────────────
def code_to_send(account: Account, made: str, *, at: dt.datetime) -> tuple[str, bool]:
    """The code that whoever asks must write, and whether to mail it.

    It is a fresh one (`made`) up to a limit, which the whole installation shares. Above it nothing
    more is mailed, and the newest code that has been is asked for: whoever asks again and again in
    somebody's name fills a mailbox a little, and keeps nobody out.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)  # of two at once, one makes the row
        row = SentCode.objects.filter(account=account.pk).first()
        if row is None or at - row.since >= rules.CODE_LIVES:
            used = "" if row is None else row.used
            row = SentCode(account=account.pk, since=at, count=0, used=used)
        elif row.count >= rules.CODES_MOST and _digest(newest := _opened(row)) != row.used:
            return newest, False
        row.code, row.sent_at, row.count = _sealed_code(account.pk, made), at, row.count + 1
        row.save()
        return made, True


def use_code(account: Account, code: str, *, at: dt.datetime) -> bool:
    """Whether this code is still good: it is good once, in whichever browser, and for as long as
    its mail says.
    """
    with transaction.atomic():
        row = SentCode.objects.select_for_update().filter(account=account.pk).first()
        if row is None or row.used == _digest(code):
            return False
        if _opened(row) == code and at - row.sent_at > rules.CODE_LIVES:
            return False
        row.used = _digest(code)
        row.save(update_fields=["used"])
        return True


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _sealed_code(account: uuid.UUID, code: str) -> str:
    sealed = keys.seal(keystore().secret("sign-in"), code.encode(), CODE, account.bytes)
    return sealed.hex()


def _opened(row: SentCode) -> str:
    sealed = bytes.fromhex(row.code)
    return keys.unseal(keystore().secret("sign-in"), sealed, CODE, row.account.bytes).decode()


# ── an authenticator app ──────────────────────────────────────────────────────────────────────
def add_app(account: Account, secret: str, *, last: int) -> None:
    """Keep an app's secret, wrapped for this account only. `last`: the counter of the code that was
    written when it was added.
    """
    Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data=_wrapped(account.pk, secret, last)
    )


def take_code(account: Account, code: str, *, at: dt.datetime) -> Authenticator:
    """Answer the app that showed this code, which is good once: the row remembers, and is held
    while it is asked, so that no two workers take the same.
    """
    with transaction.atomic():
        app = _app_of(account)
        if app is None:
            raise WhyNot(CodeReason.WRONG)
        found = _taken(app, code, at=at)
        if isinstance(found, CodeReason):
            raise WhyNot(found)
        app.data["last"] = found
        app.save(update_fields=["data"])
    return app


def _app_of(account: Account) -> Authenticator | None:
    held = Authenticator.objects.select_for_update().filter(user=account)
    return held.filter(type=Authenticator.Type.TOTP).first()


def _wrapped(account: uuid.UUID, secret: str, last: int) -> dict[str, Any]:
    key = keystore().secret("sign-in")
    return {"wrapped": keys.wrap(key, secret.encode(), APP, account.bytes).hex(), "last": last}


def _taken(app: Authenticator, code: str, *, at: dt.datetime) -> int | CodeReason:
    key, wrapped = keystore().secret("sign-in"), bytes.fromhex(app.data["wrapped"])
    try:
        secret = keys.unwrap(key, wrapped, APP, app.user_id.bytes).decode()
    except keys.BrokenError:  # another account's, or wrapped with another key
        return CodeReason.WRONG
    return totp.taken(secret, code, last=app.data["last"], at=at)


@upkeep
def bind_apps() -> int:
    """Wrap for its account what an older version wrapped for any. Done before anybody is served;
    afterwards nothing reads the old form. Answer how many there were.
    """
    key, bound = keystore().secret("sign-in"), 0
    with transaction.atomic():
        apps = Authenticator.objects.select_for_update().filter(type=Authenticator.Type.TOTP)
        for app in apps:
            if "secret" in app.data:
                old = bytes.fromhex(app.data["secret"])
                secret = keys.unwrap(key, old, "varna/totp/v1").decode()
                app.data = _wrapped(app.user_id, secret, 0)
                app.save(update_fields=["data"])
                bound += 1
    return bound
