"""Installations that tests start: what they are told, and the one that they are copies of."""

import datetime as dt
import functools
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path

import nursery
import postgres
from varna.foundation import clock


COMMAND = [sys.executable, "-m", "varna.site.command"]
ACCOUNTS = """
from varna.foundation import clock
from varna.foundation.access.actions import appoint
from varna.foundation.accounts import actions
from varna.foundation.accounts.rules import Role, system
at = clock.now()
names = {names!r}
for role, name in names.items():
    made = actions.open_account(email=role + "@example.se", name=name, by=system("tests"), at=at)
    appoint(made, Role(role), by=system("tests"), at=at)
    if role == "handler":
        actions.let_enrol(made, by=system("tests"), at=at)
"""
# One in each role; their addresses are the role's: handler@example.se.
NAMES = {
    "official": "Folke Ask",
    "handler": "Alva Lind",
    "lead": "Love Berg",
    "contact": "Kim Ek",
    "access_admin": "Berit Sten",
    "operator": "Otto Dal",
    "registrar": "Rut Hed",
    "plan_owner": "Per Vik",
}


def environment(folder: Path, database: str, **more: str) -> dict[str, str]:
    """Its own folder and database, and nothing of what this run itself is told.

    The daily digest is kept quiet: whatever the hour, no mail leaves but what the test asks for.
    """
    today = clock.today()
    quiet = [today + dt.timedelta(days=n) for n in (-1, 0, 1, 2)]
    own = {k: v for k, v in os.environ.items() if not k.startswith(("VARNA_", "EMAIL_"))}
    return own | {
        "VARNA_DEMO": "yes",
        "VARNA_VAR": str(folder),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "varna.site.settings",
        "VARNA_RESERVE_MB": "0",
        "VARNA_QUIET_DAYS": ",".join(day.isoformat() for day in quiet),
        **more,
    }


def run(environment: dict[str, str], *words: str) -> str:
    """What a command says, which must go well."""
    done = nursery.run(environment, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def made(folder: Path, *, kind: str = "house") -> tuple[str, str | None]:
    """A prepared installation with an account in each role in the folder, which is empty.

    Answer the address of its database and, on PostgreSQL, the database's name.
    """
    ready, template = _prepared()
    shutil.copytree(ready, folder, dirs_exist_ok=True)
    if template is None:
        return f"sqlite:///{folder / 'varna.sqlite3'}", None
    name = f"{kind}_{uuid.uuid4().hex[:10]}"
    server = os.environ["VARNA_TEST_DATABASE_URL"]
    return postgres.make_database(server, name, template=template), name


@functools.cache
def _prepared() -> tuple[Path, str | None]:
    """Prepared once a process, as `varna serve` prepares; copying is a tenth of the time."""
    folder = Path(tempfile.mkdtemp(prefix="varna-prepared-"))
    server = os.environ.get("VARNA_TEST_DATABASE_URL")
    name = f"prepared_{uuid.uuid4().hex[:10]}" if server else None
    database = f"sqlite:///{folder / 'varna.sqlite3'}"
    if server and name:
        database = postgres.make_database(server, name)
    inside = environment(folder, database)
    run(inside, "serve", "--prepare-only")
    run(inside, "shell", "--no-imports", "-c", ACCOUNTS.format(names=NAMES))
    return folder, name


def wait_until_alive(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers; the port opens when it is warm, and the machine may be busy."""
    ends = time.monotonic() + 120
    while time.monotonic() < ends and running.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/halsa/live", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    how = "in two minutes" if running.poll() is None else f"and ended with {running.poll()}"
    raise AssertionError(f"the server did not start {how}:\n{log.read_text()}")


def free_port() -> int:
    """Below those that the system gives to whoever asks, and a range for each worker: nobody else
    takes it between the question and the answer.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = 10_000 + 2_000 * (worker % 10)
    while True:
        number = random.SystemRandom().randrange(first, first + 2_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", number))
            except OSError:
                continue
            return number
