"""A worker that dies beside the server is started again."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from faults.house import Person


def workers(house):
    """The processes that work for this installation's server."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            words = path.with_name("cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if parent == house.running.pid and b"worker" in words:
            found.append(int(path.parent.name))
    return found


def wait_for(true, seconds=60):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = true()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come to be")


@pytest.mark.once  # a process beside another; no database is asked
@pytest.mark.proves("D11")
def test_a_worker_that_was_killed_is_started_again_and_works(house):
    house.start()
    (first,) = wait_for(lambda: workers(house))
    os.kill(first, signal.SIGKILL)
    (second,) = wait_for(lambda: [pid for pid in workers(house) if pid != first])
    assert second != first
    well = lambda: json.loads(Person(house).get("/halsa/redo").text)["worker"] == "ok"  # noqa: E731
    wait_for(well)
    house.stop()
    assert not Path(f"/proc/{second}").exists()
