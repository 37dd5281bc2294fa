"""A real installation for the journeys: its own folder, keystore, database, server and worker."""

import email
import email.policy
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import installation


AFTER_A_MAIL = b"-" * 79


class House:
    """The installation: its address, its mails, and a way to do something inside it."""

    def __init__(self, folder: Path, database: str, port: int, **more: str) -> None:
        self.folder = folder
        self.port = port
        self.url = f"http://localhost:{port}"
        self.elsewhere = (
            f"http://127.0.0.1:{port}/halsa/live"  # another origin: where leaving leads
        )
        ours = {"VARNA_EXIT_URL": self.elsewhere, "VARNA_ADDRESS": self.url}
        self.environment = installation.environment(folder, database, **(ours | more))

    def varna(self, *words: str) -> str:
        return installation.run(self.environment, *words)

    def do(self, code: str) -> str:
        """Run Python inside the installation; answer what it prints."""
        return self.varna("shell", "--no-imports", "-c", code)

    def mails(self, address: str) -> list[str]:
        """Mails that have left for somebody, oldest first."""
        found = sorted((self.folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime)
        # A line of dashes follows each mail; two that leave in one second may share a file.
        mails = [
            email.message_from_bytes(one.lstrip(b"\n"), policy=email.policy.default)
            for path in found
            for one in path.read_bytes().split(AFTER_A_MAIL)
            if one.strip()
        ]
        return [mail.get_content() for mail in mails if mail["To"] == address]

    def wait_for_mail(self, address: str, *, after: int = 0, seconds: int = 15) -> str:
        for _ in range(seconds * 10):
            found = self.mails(address)
            if len(found) > after:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"no mail came to {address}")


@contextmanager
def opened(**more: str) -> Iterator[House]:
    """Serve an installation with an account in each role, and take it away. `more` is what else its
    environment says.
    """
    with tempfile.TemporaryDirectory(prefix="varna-house-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        database, _name = installation.made(folder)
        house = House(folder, database, installation.free_port(), **more)
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                [*installation.COMMAND, "serve", "--port", str(house.port)],
                env=house.environment,
                stdout=log,
                stderr=log,
            )
            try:
                installation.wait_until_alive(house.url, running, folder / "log")
                yield house
            finally:
                running.terminate()
                running.wait(timeout=30)
