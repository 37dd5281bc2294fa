"""The keystore's file: SQLite, a connection a thread, writers that take turns."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from varna.foundation.turns import Turns
from varna.foundation.whole import written_whole


SCHEMA = """
CREATE TABLE IF NOT EXISTS kek (
    epoch INTEGER PRIMARY KEY, wrapped BLOB NOT NULL, made_on TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS dek (
    owner BLOB NOT NULL, compartment INTEGER NOT NULL, version INTEGER NOT NULL,
    epoch INTEGER NOT NULL REFERENCES kek (epoch), wrapped BLOB NOT NULL,
    made_hour INTEGER NOT NULL,
    PRIMARY KEY (owner, compartment, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS shredded (
    owner BLOB PRIMARY KEY, shredded_on TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS discarded (owner BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS installation (id BLOB PRIMARY KEY, tag BLOB NOT NULL) WITHOUT ROWID;
"""


class KeysMissingError(Exception):
    """No key: never made, or destroyed. What it sealed can no longer be read by anybody."""


class _Opened:
    """A connection, and which file it is to: the path may come to name another."""

    def __init__(self, connection: sqlite3.Connection, file: tuple[int, int]) -> None:
        self.connection, self.file = connection, file

    def __del__(self) -> None:  # a connection stands in a ring with what it has prepared
        self.connection.close()


class KeyFile:
    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self._here = threading.local()
        self._turns: Turns | None = None

    def _forget(self) -> None:
        """What is held in memory of another file."""

    def _connection(self) -> sqlite3.Connection:
        """This thread's. A file that was taken away is missed at once, and one that was put in its
        place is opened: nobody may go on writing keys into what no path leads to.
        """
        found: _Opened | None = getattr(self._here, "opened", None)
        file = self._file()
        if found is None or found.file != file:
            if found is not None:
                self._forget()
            self._here.opened = found = _Opened(self._open(), file)
        return found.connection

    def _file(self) -> tuple[int, int]:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            raise KeysMissingError(_("There is no keystore at %s.") % self._path) from None
        return stat.st_dev, stat.st_ino

    @property
    def is_there(self) -> bool:
        return self._path.exists()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._path.as_uri()}?mode=rw",  # never made by being looked for
            uri=True,
            timeout=20,
            isolation_level=None,
            check_same_thread=False,  # for whoever drops the store last; used by one thread
        )
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _has_table(self, name: str) -> bool:
        """A keystore of a version before may lack it."""
        query = "SELECT 1 FROM sqlite_master WHERE name = ?"
        return self._connection().execute(query, (name,)).fetchone() is not None

    def create(self) -> None:
        """Make the file and what it lacks of tables; one that is there stays as it is."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        self._connection().executescript(SCHEMA)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        db = self._connection()
        if self._turns is None:
            self._turns = Turns(self._path)
        turn = self._turns if self._turns.take() else None
        try:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # a full disk may have ended it already
                    db.execute("ROLLBACK")
                raise
        finally:
            if turn is not None:
                turn.leave()

    def close(self) -> None:
        """Let go of this thread's connection."""
        self._here.opened = None

    def settle(self) -> bool:
        """Empty the write-ahead log: secure_delete overwrites the page, and the log must not keep
        the old one. False when somebody is reading just now; the worker asks again.
        """
        busy = self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy

    def copy_to(self, path: Path) -> None:
        """Write a whole, consistent copy; for backups, which live 35 days at most."""
        with written_whole(path) as unfinished:
            self._connection().execute("VACUUM INTO ?", (str(unfinished),))
