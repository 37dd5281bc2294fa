"""Old copies put back: what was destroyed stays destroyed, what was kept is not thrown away."""

import re

import pytest

from faults.house import Person


OPEN = """
from varna.intake import actions as intake
from varna.cases.models import Case
from varna.foundation import clock
from varna.foundation.accounts.actions import actor_of
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Strength
from varna.reports.models import Report
alva = Account.objects.get(email="handler@example.se")
by = actor_of(alva, strength=Strength.STRONG, at=clock.now())
for report in Report.unscoped.filter(state="new").order_by("received_at")[:1]:
    opening = intake.Opening(label="Kanariefallet", reason="r")
    made = intake.open_case(opening, handler=alva, by=by, at=clock.now(), report=report)
    print("NUMBER", made.number, made.pk)
"""
SIGN = """
from varna.foundation import clock
from varna.foundation.audit.actions import sign_head
sign_head(at=clock.now())
"""
SWEEP = """
import datetime as dt
from varna.cases.sweeps import destroyed
from varna.evidence.sweeps import unclaimed
from varna.foundation.vault.sweeps import unused_keys
from varna.foundation import clock
later = clock.now() + dt.timedelta(hours=26)
print("SWEPT", destroyed(at=later) + unclaimed(at=later) + unused_keys(at=later))
"""


def a_case(house):
    code = Person(house).report("Kanarieanmälan").code
    number, pk = re.search(r"NUMBER (\S+) (\S+)", house.do(OPEN)).groups()
    return code, number, pk


DESTROY = """
import datetime as dt
from varna.cases.actions import disposal
from varna.cases.models import Case
from varna.cases.rules.steps import State
from varna.foundation import clock
from varna.foundation.accounts.actions import actor_of
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Strength, system
at = clock.now()
def by(role):
    account = Account.objects.get(email=f"{role}@example.se")
    return actor_of(account, strength=Strength.STRONG, at=at)
case = Case.unscoped.get(number="%s")
case.state, case.closed_at = State.CLOSED, at - dt.timedelta(days=7 * 366)
case.save(update_fields=["state", "closed_at"])
asked = disposal.ask(case.pk, "KS 2026/7", by=by("lead"), at=at)
disposal.confirm(asked, by=by("registrar"), at=at)
print("DESTROYED", disposal.carry_out_what_stands(at=at + dt.timedelta(days=14)))
"""


def shredded(house, number):
    assert "DESTROYED 0" not in house.do(DESTROY % number)


def is_gone(house, code, pk):
    handler = Person(house).sign_in("handler").get(f"/arenden/{pk}/")
    own = Person(house).post("/tillbaka/", {"code": code})
    assert "Kanarie" not in handler.text + own.text
    return (handler.status, own.status) == (410, 410)


@pytest.mark.proves("T10", "F-21")
def test_an_older_database_beside_the_newest_keystore_brings_nothing_back(house):
    house.start()
    code, number, pk = a_case(house)
    assert "Kanariefallet" in Person(house).sign_in("handler").get(f"/arenden/{pk}/").text
    assert "Kanarieanmälan" in Person(house).come_back(code)
    house.stop()
    house.do(SIGN)
    old = house.copy_database()
    shredded(house, number)
    house.start()
    assert is_gone(house, code, pk)
    house.stop()
    house.put_back(old)
    house.start()
    assert is_gone(house, code, pk)
    house.stop()
    house.varna("keys", "check")


def test_an_older_database_does_not_take_the_newer_reports_keys_and_files_with_it(house):
    house.start()
    first = Person(house).report("Före kopian").code
    house.stop()
    house.do(SIGN)
    old = house.copy_database()
    house.start()
    later = Person(house).report("Efter kopian", files=[("b.png", b"x" * 900)]).code
    house.stop()
    house.do(SIGN)
    newest = house.copy_database()
    house.put_back(old)
    house.varna("audit", "verify", well=False)
    house.do(SWEEP)
    house.put_back(newest)
    house.varna("audit", "verify")
    house.start()
    assert "Före kopian" in Person(house).come_back(first)
    back = Person(house).come_back(later)
    assert "Efter kopian" in back
    assert "b.png" in back


@pytest.mark.proves("T10", "F-21")
def test_an_older_keystore_beside_the_newest_database_is_emptied_again(house, tmp_path):
    house.start()
    code, number, pk = a_case(house)
    kept = Person(house).report("Ska finnas kvar").code
    house.stop()
    house.varna("keys", "copy", str(tmp_path / "old-keystore"))
    shredded(house, number)
    for end in ("-wal", "-shm"):
        (house.folder / f"keystore.sqlite3{end}").unlink(missing_ok=True)
    (house.folder / "keystore.sqlite3").write_bytes((tmp_path / "old-keystore").read_bytes())
    assert "SWEPT" in house.do(SWEEP)
    house.varna("keys", "check")
    house.start()
    assert is_gone(house, code, pk)
    assert "Ska finnas kvar" in Person(house).come_back(kept)
