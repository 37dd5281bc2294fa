"""PostgreSQL stops at once under load, or answers slowly: nothing promised is lost."""

import os
import subprocess
import time
from pathlib import Path

import pytest

import postgres
from faults import seeds
from faults.house import Person
from faults.proxy import Slow
from faults.senders import Senders


pytestmark = pytest.mark.skipif("VARNA_TEST_DATABASE_URL" not in os.environ, reason="PostgreSQL's")
REPORTS, STOPS = 60, 2


@pytest.fixture
def server():
    with postgres.server(durable=True) as server:
        yield server


def moved_to(house, server):
    """The house's database on a server of its own."""
    address = postgres.make_database(server.address, house.name)
    command = [postgres.program("psql"), "-q", "-h", server.folder, "-U", server.owner, house.name]
    subprocess.run(command, input=house.dump(), check=True, capture_output=True)
    house.environment["DATABASE_URL"] = address


@pytest.mark.proves("F-09")
def test_a_database_that_stops_at_once_under_load_loses_nothing_promised(house, server):
    chance = seeds.chance()
    moved_to(house, server)
    house.start("--no-worker")
    with Senders(house, REPORTS) as senders:
        for _ in range(STOPS):
            time.sleep(chance.uniform(0.5, 1.5))
            server.stop(at_once=True)
            while_away = Person(house).get("/halsa/redo").status
            server.start()
            assert while_away == 503
    assert len(senders.shown) == REPORTS
    assert not [answer for answer in senders.answers if answer[1]]
    for code, words in senders.shown.items():
        assert words in Person(house).come_back(code)
    house.stop()
    house.varna("audit", "sign")
    house.varna("audit", "verify")
    house.varna("keys", "check")


@pytest.mark.proves("F-11", part=True)
def test_a_slow_database_keeps_nobody_out_for_good(house):
    """More people at once than there are threads; what needs no database answers meanwhile."""
    near = Path(os.environ["VARNA_TEST_DATABASE_URL"].split("host=")[1])
    with Slow(near / ".s.PGSQL.5432", seconds=0.1) as proxy:
        address = house.environment["DATABASE_URL"]
        house.environment["DATABASE_URL"] = address.replace(str(near), str(proxy.folder))
        house.start("--no-worker")
        with Senders(house, 24) as senders:
            assert Person(house).get("/halsa/live").status == 200
        assert proxy.passed > 24
        assert len(senders.shown) == 24
        assert {status for status, _ in senders.answers} <= {200, 503}
        proxy.seconds = 0
        again = Person(house).report("Efteråt").code
        for code, words in {**senders.shown, again: "Efteråt"}.items():
            assert words in Person(house).come_back(code)
