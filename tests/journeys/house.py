"""A real installation for the journeys: its own folder, keystore, database, server and worker."""

import email
import email.policy
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import postgres


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


class House:
    """The installation: its address, its mails, and a way to do something inside it."""

    def __init__(self, folder: Path, database: str, port: int, **more: str) -> None:
        self.folder = folder
        self.port = port
        self.url = f"http://localhost:{port}"
        self.elsewhere = (
            f"http://127.0.0.1:{port}/halsa/live"  # another origin: where leaving leads
        )
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("VARNA_", "EMAIL_"))}
        self.environment = (
            clean
            | {
                "VARNA_DEMO": "yes",
                "VARNA_VAR": str(folder),
                "DATABASE_URL": database,
                "DJANGO_SETTINGS_MODULE": "varna.site.settings",
                "VARNA_EXIT_URL": self.elsewhere,
                "VARNA_ADDRESS": self.url,
            }
            | more
        )

    def varna(self, *words: str) -> str:
        command = [sys.executable, "-m", "varna.site.command", *words]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def do(self, code: str) -> str:
        """Run Python inside the installation; answer what it prints."""
        return self.varna("shell", "--no-imports", "-c", code)

    def mails(self, address: str) -> list[str]:
        """Mails that have left for somebody, oldest first."""
        found = sorted((self.folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime)
        # The file has a line of dashes after the mail.
        mails = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in found
        ]
        return [mail.get_content() for mail in mails if mail["To"] == address]

    def wait_for_mail(self, address: str, *, after: int = 0) -> str:
        for _ in range(150):
            found = self.mails(address)
            if len(found) > after:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"no mail came to {address}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def opened(**more: str) -> Iterator[House]:
    """Prepare an installation with an account in each role, serve it, and take it away. `more` is
    what else its environment says.
    """
    with tempfile.TemporaryDirectory(prefix="varna-house-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = os.environ.get("VARNA_TEST_DATABASE_URL")
        database = f"sqlite:///{folder / 'varna.sqlite3'}"
        if server:
            database = postgres.make_database(server, f"house_{uuid.uuid4().hex[:10]}")
        house = House(folder, database, free_port(), **more)
        house.varna("serve", "--prepare-only")
        house.do(ACCOUNTS.format(names=NAMES))
        with (folder / "log").open("wb") as log:
            command = [sys.executable, "-m", "varna.site.command", "serve"]
            running = subprocess.Popen(
                [*command, "--port", str(house.port)],
                env=house.environment,
                stdout=log,
                stderr=log,
            )
            try:
                _wait_until_alive(house, running)
                yield house
            finally:
                running.terminate()
                running.wait(timeout=30)


def _wait_until_alive(house: House, running: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{house.url}/halsa/live", timeout=2):
                return
        except OSError:
            if running.poll() is not None:
                break
            time.sleep(0.1)
    raise AssertionError("the server did not start:\n" + (house.folder / "log").read_text())
