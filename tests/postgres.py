"""A PostgreSQL of our own for the length of a test run: socket only, nothing survives it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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


@contextmanager
def served(*, durable: bool = False) -> Iterator[str]:
    """Start a server, answer its address as DATABASE_URL wants it, and take it away again.

    `durable`: as an installation runs it, every commit on disk; tests have no need of that.
    """
    haste = [] if durable else FAST
    initdb, server = program("initdb"), program("postgres")
    if initdb is None or server is None:
        raise SystemExit("PostgreSQL's server programs are missing: apt install postgresql")
    user = _server_user()
    owner = user or pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="varna-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        data, log = folder / "data", folder / "log"
        subprocess.run(
            [
                initdb,
                "-D",
                data,
                "-U",
                owner,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            user=user,
            cwd=folder,
            check=True,
            capture_output=True,
        )
        with log.open("wb") as file:
            running = subprocess.Popen(
                [server, "-D", data, "-k", folder, "-h", "", "-c", "max_connections=200", *haste],
                user=user,
                cwd=folder,
                stdout=file,
                stderr=file,
            )
        try:
            _wait_until_ready(folder, running, log)
            yield f"postgres://{owner}@/postgres?host={folder}"
        finally:
            running.terminate()
            running.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(folder: Path, running: subprocess.Popen[bytes], log: Path) -> None:
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
