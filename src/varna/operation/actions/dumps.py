"""A copy of the database in one file, and rows read from it, for SQLite and for PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _


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


def put_back(path: Path) -> None:
    """Put a whole database in place of the one that is there."""
    if engine() == "sqlite":
        here = Path(connection.settings_dict["NAME"])
        connection.close()
        for end in ("", "-wal", "-shm"):
            here.with_name(here.name + end).unlink(missing_ok=True)
        shutil.copyfile(path, here)
        here.chmod(0o600)
    else:
        connection.close()
        words = ("--clean", "--if-exists", "--single-transaction", "--no-owner")
        _postgres("pg_restore", *words, "--dbname", _address()["PGDATABASE"], str(path))


def some_row(path: Path, table: str, column: str, key: str) -> dict[str, Any] | None:
    """From the copy itself: one row in which the column holds something."""
    if path.suffix == ".sqlite3":
        with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as copy:
            copy.row_factory = sqlite3.Row
            query = f'SELECT * FROM "{table}" WHERE "{column}" IS NOT NULL ORDER BY "{key}" LIMIT 1'  # noqa: S608 (a model's own names)
            row = copy.execute(query).fetchone()
        return dict(row) if row else None
    said = _postgres("pg_restore", "--data-only", f"--table={table}", "--file=-", str(path))
    return _from_copied(said.splitlines(), column)


def _from_copied(lines: list[str], column: str) -> dict[str, Any] | None:
    """The first row in which the column holds something, of what COPY writes as text."""
    names: list[str] = []
    for line in lines:
        if line.startswith("COPY "):
            names = [one.strip(' "') for one in line.partition("(")[2].partition(")")[0].split(",")]
        elif names and "\t" in line:
            row: dict[str, Any] = dict(zip(names, line.split("\t"), strict=True))
            if row[column] != "\\N":
                return row | {column: bytes.fromhex(row[column].removeprefix("\\\\x"))}
    return None


def _address() -> dict[str, str]:
    """Whom libpq's programs are to talk to; a password never stands among their words."""
    given = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
             "dbname": "PGDATABASE"}  # fmt: skip
    return {name: str(given[key]) for key, name in names.items() if given.get(key)}


def _postgres(program: str, *words: str) -> str:
    """Run one of PostgreSQL's programs; answer what it wrote."""
    done = subprocess.run(  # noqa: S603 (our own words)
        [_program(program), *words],
        env={**os.environ, **_address()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CopyError(f"{program}: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
    return done.stdout


def _program(name: str) -> str:
    """Debian keeps those of each version apart; the newest can read what the others wrote."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[4]))
    found = str(kept[-1]) if kept else shutil.which(name)
    if found is None:
        raise CopyError(_("%s is missing; on Debian: apt install postgresql-client") % name)
    return found
