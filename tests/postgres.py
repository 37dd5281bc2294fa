"""A PostgreSQL of our own for the length of a test run: socket only, nothing survives it."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


# Where nothing that is written waits for a disk.
MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own in it)
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


def program(name: str) -> str | None:
    """Answer where a server program lies: Debian keeps them apart from the others."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    return str(kept[-1]) if kept else shutil.which(name)


def _version(path: Path) -> float:
    return float(path.parent.parent.name)


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root: answer somebody else to run it as."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Server:
    """A server in a folder of its own, which may be stopped and started again."""

    def __init__(self, folder: Path, haste: list[str]) -> None:
        self.folder, self.haste, self.user = folder, haste, _server_user()
        self.owner = self.user or pwd.getpwuid(os.geteuid()).pw_name
        self.address = f"postgres://{self.owner}@/postgres?host={folder}"
        self.running: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        if self.user:
            shutil.chown(self.folder, self.user)
        words = ["-U", self.owner, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        subprocess.run(
            [_needed("initdb"), "-D", self.folder / "data", *words],
            user=self.user, cwd=self.folder, check=True, capture_output=True,
        )  # fmt: skip

    def start(self) -> None:
        log = self.folder / "log"
        words: list[str | Path] = [
            "-k",
            self.folder,
            "-h",
            "",
            "-c",
            "max_connections=200",
            *self.haste,
        ]
        with log.open("wb") as file:
            self.running = subprocess.Popen(
                [_needed("postgres"), "-D", self.folder / "data", *words, *self.haste],
                user=self.user, cwd=self.folder, stdout=file, stderr=file,
            )  # fmt: skip
        _wait_until_ready(self.running, log)

    def stop(self, *, at_once: bool = False) -> None:
        """At once: as `pg_ctl stop -m immediate`, which leaves what is open to be made good."""
        if self.running is not None:
            self.running.send_signal(signal.SIGQUIT if at_once else signal.SIGTERM)
            self.running.wait(timeout=30)
            self.running = None


def _needed(name: str) -> str:
    found = program(name)
    if found is None:
        raise SystemExit("PostgreSQL's server programs are missing: apt install postgresql")
    return found


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """Start a server and take it away again.

    `durable`: as an installation runs it, every commit on disk; tests have no need of that.
    """
    where = MEMORY if MEMORY.is_dir() and not durable else None
    folder = Path(tempfile.mkdtemp(prefix="varna-pg-", dir=where))
    own = Server(folder, [] if durable else FAST)
    try:
        own.make()
        own.start()
        yield own
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def served(*, durable: bool = False) -> Iterator[str]:
    """Start a server, answer its address as DATABASE_URL wants it, and take it away again."""
    with server(durable=durable) as own:
        yield own.address


def _wait_until_ready(running: subprocess.Popen[bytes], log: Path) -> None:
    import time

    for _ in range(300):
        if "database system is ready" in log.read_text(errors="replace"):
            return
        if running.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def make_database(address: str, name: str, *, template: str = "template1") -> str:
    """Make another database on the same server, a copy of the template; answer its address."""
    import psycopg

    host = address.split("host=")[1]
    user = address.removeprefix("postgres://").partition("@")[0]
    with psycopg.connect(host=host, user=user, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return address.replace("@/postgres?", f"@/{name}?")


if __name__ == "__main__":
    with served() as address:
        print(address, flush=True)
        input()
