"""An authenticator app's code is good once, and its secret is one account's and lies nowhere."""

import datetime as dt
import sqlite3
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
import time_machine
from allauth.mfa.models import Authenticator

import cast
import installation
from cast import an_app, shown_by
from varna.foundation import clock
from varna.foundation.accounts import actions, codes, totp
from varna.foundation.accounts.rules import system
from varna.foundation.accounts.totp import CodeReason
from varna.foundation.deeds import WhyNot
from varna.foundation.keys import rules as keys
from varna.foundation.keys.store import keystore
from varna.site import environment


AGAIN = reverse("mfa_reauthenticate")


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def show(account, code):
    """Show the app in a new session, as another worker sees it: nothing is remembered in memory."""
    cache.clear()
    return cast.sign_in(Client(), account, strong=False).post(AGAIN, {"code": code})


# ── good once ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
@pytest.mark.parametrize("later", [0, 33, 58], ids=lambda seconds: f"{seconds} seconds later")
@pytest.mark.proves("M1")
@pytest.mark.proves("T6", part=True)
def test_a_code_is_good_once_in_whichever_worker_and_however_long_it_is_shown(alva, later):
    secret, first = an_app(alva), clock.now().replace(second=30)
    with time_machine.travel(first, tick=False):
        code = shown_by(secret, ahead=1)  # by a telephone whose clock is fast
        assert show(alva, code).status_code == 302
    with time_machine.travel(first + dt.timedelta(seconds=later), tick=False):
        again = show(alva, code)
    assert again.status_code == 200
    assert "har redan använts" in again.content.decode()


@pytest.mark.django_db
def test_a_code_from_before_one_that_was_used_is_used_too(alva):
    secret = an_app(alva)
    assert show(alva, shown_by(secret)).status_code == 302
    assert show(alva, shown_by(secret, ahead=-1)).status_code == 200
    assert show(alva, shown_by(secret, ahead=1)).status_code == 302


@pytest.mark.django_db
def test_the_code_that_added_the_app_is_used(client, alva):
    actions.let_enrol(alva, by=system("tests"), at=clock.now())
    cast.sign_in(client, alva, strong=False)
    page = reverse("mfa_activate_totp")
    code = shown_by(client.get(page).context["form"].secret)
    assert client.post(page, {"code": code}).status_code == 302
    assert client.post(AGAIN, {"code": code}).status_code == 200


@pytest.mark.django_db
def test_a_wrong_code_uses_up_nothing(alva):
    secret = an_app(alva)
    assert show(alva, "000 000").status_code == 200
    code = shown_by(secret)
    assert show(alva, f"{code[:3]} {code[3:]}").status_code == 302


@pytest.mark.django_db
def test_the_row_is_held_while_the_code_is_taken(alva):
    """Two workers at once: the second waits, and finds the code used."""
    secret = an_app(alva)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        codes.take_code(alva, shown_by(secret), at=clock.now())
    found = next(q["sql"] for q in asked if "mfa_authenticator" in q["sql"])
    assert "FOR UPDATE" in found or connection.vendor == "sqlite"  # which has one writer at a time


def test_the_codes_are_those_of_the_standard():
    """RFC 6238, appendix B, in its last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for second, code in [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]:
        assert totp.shown(secret, second // 30) == code
    at = dt.datetime.fromtimestamp(59, dt.UTC)
    assert totp.taken(secret, "287082", last=0, at=at) == 1
    assert totp.taken(secret, "287082", last=1, at=at) is CodeReason.USED
    late = dt.datetime.fromtimestamp(120, dt.UTC)
    assert totp.taken(secret, "287082", last=0, at=late) is CodeReason.WRONG


# ── one account's ─────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
@pytest.mark.proves("L7")
def test_a_secret_does_not_open_for_another_account(alva, folke):
    """Somebody who can write in the database gives a handler their own app."""
    own = an_app(folke)
    an_app(alva)
    theirs = Authenticator.objects.get(user=folke).data
    Authenticator.objects.filter(user=alva).update(data=theirs)
    assert show(alva, shown_by(own)).status_code == 200
    assert show(folke, shown_by(own)).status_code == 302


@pytest.mark.django_db
def test_what_an_older_version_kept_is_bound_to_its_account_and_still_holds(alva, folke):
    secret = totp.new_secret()
    old = keys.wrap(keystore().secret("sign-in"), secret.encode(), "varna/totp/v1").hex()
    Authenticator.objects.create(user=alva, type="totp", data={"secret": old})
    assert codes.bind_apps() == 1
    kept = Authenticator.objects.get(user=alva).data
    assert old not in str(kept)
    assert show(alva, shown_by(secret)).status_code == 302
    assert codes.bind_apps() == 0
    Authenticator.objects.create(user=folke, type="totp", data=kept)
    with pytest.raises(WhyNot):
        codes.take_code(folke, shown_by(secret, ahead=1), at=clock.now())


# ── nowhere on disk ───────────────────────────────────────────────────────────────────────────
STEPS = """
import base64
import contextlib
import re
import sys
import zlib
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse

sys.path.insert(0, {tests!r})
import cast
from varna.foundation import clock
from varna.foundation.accounts import actions
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import system

settings.ALLOWED_HOSTS = ["testserver"]
account = Account.objects.get(email="handler@example.se")
page, forms = reverse("mfa_activate_totp"), []

def readings():
    '''All that lies here, and what it says when the packing that Django puts it in is undone.'''
    raw = b"".join(path.read_bytes() for path in Path({folder!r}).rglob("*") if path.is_file())
    assert len(raw) > 100_000
    yield raw
    for found in re.findall(rb"[A-Za-z0-9_+/-]{{40,}}", raw):
        for start in range(4):  # what lies before it on the page may look like a part of it
            packed = found[start:].translate(bytes.maketrans(b"-_", b"+/"))
            said = base64.b64decode(packed[: len(packed) // 4 * 4])
            yield said
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(said)

def lies(step):
    found = list(readings())
    for secret in forms:
        print(step, any(secret.encode() in one for one in found))

client = cast.sign_in(Client(), account, strong=False)
for step in ("shown", "shown again"):
    said = client.get(page).content.decode()
    forms.append(re.search('class="code">([A-Z2-7]+)<', said)[1])
    lies(step)
client.post(page, {{"code": "000000"}})
lies("a wrong code")
assert client.post(page, {{"code": cast.shown_by(forms[-1])}}).status_code == 302
lies("added")
client.post(reverse("mfa_reauthenticate"), {{"code": cast.shown_by(forms[-1], ahead=1)}})
lies("shown to sign in")
actions.let_enrol(account, by=system("tests"), at=clock.now())
lies("taken away")
"""


@pytest.mark.proves("M2")
def test_an_apps_secret_lies_nowhere_on_disk_at_any_step_of_its_life(tmp_path):
    """The database, its write-ahead log and everything beside it, byte by byte."""
    database, _name = installation.made(tmp_path)
    inside = installation.environment(tmp_path, database)
    steps = STEPS.format(tests=str(Path(cast.__file__).parent), folder=str(tmp_path))
    said = installation.run(inside, "shell", "--no-imports", "-c", steps).splitlines()
    assert len(said) == 11, said
    assert [line for line in said if line.endswith("True")] == []


def test_what_is_deleted_is_written_over_however_sqlite_was_built():
    """Otherwise it stays on pages that nobody uses, and in every copy of the file."""
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA secure_delete=OFF")
    made = environment.database(Path("unused"))["OPTIONS"]
    database.executescript(made["init_command"])
    assert database.execute("PRAGMA secure_delete").fetchone() == (1,)
