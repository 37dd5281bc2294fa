"""The secrets that a server is started with cannot be read in the environment of its processes."""

import secrets
from pathlib import Path

import pytest

from faults import house as houses
from faults.house import Person


def family(pid):
    """The process and everything that it has started."""
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(") ")[2].split()[1])
        except OSError:
            continue  # it has ended meanwhile
        if parent == pid:
            found += family(int(path.parent.name))
    return found


@pytest.fixture
def told():
    """A server that is told its keys by the environment."""
    with houses.opened() as house:
        key = (house.folder / "root.key").read_text().strip()
        (house.folder / "root.key").unlink()
        said = {
            "VARNA_KEY_PROVIDER": "env",
            "VARNA_ROOT_KEY": key,
            "SECRET_KEY": secrets.token_urlsafe(48),
        }
        house.environment |= said
        yield house, [said["VARNA_ROOT_KEY"], said["SECRET_KEY"], house.environment["DATABASE_URL"]]


def test_no_process_shows_a_secret_and_all_of_them_have_what_they_need(told):
    house, hidden = told
    house.start()
    code = Person(house).report("Ett brev").code
    assert "Ett brev" in Person(house).come_back(code)
    processes = family(house.running.pid)
    assert len(processes) >= 4  # serve, the worker, gunicorn and what answers
    for pid in processes:
        shown = Path(f"/proc/{pid}/environ").read_text()
        assert "VARNA_VAR" in shown
        for value in hidden:
            assert value not in shown, Path(f"/proc/{pid}/cmdline").read_text()
    house.stop()
    house.varna("keys", "check")
    house.varna("audit", "verify")
