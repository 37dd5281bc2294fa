"""A full disk: words get through where they can, and where they cannot we say whom to call."""

import subprocess
from contextlib import contextmanager

import pytest

from faults import house as houses
from faults.house import Person


PHONE = "031-390 06 99"  # the demonstration's, from the settings
WALL = 4096 * 200


def may_mount(folder):
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


@contextmanager
def small_disk(folder, size):
    """A file system of its own with room for so much; answers a way to fill and to empty it."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder):
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            return ballast
    return ballast


def limited(size):
    """Files of this process and its children may not grow beyond so much."""
    import resource

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def is_a_kind_refusal(answer):
    """It says why, keeps what was written, and tells whom to call."""
    assert answer.status == 503
    assert answer.code is None
    assert "inte plats kvar" in answer.text
    assert "Utan plats" in answer.text
    assert "112" in answer.text
    assert PHONE in answer.text
    return True


@pytest.mark.proves("T24", "F-06")
def test_where_no_file_fits_the_words_are_taken_and_the_file_refused(house):
    house.start(before=limited(6_000_000))
    person = Person(house)
    token = person.token()
    answer = person.report("Orden ska fram", token=token, files=[("stor.png", b"x" * 9_000_000)])
    assert answer.status == 422
    assert answer.code is None
    assert "stor.png" in answer.text
    assert "Orden ska fram" in answer.text
    again = person.report("Orden ska fram", token=token)
    assert "Orden ska fram" in Person(house).come_back(again.code)
    assert not list((house.folder / "media").glob("??/*.sealed"))


@pytest.fixture
def two_disks(request):
    """An installation whose keystore lies on a small disk of its own."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="varna-disk-") as name:
        folder = Path(name) / "small"
        if not may_mount_at(folder):
            pytest.fail("this test wants a small disk of its own: run it as root")
        with small_disk(folder, getattr(request, "param", "3m")):
            yield folder


def may_mount_at(folder):
    folder.mkdir(parents=True, exist_ok=True)
    if not may_mount(str(folder)):
        return False
    subprocess.run(["umount", str(folder)], check=True)
    return True


def fail_and_recover(house, disk):
    house.start()
    first = Person(house).report("Före").code
    assert first
    ballast = fill(disk)
    answers = [Person(house).report(f"Utan plats {n} " + "x" * 15_000) for n in range(40)]
    refused = [answer for answer in answers if answer.code is None]
    taken = [answer for answer in answers if answer.code]
    assert refused
    assert all(is_a_kind_refusal(answer) for answer in refused)
    ballast.unlink()
    after = Person(house).report("Efter").code
    assert "Efter" in Person(house).come_back(after)
    assert "Före" in Person(house).come_back(first)
    for answer in taken:
        assert "Utan plats" in Person(house).come_back(answer.code)
    house.stop()
    house.varna("keys", "check")


@pytest.mark.proves("T24", "F-08")
def test_a_full_keystore_disk_shows_whom_to_call_and_no_receipt(two_disks):
    with houses.opened() as house:
        move_keystore(house, two_disks)
        fail_and_recover(house, two_disks)


@pytest.mark.proves("T24", "F-07")
def test_a_full_database_disk_shows_whom_to_call_and_no_receipt(two_disks):
    with houses.opened() as house:
        if house.name is not None:
            return  # PostgreSQL's own disk is its server's business
        move_database(house, two_disks)
        fail_and_recover(house, two_disks)


@pytest.mark.parametrize("two_disks", ["8m"], indirect=True)
@pytest.mark.proves("D8")
def test_on_a_full_disk_words_are_received_with_the_room_that_is_kept_for_them(two_disks):
    """No byte is free, on the keystore's disk or the database's."""
    with houses.opened(VARNA_RESERVE_MB="1") as house:
        move_keystore(house, two_disks)
        if house.name is None:
            move_database(house, two_disks)
        house.start("--no-worker")
        assert (two_disks / ".reserve").stat().st_size == 1024**2
        ballast = fill(two_disks)
        code = Person(house).report("Orden ska fram").code
        assert code
        assert not (two_disks / ".reserve").exists()
        assert '"reserve": "fault"' in Person(house).get("/halsa/drift").text
        ballast.unlink()
        assert "Orden ska fram" in Person(house).come_back(code)
        house.varna("worker", "--once")
        assert (two_disks / ".reserve").exists()


def move_keystore(house, disk):
    (disk / "keystore.sqlite3").write_bytes((house.folder / "keystore.sqlite3").read_bytes())
    house.environment["VARNA_KEYSTORE"] = str(disk / "keystore.sqlite3")


def move_database(house, disk):
    (disk / "varna.sqlite3").write_bytes((house.folder / "varna.sqlite3").read_bytes())
    house.environment["DATABASE_URL"] = f"sqlite:///{disk / 'varna.sqlite3'}"
