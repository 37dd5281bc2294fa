"""What a copy says of itself, how long it is kept, and when it may be put back."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varna.operation.rules.copies import (
    Beside,
    Manifest,
    Obstacle,
    made_at,
    outlived,
    read_manifest,
    stamp,
    why_not_restore,
)


NOW = dt.datetime(2026, 11, 25, 1, 30, tzinfo=dt.UTC)
COPY = Manifest("a", NOW.isoformat(), "0.2.0", "sqlite", "database.sqlite3", "x", 3, 2, 5)
WELL = {"engine": "sqlite", "sha256": "x", "keys": Beside("a", 5, 0)}


def test_a_manifest_is_read_as_it_was_written():
    assert read_manifest(COPY.written()) == COPY


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"installation": "a"}'])
def test_what_is_no_manifest_is_told(text):
    with pytest.raises(ValueError, match=r"(?s).*"):
        read_manifest(text)


@given(st.integers(0, 10**9))
def test_a_copys_name_tells_when_it_was_made(seconds):
    moment = NOW - dt.timedelta(seconds=seconds)
    assert made_at(stamp(moment)) == moment
    assert made_at(f"{stamp(moment)}.sqlite3") == moment


@given(st.lists(st.integers(0, 200), unique=True), st.integers(1, 100))
def test_the_newest_stays_and_nothing_goes_before_its_time(ages, kept):
    names = {age: stamp(NOW - dt.timedelta(days=age)) for age in ages}
    gone = set(outlived(names.values(), at=NOW, kept=dt.timedelta(days=kept)))
    for age, name in names.items():
        assert (name in gone) == (age > kept and age not in sorted(ages)[:3])


def test_a_clock_that_has_leapt_takes_only_what_newer_copies_stand_beside():
    days = [NOW - dt.timedelta(days=n) for n in range(5)]
    names = [stamp(moment) for moment in days]
    leapt = stamp(NOW + dt.timedelta(days=400))
    gone = outlived([*names, leapt], at=NOW + dt.timedelta(days=400), kept=dt.timedelta(days=35))
    assert sorted(gone) == sorted(names[2:])


def test_what_is_no_copy_is_never_taken_away():
    assert outlived(["anteckningar.txt", "lost+found"], at=NOW, kept=dt.timedelta(0)) == []


def test_a_copy_beside_its_own_newest_keystore_is_put_back():
    assert why_not_restore(COPY, **WELL) is None
    later = Beside("a", 9, 0)
    assert why_not_restore(COPY, **WELL | {"keys": later}) is None
    silent = Beside(None, 5, 0)
    assert why_not_restore(COPY, **WELL | {"keys": silent}) is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"engine": "postgresql"}, Obstacle.OTHER_ENGINE),
        ({"sha256": "y"}, Obstacle.CHANGED),
        ({"keys": None}, Obstacle.NO_KEYS),
        ({"keys": Beside("b", 5, 0)}, Obstacle.OTHER_INSTALLATION),
        ({"keys": Beside("a", 4, 0)}, Obstacle.OLDER_KEYS),
        ({"keys": Beside("a", 5, 1)}, Obstacle.OLDER_KEYS),
    ],
)
def test_what_would_lose_or_bring_back_is_refused(change, why):
    assert why_not_restore(COPY, **WELL | change) is why
