"""A copy of the database in one file, and rows read from it, for SQLite and for PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from varna.foundation.whole import written_whole


class CopyError(Exception):
    """A copy could not be made, read or put back; its words say why."""


def engine() -> str:
    return str(connection.vendor)


def name() -> str:
    return "database.sqlite3" if engine() == "sqlite" else "database.dump"


def dump(path: Path) -> None:
    """One moment of the database, whatever is written meanwhile."""
    if engine() == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
    else:
        _postgres("pg_dump", "--format=custom", f"--file={path}")


def keep(folder: Path) -> None:
    """Keep what is here, before something else comes in its place. A file that is too damaged to be
    dumped is kept as it is.
    """
    try:
        dump(folder / name())
    except DatabaseError:
        if engine() != "sqlite":
            raise
        connection.close()
        for path in _sqlite_files():
            shutil.copy2(path, folder / path.name)


def _sqlite_files() -> list[Path]:
    here = Path(connection.settings_dict["NAME"])
    found = (here.with_name(here.name + end) for end in ("", "-wal", "-shm"))
    return [path for path in found if path.exists()]


def put_back(path: Path) -> None:
    """Put a whole database in place of the one that is there."""
    if engine() == "sqlite":
        here = Path(connection.settings_dict["NAME"])
        connection.close()
        with written_whole(here) as unfinished:
            shutil.copyfile(path, unfinished)
            for old in _sqlite_files():
                if old != here:  # it would be read into the one that comes
                    old.unlink()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # Also what the copy knows nothing of: tables of a later version.
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()
    words = ("--single-transaction", "--no-owner")
    _postgres("pg_restore", *words, "--dbname", _address()["PGDATABASE"], str(path))


def rows(path: Path, table: str, column: str) -> Iterator[dict[str, Any]]:
    """From the copy itself: the rows in which the column holds something."""
    read = _sqlite_rows if path.suffix == ".sqlite3" else _postgres_rows
    return read(path, table, column)


def _sqlite_rows(path: Path, table: str, column: str) -> Iterator[dict[str, Any]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as copy:
        copy.row_factory = sqlite3.Row
        query = f'SELECT * FROM "{table}" WHERE "{column}" IS NOT NULL'  # noqa: S608 (a model's own names)
        for row in copy.execute(query):
            yield dict(row)


def _postgres_rows(path: Path, table: str, column: str) -> Iterator[dict[str, Any]]:
    """Of what COPY writes as text. A line ends with a line feed, and with nothing else."""
    names: list[str] = []
    words = [_program("pg_restore"), "--data-only", f"--table={table}", "--file=-", str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reading:  # noqa: S603 (our own words)
        assert reading.stdout is not None  # noqa: S101 (it was asked for)
        try:
            for raw in reading.stdout:
                line = raw.decode().removesuffix("\n")
                if line.startswith("COPY "):
                    said = line.partition("(")[2].partition(")")[0]
                    names = [one.strip(' "') for one in said.split(",")]
                elif names and "\t" in line:
                    row: dict[str, Any] = dict(zip(names, line.split("\t"), strict=True))
                    if row[column] != "\\N":
                        yield row | {column: bytes.fromhex(row[column].removeprefix("\\\\x"))}
        finally:
            reading.kill()


def _address() -> dict[str, str]:
    """Whom libpq's programs are to talk to."""
    given = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}
    return {name: str(given[key]) for key, name in names.items() if given.get(key)}


def _postgres(program: str, *words: str) -> str:
    """Run one of PostgreSQL's programs; answer what it wrote."""
    with _password() as (named, files):
        done = subprocess.run(  # noqa: S603 (our own words)
            [_program(program), *words],
            env={**os.environ, **_address(), **named},
            pass_fds=files,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:]
        raise CopyError(f"{program}: {''.join(said) or done.returncode}")
    return done.stdout


@contextmanager
def _password() -> Iterator[tuple[dict[str, str], tuple[int, ...]]]:
    """The password in a file that lies in memory: it never stands among words or in an environment,
    where others could read it.
    """
    password = connection.get_connection_params().get("password")
    if not password:
        yield {}, ()
        return
    file = os.memfd_create("passfile")
    try:
        os.fchmod(file, 0o600)
        escaped = str(password).replace("\\", "\\\\").replace(":", "\\:")
        os.write(file, f"*:*:*:*:{escaped}\n".encode())
        yield {"PGPASSFILE": f"/proc/self/fd/{file}"}, (file,)
    finally:
        os.close(file)


def _program(name: str) -> str:
    """Debian keeps those of each version apart; the newest can read what the others wrote."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[4]))
    found = str(kept[-1]) if kept else shutil.which(name)
    if found is None:
        raise CopyError(_("%s is missing; on Debian: apt install postgresql-client") % name)
    return found
