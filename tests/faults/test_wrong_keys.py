"""A lost or strange keystore, root key or database: nothing is made anew beside what has lived."""

import json

import pytest

import installation
from faults.house import Person


KEYS = ("keystore.sqlite3", "keystore.sqlite3-wal", "keystore.sqlite3-shm")


def move(house, names, to):
    to.mkdir(exist_ok=True)
    for name in names:
        if (house.folder / name).exists():
            (house.folder / name).rename(to / name)


def bring_back(house, away):
    for path in away.iterdir():
        path.rename(house.folder / path.name)


def there(house):
    return {path.name for path in house.folder.iterdir()}


@pytest.fixture
def lived(house):
    """An installation with a report in it; it answers the report's code."""
    house.start("--no-worker")
    house.code = Person(house).report("Före").code
    house.stop()
    return house


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        pytest.param(KEYS, "nyckelförråd", id="keystore"),
        pytest.param(("root.key",), "rotnyckel", id="root", marks=pytest.mark.once),
        pytest.param((*KEYS, "root.key"), "rotnyckel", id="both", marks=pytest.mark.once),
    ],
)
@pytest.mark.proves("D1", "T24")
def test_what_is_lost_is_not_made_anew(lived, tmp_path, lost, said):
    move(lived, lost, tmp_path / "away")
    before = there(lived)
    assert said in lived.varna("serve", "--prepare-only", well=False)
    assert said in lived.varna("keys", "init", well=False)
    lived.varna("keys", "check", well=False)
    assert there(lived) - before <= {"static"}
    bring_back(lived, tmp_path / "away")
    lived.varna("keys", "check")
    lived.start()
    assert "Före" in Person(lived).come_back(lived.code)


@pytest.mark.once
def test_an_empty_database_beside_a_full_keystore_stops_the_start(lived, tmp_path):
    lived.environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'nothing.sqlite3'}"
    assert "är tom" in lived.varna("serve", "--prepare-only", well=False)


def test_another_installations_keystore_stops_the_start(lived, tmp_path):
    other = tmp_path / "other"
    inside = installation.environment(other, f"sqlite:///{other / 'varna.sqlite3'}")
    installation.run(inside, "serve", "--prepare-only")
    for name in (*KEYS, "root.key"):
        (lived.folder / name).unlink(missing_ok=True)
        if (other / name).exists():
            (lived.folder / name).write_bytes((other / name).read_bytes())
    assert "inte det som" in lived.varna("serve", "--prepare-only", well=False)
    lived.varna("keys", "check", well=False)


@pytest.mark.once  # the keystore is a file, whatever the database is
def test_while_the_keystore_is_away_no_report_is_taken_and_health_says_so(lived, tmp_path):
    lived.start()
    person = Person(lived)
    token = person.token()
    move(lived, KEYS, tmp_path / "away")
    for answer in (person.get("/anmal/"), person.report("Utan nyckelförråd", token=token)):
        assert answer.code is None
        assert "112" in answer.text
    health = Person(lived).get("/halsa/redo")
    assert health.status == 503
    assert json.loads(health.text)["keystore"] == "fault"
    bring_back(lived, tmp_path / "away")
    assert json.loads(Person(lived).get("/halsa/redo").text)["keystore"] == "ok"
    after = Person(lived).report("Efter").code
    assert "Efter" in Person(lived).come_back(after)
    assert "Före" in Person(lived).come_back(lived.code)


@pytest.mark.proves("D1")
def test_in_a_fresh_keystore_no_report_is_taken(lived, tmp_path):
    """The volume was not mounted, and somebody made a keystore by hand."""
    lived.start()
    person = Person(lived)
    token = person.token()
    move(lived, KEYS, tmp_path / "away")
    lived.do("from varna.foundation.keys.store import keystore; keystore().create()")
    assert person.report("I ett främmande förråd", token=token).code is None
    assert Person(lived).report("I ett främmande förråd").code is None
    page = Person(lived).post("/tillbaka/", {"code": lived.code})
    assert page.status != 200
    assert "förstör" not in page.text
