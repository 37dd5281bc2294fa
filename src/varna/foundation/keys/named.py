"""What the keystore keeps under a name: secrets, and whose it is."""

import hmac
import secrets
import uuid
from collections.abc import Callable
from pathlib import Path

from varna.foundation.keys import providers, rules
from varna.foundation.keys.file import KeyFile
from varna.foundation.keys.rules import Belonging


class NamedSecrets(KeyFile):
    """`newer` reads the root key again where the one in memory does not open what is there."""

    def __init__(
        self,
        path: Path,
        provider: providers.Provider,
        tenant_id: uuid.UUID,
        newer: Callable[[], providers.Provider] | None = None,
    ) -> None:
        super().__init__(path)
        self._provider = provider
        self._newer = newer or (lambda: provider)
        self._tenant = tenant_id.bytes
        self._secrets: dict[str, bytes] = {}

    def _forget(self) -> None:
        self._secrets = {}

    def _agree_on_the_root(self) -> None:
        """See to it that we wrap by the root key that the file is under just now, and not by one
        that has been changed.
        """

    def _unwrapped(self, wrapped: bytes, kind: str, name: int | str) -> bytes:
        """By the root key; where that has been changed since we read it, by the new one."""
        try:
            return self._provider.unwrap(wrapped, self._tenant, kind, name)
        except providers.RootKeyError:
            newer = self._newer()
            clear = newer.unwrap(wrapped, self._tenant, kind, name)
            self._provider = newer
            return clear

    # ── named secrets: indexes, receipts, signatures ──────────────────────────────────────────
    def secret(self, name: str) -> bytes:
        """Answer the 32 bytes kept under this name, made the first time it is asked for."""
        if name not in self._secrets:
            row = self._secret_row(name)
            if row is None:
                with self._writing() as db:
                    self._agree_on_the_root()
                    wrapped = self._provider.wrap(
                        secrets.token_bytes(32), self._tenant, "secret", name
                    )
                    db.execute("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, wrapped))
                row = self._secret_row(name)
            assert row is not None  # noqa: S101 (it was just written)
            self._secrets[name] = self._unwrapped(row, "secret", name)
        return self._secrets[name]

    def _secret_row(self, name: str) -> bytes | None:
        query = "SELECT wrapped FROM secret WHERE name = ?"
        row = self._connection().execute(query, (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def kept(self, start: str) -> dict[str, bytes]:
        """The 32 bytes kept under each name that begins so. What somebody else has put there does
        not open (RootKeyError).
        """
        query = "SELECT name, wrapped FROM secret WHERE name GLOB ?"
        rows = self._connection().execute(query, (f"{start}*",)).fetchall()
        return {name: self._unwrapped(bytes(wrapped), "secret", name) for name, wrapped in rows}

    def keep(self, start: str, **named: bytes) -> None:
        """Keep these, and nothing else, under names that begin so."""
        with self._writing() as db:
            self._agree_on_the_root()
            db.execute("DELETE FROM secret WHERE name GLOB ?", (f"{start}*",))
            for end, value in named.items():
                name = f"{start}{end}"
                wrapped = self._provider.wrap(value, self._tenant, "secret", name)
                db.execute("INSERT INTO secret VALUES (?, ?)", (name, wrapped))

    # ── whose it is ───────────────────────────────────────────────────────────────────────────
    def belonging(self) -> Belonging | None:
        """What the file says of whose it is; None where it says nothing (of a version before)."""
        if not self._has_table("installation"):
            return None
        row = self._connection().execute("SELECT id, tag FROM installation").fetchone()
        return row and Belonging(uuid.UUID(bytes=row[0]), bytes(row[1]))

    def belong_to(self, installation: uuid.UUID) -> Belonging:
        """Write down whose the file is; the database keeps the same."""
        made = Belonging(installation, self._tag_of(installation))
        with self._writing() as db:
            db.execute("DELETE FROM installation")
            db.execute("INSERT INTO installation VALUES (?, ?)", (made.id.bytes, made.tag))
        return made

    def gave(self, said: Belonging) -> bool:
        """Whether the tag is one that this keystore's secret gives; no secret is made for it."""
        return self.tells_whose and hmac.compare_digest(said.tag, self._tag_of(said.id))

    @property
    def tells_whose(self) -> bool:
        """Whether it is from after keystores could say whose they are."""
        return self._secret_row("installation") is not None

    def _tag_of(self, installation: uuid.UUID) -> bytes:
        said = rules.join("varna/installation/v1", self._tenant, installation.bytes)
        return hmac.digest(self.secret("installation"), said, "sha256")
