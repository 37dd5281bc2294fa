"""The clock goes back and forth under a running server: nothing lasts longer, nothing is lost."""

import datetime as dt
import json
import re
import time

import pytest

import moment
from faults.house import Person


HOUR, YEAR = dt.timedelta(hours=1), dt.timedelta(days=365)


@pytest.fixture
def hand(house):
    hand = moment.Hand(house.folder.parent)
    house.environment |= hand.environment
    return hand


def is_in(person):
    answer = person.get("/arenden/")
    assert answer.status == 200, answer.text
    return "/konto/logga-in/" not in answer.url


def heads_when_signed(house):
    """How many there are when `varna audit sign` has been run: one process for both."""
    return int(re.findall(r"\d+", house.do("""
from django.core.management import call_command
from varna.foundation.audit.models import Checkpoint
call_command("audit", "sign")
print(Checkpoint.unscoped.count())
"""))[-1])  # fmt: skip


@pytest.mark.proves("F-19", part=True)
def test_a_clock_that_goes_back_and_forth_prolongs_nothing_and_loses_nothing(house, hand):
    house.start("--no-worker")
    handler, reporter = Person(house).sign_in("handler"), Person(house)
    codes = [Person(house).report("Före").code]
    own = reporter.post("/tillbaka/", {"code": codes[0]})
    assert "Före" in own.text
    assert is_in(handler)
    hand.move(-HOUR)
    codes.append(Person(house).report("En timme bakåt").code)
    hand.move(YEAR)
    codes.append(Person(house).report("Ett år framåt").code)
    assert not is_in(handler)
    assert "Före" not in reporter.get(own.url).text
    signed = heads_when_signed(house)
    hand.move(dt.timedelta())
    assert not is_in(handler), "what has ended does not come back with the clock"
    assert "Före" not in reporter.get(own.url).text
    codes.append(Person(house).report("Tillbaka").code)
    again = heads_when_signed(house)
    assert again > signed, "what is written after the clock came back is signed"
    for code, words in zip(codes, ("Före", "bakåt", "framåt", "Tillbaka"), strict=True):
        assert words in Person(house).come_back(code)
    hand.move(YEAR + HOUR)
    assert heads_when_signed(house) > again
    house.varna("audit", "verify")


@pytest.mark.proves("F-19", part=True)
def test_a_year_ahead_old_copies_stay_and_everybody_is_told_until_it_is_confirmed(house, hand):
    house.start()
    target = house.folder / "copies"
    for _number in range(4):
        house.varna("backup", "run", str(target))
        time.sleep(1.1)  # a copy is named by its second
    hand.move(YEAR)
    assert health(house)["clock"] == "fault"
    house.varna("backup", "run", str(target))
    assert len(list((target / "copies").iterdir())) == 5, "none is taken away"
    house.varna("clock", "confirm")
    assert health(house)["clock"] == "ok"
    house.varna("backup", "run", str(target))
    assert len(list((target / "copies").iterdir())) == 3
    hand.move(dt.timedelta())
    assert health(house)["clock"] == "fault", "back again is a leap too"


def health(house):
    return json.loads(Person(house).get("/halsa/redo").text)
