"""Copies made while people report, put back on a bare machine; and copies that must not be."""

import threading

import pytest

import installation
import postgres
from faults import house as houses
from faults.house import House, Person
from faults.test_full import fill, small_disk


class Traffic:
    """People who report, with files, while the block lasts; and what they got a receipt for."""

    def __init__(self, house):
        self.house, self.stop, self.taken = house, threading.Event(), []

    def __enter__(self):
        self.threads = [threading.Thread(target=self.report, args=(n,)) for n in range(2)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def report(self, who):
        number = 0
        while not self.stop.is_set():
            number += 1
            words = f"Person {who} nummer {number}"
            answer = Person(self.house).report(words, files=[("b.png", words.encode() * 99)])
            if answer.code:
                self.taken.append((words, answer.code))


def newest(folder):
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))[-1]


def backed_up(house, target):
    said = house.varna("backup", "run", str(target))
    return said, newest(target / "copies"), newest(target / "keystores")


def bare(house, tmp_path):
    """Another machine: nothing but the root key and an empty database."""
    other = House.__new__(House)
    other.folder = tmp_path / "bare"
    other.folder.mkdir()
    (other.folder / "root.key").write_bytes((house.folder / "root.key").read_bytes())
    other.port, other.running, other.name = installation.free_port(), None, None
    other.url, other.log = f"http://127.0.0.1:{other.port}", tmp_path / "bare.log"
    database = f"sqlite:///{other.folder / 'varna.sqlite3'}"
    if house.name:
        other.name = f"bare_{house.name}"
        import os

        database = postgres.make_database(os.environ["VARNA_TEST_DATABASE_URL"], other.name)
    more = {k: v for k, v in house.environment.items() if k.startswith("VARNA_LIMIT")}
    other.environment = installation.environment(other.folder, database, **more)
    return other


@pytest.mark.proves("T24")
@pytest.mark.proves("F-20", part=True)
def test_a_copy_made_under_traffic_is_whole_on_a_bare_machine(house, tmp_path):
    house.start()
    first = Person(house).report("Före kopian", files=[("a.png", b"x" * 70_000)]).code
    with Traffic(house) as traffic:
        while len(traffic.taken) < 3:
            traffic.stop.wait(0.1)
        before = list(traffic.taken)
        said, copy, keys = backed_up(house, tmp_path / "kopior")
        after = len(traffic.taken)
    assert after > len(before), "nobody reported while it was copied"
    assert "Öppnat igen" in said
    house.stop()
    other = bare(house, tmp_path)
    other.varna("restore", str(copy), well=False)  # no keystore
    other.varna("restore", str(copy), "--keystore", str(keys))
    other.varna("keys", "check")
    other.varna("audit", "verify")
    try:
        other.start()
        assert "Före kopian" in Person(other).come_back(first)
        for words, code in before:
            assert words in Person(other).come_back(code)
    finally:
        other.kill()


@pytest.mark.once  # files, whatever the database is
def test_the_second_copy_costs_only_what_is_new(house, tmp_path):
    house.start("--no-worker")
    Person(house).report("Med bilaga", files=[("a.png", b"x" * 70_000)])
    _said, first, _keys = backed_up(house, tmp_path)
    _said, second, _keys = backed_up(house, tmp_path)
    assert first != second
    (old,), (new,) = first.glob("media/??/*"), second.glob("media/??/*")
    assert old.stat().st_ino == new.stat().st_ino


@pytest.mark.proves("F-21")
def test_an_older_keystore_is_refused_and_the_newest_stays(house, tmp_path):
    house.start("--no-worker")
    Person(house).report("Först")
    _said, _copy, old_keys = backed_up(house, tmp_path)
    later = Person(house).report("Sedan").code
    _said, copy, keys = backed_up(house, tmp_path)
    assert "i gång" in house.varna("restore", str(copy), well=False)
    house.stop()
    words = ("restore", str(copy), "--keystore")
    assert "utelämna" in house.varna(*words, str(keys), well=False)
    house.varna("restore", str(copy))
    house.varna("keys", "check")
    for end in ("", "-wal", "-shm"):
        (house.folder / f"keystore.sqlite3{end}").unlink(missing_ok=True)
    assert "äldre" in house.varna(*words, str(old_keys), well=False)
    assert "inget nyckelförråd" in house.varna(*words, str(copy / "owners"), well=False)
    house.varna(*words, str(keys))
    house.varna("keys", "check")
    house.start("--no-worker")
    assert "Sedan" in Person(house).come_back(later)


