"""The keystore: its own SQLite file, with its own short life in backups (security.md §2.8).

A case's keys are written and on disk before the case is; destroying them makes every copy of the
database forget. What is destroyed leaves a tombstone, so that it cannot come back by mistake.
"""

import datetime as dt
import functools
import os
import secrets
import sqlite3
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from varna.foundation import clock, tenant
from varna.foundation.keys import providers, rules
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.named import NamedSecrets
from varna.foundation.keys.rules import Compartment


KeyName = tuple[Compartment, int]


def _hour(moment: dt.datetime | None = None) -> int:
    """Hours since 1970: enough to sweep what was never used, and no more than that."""
    return int((moment or clock.now()).timestamp()) // 3600


class Keystore(NamedSecrets):
    """Keys by owner (a report, a case, the register …) and compartment.

    One connection a thread. Key-encryption keys are held in memory, data keys are not. `vouch` is
    asked before a key is made in a file that it has not been asked about, and raises
    KeysMissingError where the file is not this installation's. `newer` reads the root key again
    where the one in memory does not open what stands in the file.
    """

    def __init__(
        self,
        path: Path,
        provider: providers.Provider,
        tenant_id: uuid.UUID,
        vouch: Callable[["Keystore"], None] | None = None,
        newer: Callable[[], providers.Provider] | None = None,
    ) -> None:
        super().__init__(path, provider, tenant_id, newer)
        self._vouch = vouch
        self._vouched: tuple[int, int] | None = None
        self._keks: dict[int, bytes] = {}

    def create(self) -> None:
        """Make the file and its first key-encryption key; an existing keystore stays as it is."""
        super().create()
        with self._writing() as db:
            if db.execute("SELECT count(*) FROM kek").fetchone()[0] == 0:
                self._new_epoch(db, 1, self._provider)

    def _forget(self) -> None:
        super()._forget()
        self._keks = {}

    # ── key-encryption keys ───────────────────────────────────────────────────────────────────
    def _new_epoch(self, db: sqlite3.Connection, epoch: int, provider: providers.Provider) -> bytes:
        """Write a fresh key-encryption key. Memory learns of it when it has been committed."""
        key = secrets.token_bytes(32)
        wrapped = provider.wrap(key, self._tenant, "kek", epoch)
        today = clock.today().isoformat()
        db.execute("INSERT INTO kek VALUES (?, ?, ?)", (epoch, wrapped, today))
        return key

    def _kek(self, epoch: int, wrapped: bytes) -> bytes:
        if epoch not in self._keks:
            self._keks[epoch] = self._unwrapped(wrapped, "kek", epoch)
        return self._keks[epoch]

    def _agree_on_the_root(self) -> None:
        self._kek(*self._current_epoch())

    def _current_epoch(self) -> tuple[int, bytes]:
        query = "SELECT epoch, wrapped FROM kek ORDER BY epoch DESC LIMIT 1"
        row = self._connection().execute(query).fetchone()
        if row is None:
            raise KeysMissingError(_("There is no key-encryption key in the keystore."))
        return int(row[0]), bytes(row[1])

    def _context(
        self, owner: bytes, compartment: int, version: int
    ) -> tuple[bytes | str | int, ...]:
        return ("varna/dek/v1", self._tenant, owner, compartment, version)

    # ── data keys ─────────────────────────────────────────────────────────────────────────────
    def ensure(self, owner: uuid.UUID, compartments: Iterable[Compartment]) -> dict[KeyName, bytes]:
        """Answer this owner's newest key in each compartment, made and on disk if it was not."""
        wanted = sorted(set(compartments))
        found = self._newest(owner, wanted)
        missing = [c for c in wanted if c not in {name[0] for name in found}]
        if not missing:
            return found
        self._refuse_a_stranger()
        with self._writing() as db:
            if db.execute("SELECT 1 FROM shredded WHERE owner = ?", (owner.bytes,)).fetchone():
                raise KeysMissingError(_("These keys were destroyed; they are not made again."))
            epoch, wrapped_kek = self._current_epoch()
            kek = self._kek(epoch, wrapped_kek)
            rows = []
            for compartment in missing:
                key = secrets.token_bytes(32)
                wrapped = rules.wrap(kek, key, *self._context(owner.bytes, compartment, 1))
                rows.append((owner.bytes, int(compartment), 1, epoch, wrapped, _hour()))
            db.executemany("INSERT OR IGNORE INTO dek VALUES (?, ?, ?, ?, ?, ?)", rows)
        return self._newest(owner, wanted)

    def _refuse_a_stranger(self) -> None:
        file = self._file()
        if self._vouch is not None and self._vouched != file:
            self._vouch(self)
            self._vouched = file

    def _newest(self, owner: uuid.UUID, wanted: list[Compartment]) -> dict[KeyName, bytes]:
        newest: dict[Compartment, tuple[KeyName, bytes]] = {}
        for name, key in self.keys(owner, wanted).items():
            if name[0] not in newest or newest[name[0]][0][1] < name[1]:
                newest[name[0]] = (name, key)
        return dict(newest.values())

    def keys(self, owner: uuid.UUID, compartments: Iterable[Compartment]) -> dict[KeyName, bytes]:
        """Answer every version of this owner's keys in these compartments; missing ones are left
        out.
        """
        wanted = [int(c) for c in compartments]
        marks = ",".join("?" * len(wanted))
        rows = (
            self._connection()
            .execute(
                # One statement sees one moment: a rotation beside it takes no key away.
                "SELECT compartment, version, dek.epoch, dek.wrapped, kek.wrapped "  # noqa: S608 (only marks)
                "FROM dek JOIN kek ON kek.epoch = dek.epoch "
                f"WHERE owner = ? AND compartment IN ({marks})",
                (owner.bytes, *wanted),
            )
            .fetchall()
        )
        return {
            (Compartment(compartment), version): rules.unwrap(
                self._kek(epoch, wrapped_kek),
                wrapped,
                *self._context(owner.bytes, compartment, version),
            )
            for compartment, version, epoch, wrapped, wrapped_kek in rows
        }

    def has_keys(self, owner: uuid.UUID) -> bool:
        query = "SELECT 1 FROM dek WHERE owner = ? LIMIT 1"
        return self._connection().execute(query, (owner.bytes,)).fetchone() is not None

    @property
    def holds_keys(self) -> bool:
        return self._connection().execute("SELECT 1 FROM dek LIMIT 1").fetchone() is not None

    def is_shredded(self, owner: uuid.UUID) -> bool:
        query = "SELECT 1 FROM shredded WHERE owner = ?"
        return self._connection().execute(query, (owner.bytes,)).fetchone() is not None

    def destroyed(self) -> set[uuid.UUID]:
        """Whose keys were destroyed by a decision."""
        rows = self._connection().execute("SELECT owner FROM shredded").fetchall()
        return {uuid.UUID(bytes=row[0]) for row in rows}

    def owners(self, *, older_than: dt.datetime | None = None) -> set[uuid.UUID]:
        """Whose keys are here; `older_than` leaves out those made since that hour."""
        hour = _hour(older_than) if older_than else 2**62
        query = "SELECT DISTINCT owner FROM dek WHERE made_hour < ?"
        rows = self._connection().execute(query, (hour,)).fetchall()
        return {uuid.UUID(bytes=row[0]) for row in rows}

    def held(self) -> set[tuple[uuid.UUID, Compartment]]:
        """Every key that is here, whatever versions of it."""
        rows = self._connection().execute("SELECT DISTINCT owner, compartment FROM dek").fetchall()
        return {(uuid.UUID(bytes=owner), Compartment(one)) for owner, one in rows}

    def shred(self, owners: Iterable[uuid.UUID]) -> int:
        """Destroy these owners' keys for ever; answer how many keys there were."""
        today = clock.today().isoformat()
        destroyed = 0
        with self._writing() as db:
            for owner in owners:
                destroyed += db.execute("DELETE FROM dek WHERE owner = ?", (owner.bytes,)).rowcount
                db.execute("INSERT OR IGNORE INTO shredded VALUES (?, ?)", (owner.bytes, today))
        self.settle()
        return destroyed

    def discard(self, owner: uuid.UUID) -> None:
        """Remove keys that never came to seal anything that was kept. It is remembered, so that
        nobody misses them; they may be made again.
        """
        with self._writing() as db:
            db.execute("DELETE FROM dek WHERE owner = ?", (owner.bytes,))
            db.execute("INSERT OR IGNORE INTO discarded VALUES (?)", (owner.bytes,))

    def discarded(self) -> set[uuid.UUID]:
        if not self._has_table("discarded"):
            return set()
        rows = self._connection().execute("SELECT owner FROM discarded").fetchall()
        return {uuid.UUID(bytes=row[0]) for row in rows}

    def fetch(self, path: Path) -> int:
        """Bring back from a copy the keys that are missing here. What has been destroyed stays so,
        and what is here stays as it is. Answer how many came.
        """
        copy = Keystore(path, self._provider, uuid.UUID(bytes=self._tenant))
        rows = (
            copy._connection()
            .execute(
                "SELECT owner, compartment, version, dek.epoch, dek.wrapped, kek.wrapped "
                "FROM dek JOIN kek ON kek.epoch = dek.epoch"
            )
            .fetchall()
        )
        came = 0
        with self._writing() as db:
            gone = {row[0] for row in db.execute("SELECT owner FROM shredded").fetchall()}
            epoch, wrapped_kek = self._current_epoch()
            kek = self._kek(epoch, wrapped_kek)
            for owner, compartment, version, old, wrapped, old_kek in rows:
                if owner in gone:
                    continue
                bound = self._context(owner, compartment, version)
                key = rules.unwrap(copy._kek(old, old_kek), wrapped, *bound)
                row = (owner, compartment, version, epoch, rules.wrap(kek, key, *bound), _hour())
                kept = db.execute("INSERT OR IGNORE INTO dek VALUES (?, ?, ?, ?, ?, ?)", row)
                came += kept.rowcount
        copy.close()
        return came

    def rotate(self, provider: providers.Provider | None = None) -> int:
        """Wrap every key anew under a fresh key-encryption key, and under another root key if one
        is given. The old key-encryption keys are gone afterwards. Answer how many were wrapped.
        """
        chosen = provider or self._provider
        with self._writing() as db:
            old_secrets = {
                name: self._provider.unwrap(wrapped, self._tenant, "secret", name)
                for name, wrapped in db.execute("SELECT name, wrapped FROM secret").fetchall()
            }
            rows = db.execute(
                "SELECT owner, compartment, version, dek.epoch, dek.wrapped, kek.wrapped "
                "FROM dek JOIN kek ON kek.epoch = dek.epoch"
            ).fetchall()
            clear = [
                (
                    owner,
                    compartment,
                    version,
                    rules.unwrap(
                        self._kek(epoch, wrapped_kek),
                        wrapped,
                        *self._context(owner, compartment, version),
                    ),
                )
                for owner, compartment, version, epoch, wrapped, wrapped_kek in rows
            ]
            epoch = self._current_epoch()[0] + 1
            kek = self._new_epoch(db, epoch, chosen)
            db.executemany(
                "UPDATE dek SET epoch = ?, wrapped = ? "
                "WHERE owner = ? AND compartment = ? AND version = ?",
                [
                    (
                        epoch,
                        rules.wrap(kek, key, *self._context(owner, compartment, version)),
                        owner,
                        compartment,
                        version,
                    )
                    for owner, compartment, version, key in clear
                ],
            )
            db.executemany(
                "UPDATE secret SET wrapped = ? WHERE name = ?",
                [(chosen.wrap(s, self._tenant, "secret", n), n) for n, s in old_secrets.items()],
            )
            db.execute("DELETE FROM kek WHERE epoch < ?", (epoch,))
        # Only now: what was rolled back must not stay in memory.
        self._provider, self._keks = chosen, {epoch: kek}
        self.settle()
        return len(clear)

    def is_whole(self) -> bool:
        """Read every page of the file: it costs more the more it holds, so nobody who asks whether
        all is well may cause it.
        """
        try:
            said: str = self._connection().execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.OperationalError:
            raise  # busy, not broken
        except sqlite3.DatabaseError:
            return False
        return said == "ok"

    def read_through(self) -> None:
        """Raise when anything in the file, the provider or the newest key is not well."""
        if not self.is_whole():
            raise KeysMissingError(_("The keystore is damaged."))
        self.check()

    def check(self) -> None:
        """Raise when the provider or the newest key-encryption key is not well."""
        epoch, wrapped = self._current_epoch()
        self._keks.pop(epoch, None)
        self._kek(epoch, wrapped)


def _store(path: Path, tenant_id: uuid.UUID, _process: int) -> Keystore:
    return Keystore(path, providers.chosen(), tenant_id, _vouch, providers.chosen)


@functools.cache
def _stores() -> "functools._lru_cache_wrapper[Keystore]":
    """Those that are open; what is dropped closes when nobody uses it any more."""
    return functools.lru_cache(maxsize=settings.KEYSTORES_OPEN)(_store)


def _vouch(store: Keystore) -> None:
    """Refuse to make keys in a file that is not the database's own: what they sealed could not be
    read when the right one is put back.
    """
    there, here = apps.get_model("keys", "Installation").belonging(), store.belonging()
    if there != here or (here is not None and not store.gave(here)):
        raise KeysMissingError(_("The keystore and the database do not belong together."))


def keystore() -> Keystore:
    """The keystore of the municipality that is being served."""
    here = tenant.current()
    return _stores()(
        here.keystore, here.id, os.getpid()
    )  # an SQLite connection must not cross a fork


def forget() -> None:
    """Let go of every keystore and what it holds in memory (after a root key has changed)."""
    _stores().cache_clear()
