"""A whole installation moves to another database, and everything is still there."""

import os
import secrets

import postgres
from faults.house import Person
from faults.test_restored import a_case


def elsewhere(house):
    """Empty databases to move to, one after the other; of another kind where there is a server."""
    yield f"sqlite:///{house.folder / 'moved.sqlite3'}"
    if house.name is not None:
        server = os.environ["VARNA_TEST_DATABASE_URL"]
        yield postgres.make_database(server, f"moved_{secrets.token_hex(4)}")


def test_everything_goes_along_and_the_log_is_whole_on_both_sides(house):
    house.start("--no-worker")
    code, _number, pk = a_case(house)
    other = Person(house).report("Med bilaga", files=[("a.png", b"x" * 900)]).code
    for address in elsewhere(house):
        if house.running is None:
            house.start("--no-worker")
        assert "i gång" in house.varna("move", address, well=False)
        house.stop()
        said = house.varna("move", address)
        assert "Loggen är hel" in said
        house.varna("audit", "verify")
        assert "inte tom" in house.varna("move", address, well=False)
        house.environment["DATABASE_URL"] = address
        house.varna("keys", "check")
        house.start("--no-worker")
        assert "Kanarieanmälan" in Person(house).come_back(code)
        assert "a.png" in Person(house).come_back(other)
        assert "Kanariefallet" in Person(house).sign_in("handler").get(f"/arenden/{pk}/").text
        again = Person(house).report("Efter flytten").code
        assert "Efter flytten" in Person(house).come_back(again)


def test_a_database_that_cannot_be_reached_is_told_and_changes_nothing(house):
    said = house.varna("move", "postgres://nobody@127.0.0.1:1/nothing", well=False)
    assert "Traceback" not in said
    house.varna("keys", "check")
