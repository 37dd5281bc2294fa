"""What a request brings, while it comes: whole, never in clear on disk, never too much."""

import os

import pytest

from varna.foundation.vault import space, spool
from varna.foundation.vault.spool import CHUNK, IN_MEMORY, WORDS, Spool


MANY = 1 << 40
CANARY = b"kanariekropp"


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.MEDIA = tmp_path
    space.HELD.forget()
    yield
    space.HELD.forget()


def filled(body, *, by=10_000, most=MANY):
    made = Spool(most)
    for start in range(0, len(body), by):
        made.append(body[start : start + by])
    return made


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK, 3_000_000])
@pytest.mark.parametrize("piece", [-1, 1000, CHUNK, 1_000_000])
def test_what_came_is_read_as_it_came(size, piece):
    body = os.urandom(size)
    made, found = filled(body), b""
    assert len(made) == size
    while part := made.read(piece):
        found += part
    assert found == body


def test_lines_are_read_one_by_one():
    made = filled(b"ett\ntv\xc3\xa5\n\nsist")
    assert [made.readline() for _ in range(5)] == [b"ett\n", b"tv\xc3\xa5\n", b"\n", b"sist", b""]


def test_nothing_lies_in_clear_on_disk_or_under_a_name(tmp_path):
    made = filled(CANARY * 100_000)
    written = os.pread(made._file, 1 << 24, 0)
    assert len(written) > 1_000_000
    assert CANARY not in written
    assert not list(tmp_path.iterdir())
    assert os.fstat(made._file).st_nlink == 0


def test_a_little_never_meets_the_disk():
    assert filled(b"x" * (IN_MEMORY * CHUNK))._file == -1


def test_what_is_more_than_may_be_is_dropped_and_still_counted():
    made = filled(b"x" * 500_000, most=200_000)
    assert len(made) == 500_000
    assert made.read() == b"x" * 200_000


def test_where_the_disk_takes_no_more_words_still_get_through(settings):
    settings.DISK_FLOOR_BYTES = 1 << 62
    words = os.urandom(2_500_000)
    assert filled(words).read() == words
    body = os.urandom(20_000_000)
    made = filled(body)
    found = made.read()
    assert len(found) <= (IN_MEMORY + WORDS + 2) * CHUNK
    assert body.startswith(found)


def test_all_of_them_together_are_not_more_than_may_be(monkeypatch):
    monkeypatch.setattr(spool, "MOST_ON_DISK", 1_000_000)
    first, second = filled(b"x" * 900_000), filled(b"y" * 30_000_000)
    assert first.read() == b"x" * 900_000
    assert len(second.read()) < 10_000_000
    first.close()
    second.close()
    assert filled(b"z" * 900_000).read() == b"z" * 900_000