@pytest.mark.once  # files, whatever the database is
def test_a_copy_that_somebody_has_changed_is_refused(house, tmp_path):
    _said, copy, _keys = backed_up(house, tmp_path)
    database = next(copy.glob("database.*"))
    with database.open("r+b") as file:
        file.seek(100)
        file.write(b"!")
    before = (house.folder / "keystore.sqlite3").read_bytes()
    assert "ändrats" in house.varna("restore", str(copy), well=False)
    assert "ingen kopia" in house.varna("restore", str(tmp_path), well=False)
    assert (house.folder / "keystore.sqlite3").read_bytes() == before


DESTROY_AND_DISCARD = """
import uuid
from varna.foundation.keys.store import keystore
from varna.foundation.keys.rules import Compartment
from varna.reports.models import Report
keystore().shred([Report.unscoped.order_by("received_at").first().pk])
"""
SWEEP_UNUSED = """
import datetime as dt
from varna.foundation import clock
from varna.foundation.vault.sweeps import unused_keys
from varna.reports.models import Report
Report.unscoped.order_by("received_at").last().delete()
print("SWEPT", unused_keys(at=clock.now() + dt.timedelta(hours=26)))
"""


def test_what_was_destroyed_or_swept_keeps_no_copy_from_being_made_or_put_back(house, tmp_path):
    house.start("--no-worker")
    Person(house).report("Förstörs")
    kept = Person(house).report("Finns kvar").code
    Person(house).report("Städas bort senare")
    house.stop()
    house.do(DESTROY_AND_DISCARD)
    _said, copy, _keys = backed_up(house, tmp_path)
    assert "SWEPT 1" in house.do(SWEEP_UNUSED)
    house.varna("restore", str(copy))
    house.start("--no-worker")
    assert "Finns kvar" in Person(house).come_back(kept)


@pytest.mark.once  # files, whatever the database is
def test_what_a_killed_backup_left_is_taken_away(house, tmp_path):
    left = tmp_path / "copies" / ".20260101T000000Z"
    left.mkdir(parents=True)
    (left / "keystore.sqlite3").write_bytes(b"x")
    backed_up(house, tmp_path)
    assert not left.exists()


def test_a_damaged_database_is_kept_and_replaced(house, tmp_path):
    if house.name is not None:
        return  # a file of ours only on SQLite
    house.start("--no-worker")
    code = Person(house).report("Före skadan").code
    _said, copy, _keys = backed_up(house, tmp_path)
    house.stop()
    with (house.folder / "varna.sqlite3").open("r+b") as file:
        file.write(b"\0" * 4096)
    house.varna("restore", str(copy))
    (kept,) = house.folder.glob("before-restore-*/varna.sqlite3")
    assert kept.read_bytes()[:4] == b"\0" * 4
    house.start("--no-worker")
    assert "Före skadan" in Person(house).come_back(code)


def test_a_copy_is_put_back_over_a_later_versions_tables(house, tmp_path):
    if house.name is None:
        return  # SQLite's is replaced as a file
    _said, copy, _keys = backed_up(house, tmp_path)
    with house._connect() as connection:
        connection.execute("SELECT 1")
    house.do(
        "from django.db import connection; c = connection.cursor(); "
        "c.execute('CREATE TABLE later (report uuid REFERENCES reports_report (id))')"
    )
    house.varna("restore", str(copy))
    house.varna("keys", "check")


@pytest.mark.parametrize("words", [("backup", "run"), ("keys", "copy")])
@pytest.mark.proves("D8")
def test_on_a_full_disk_nothing_is_left_that_looks_like_a_copy(house, tmp_path, words):
    target = tmp_path / "small"
    with small_disk(target, "64k"):
        fill(target)
        place = target / "copies-here" if words[0] == "keys" else target
        said = house.varna(*words, str(place), well=False)
        assert "Traceback" not in said
        ours = {"ballast", ".lock"}
        left = [path for path in target.rglob("*") if path.is_file() and path.name not in ours]
        assert left == []


@pytest.mark.once  # files, whatever the database is
def test_health_knows_how_old_the_last_copy_is(tmp_path):
    with houses.opened(VARNA_BACKUP_HOURS="26") as house:
        house.start()
        assert '"backup": "fault"' in Person(house).get("/halsa/drift").text
        backed_up(house, tmp_path)
        assert '"backup": "ok"' in Person(house).get("/halsa/drift").text
