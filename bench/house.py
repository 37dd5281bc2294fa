"""An installation to measure: real server, real keystore, real database, fsync on."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


COMMAND = [sys.executable, "-m", "varna.site.command"]
MANY = "100000000"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """One installation and, while it runs, its server."""

    def __init__(self, folder: Path, database: str | None) -> None:
        self.folder, self.port = folder, free_port()
        self.running: subprocess.Popen[bytes] | None = None
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("VARNA_", "EMAIL_"))}
        self.environment = clean | {
            "VARNA_DEMO": "yes",
            "VARNA_VAR": str(folder),
            "DATABASE_URL": database or f"sqlite:///{folder / 'varna.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "varna.site.settings",
            # What is measured is the work, not the brake on a flood.
            "VARNA_LIMIT_REPORTS_PER_SENDER": MANY,
            "VARNA_LIMIT_REPORTS_IN_ALL": MANY,
        }

    def varna(self, *words: str) -> str:
        done = subprocess.run(
            [*COMMAND, *words], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        return done.stdout

    def fill(self, cases: int) -> list[str]:
        """Cases up to so many; answers the ids of some of them."""
        return self._own("bench.fill", str(cases)).split()

    def sign(self, sizes: tuple[int, ...]) -> dict[str, float]:
        """Milliseconds to sign the log, by how many lines it has."""
        found: dict[str, float] = json.loads(self._own("bench.signing", *map(str, sizes)))
        return found

    def _own(self, module: str, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        return done.stdout

    def start(self, *words: str) -> float:
        """Serve; answer the seconds until the first 200."""
        began = time.monotonic()
        with (self.folder / "log").open("ab") as log:
            self.running = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port), *words],
                env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
        while time.monotonic() - began < 120:
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{self.port}/anmal/", timeout=5
                ) as page:
                    page.read()
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.01)
        raise SystemExit((self.folder / "log").read_text())

    def stop(self) -> None:
        if self.running is not None:
            self.running.terminate()
            self.running.wait(timeout=40)
            self.running = None

    def memory(self) -> float:
        """The largest resident size of gunicorn's workers, in megabytes."""
        if self.running is None:
            return 0.0
        sizes = []
        for pid in _below(self.running.pid):
            status = Path(f"/proc/{pid}/status").read_text()
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"gunicorn" in command:
                sizes.append(int(status.split("VmRSS:")[1].split()[0]) / 1024)
        return max(sizes, default=0.0)


def _below(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children] + [
        far for child in children for far in _below(int(child))
    ]


@contextmanager
def opened(database: str | None, *, filled: bool = True) -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="varna-bench-", ignore_cleanup_errors=True) as name:
        house = House(Path(name), database)
        house.varna(*(("demo", "--fill-only") if filled else ("serve", "--prepare-only")))
        try:
            yield house
        finally:
            house.stop()
