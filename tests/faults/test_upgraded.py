"""Installations that earlier versions made: upgraded, they hold what they held, in a whole log."""

import json
import os
import secrets
import tarfile
from pathlib import Path

import pytest

import postgres
from faults import house as houses
from faults.house import Person


OLD = Path(__file__).parents[1] / "old"
VERSIONS = sorted(path.name.removesuffix(".tar.xz") for path in OLD.glob("*.tar.xz"))
APP = """
from varna.foundation import clock
from varna.foundation.accounts import codes, totp
from varna.foundation.accounts.models import Account
at = clock.now()
shown = totp.shown("JBSWY3DPEHPK3PXP", int(at.timestamp()) // 30)
codes.take_code(Account.objects.get(email="lead@example.se"), shown, at=at)
"""


@pytest.fixture(params=VERSIONS)
def old(request):
    """An installation as that version left it: on SQLite, which all of them had."""

    def unpacked(folder, **_more):
        with tarfile.open(OLD / f"{request.param}.tar.xz") as pack:
            pack.extractall(folder, filter="data")
        return f"sqlite:///{folder / 'varna.sqlite3'}", None

    with houses.opened(made=unpacked) as house:
        yield house


def what_it_held(house):
    told = json.loads((house.folder / "told.json").read_text(encoding="utf-8"))
    assert "Det som väntar" in Person(house).come_back(told["waiting"])
    for how in ("open", "closed"):
        code, case, words = told[how]
        own = Person(house).come_back(code)
        assert words in own
        assert f"Svar om {words}" in own
        assert "bild.png" in own
        handler = Person(house).sign_in("handler")
        page = handler.get(case)
        assert page.status == 200, (how, page.text)
        assert f"Ärende om {words}" in page.text
        assert f"Bedömning av {words}" in page.text
        assert f"Anteckning om {words}" in handler.get(f"{case}anteckningar/").text


def receives(house):
    code = Person(house).report("Efter uppgraderingen", files=[("c.png", b"x" * 900)]).code
    assert "Efter uppgraderingen" in Person(house).come_back(code)


@pytest.mark.proves("F-22", part=True)
def test_what_an_earlier_version_held_is_read_and_its_log_is_whole(old):
    """Where there is a PostgreSQL it moves there as soon as it is upgraded."""
    old.varna("serve", "--prepare-only")
    old.do(APP)
    server = os.environ.get("VARNA_TEST_DATABASE_URL")
    if server:
        old.varna("audit", "sign")  # the keystore has no head to remember yet
        address = postgres.make_database(server, f"old_{secrets.token_hex(4)}")
        old.varna("move", address)
        old.environment["DATABASE_URL"] = address
    old.varna("keys", "check")
    old.start()
    what_it_held(old)
    receives(old)
    old.stop()
    old.varna("audit", "sign")
    old.varna("audit", "verify")
