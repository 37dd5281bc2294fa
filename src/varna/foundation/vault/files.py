"""Files as sealed chunks on disk: AES-256-GCM, 64 kB, each bound to the file, its place in it and
whether it is the last. A file cut short, mixed or extended does not open.
"""

import hashlib
import os
import struct
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from varna.foundation import tenant
from varna.foundation.keys.rules import join
from varna.foundation.vault.rules import SealBrokenError
from varna.foundation.whole import sync


CHUNK = 64 * 1024
TAG = 16
HEAD = 512


def path_of(file_id: uuid.UUID) -> Path:
    name = file_id.hex
    return tenant.current().media / name[:2] / f"{name}.sealed"


def _bound(file_id: uuid.UUID, number: int, *, last: bool) -> bytes:
    return join("varna/file/v1", tenant.current().id.bytes, file_id.bytes, number, int(last))


class SealedFileWriter:
    """Seals a file while it arrives. Nothing of it is ever in clear on disk."""

    def __init__(self, file_id: uuid.UUID) -> None:
        self.file_id = file_id
        self.key = os.urandom(32)
        self.size = 0
        self.head = b""  # enough of the original to tell what kind of file it is
        self.claimed = False  # somebody keeps it
        self._aead = AESGCM(self.key)
        self._hash = hashlib.sha256()
        self._waiting = bytearray()
        self._number = 0
        self._path = path_of(file_id)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO = open(self._path, "xb", opener=_private)  # noqa: SIM115 (a private file, closed below)

    def write(self, data: bytes) -> None:
        if self.size < HEAD:
            self.head += data[: HEAD - len(self.head)]
        self.size += len(data)
        self._hash.update(data)
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def _put(self, data: bytes, *, last: bool) -> None:
        # One key a file and a counter: no nonce comes twice.
        nonce = struct.pack(">IQ", 0, self._number)
        self._file.write(
            self._aead.encrypt(nonce, data, _bound(self.file_id, self._number, last=last))
        )
        self._number += 1

    def close(self) -> str:
        """Write the last chunk through to the disk; answer the SHA-256 of the original, in hex."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        sync(self._path.parent)
        return self._hash.hexdigest()

    def abandon(self) -> None:
        with suppress(OSError):  # a full disk cannot take what still waited to be written
            self._file.close()
        self._path.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def read_file(file_id: uuid.UUID, key: bytes) -> Iterator[bytes]:
    """Yield the original, chunk by chunk; raise SealBrokenError at the first that is wrong."""
    aead = AESGCM(key)
    with path_of(file_id).open("rb") as file:
        number = 0
        chunk = file.read(CHUNK + TAG)
        while True:
            following = file.read(CHUNK + TAG)
            last = not following
            nonce = struct.pack(">IQ", 0, number)
            try:
                yield aead.decrypt(nonce, chunk, _bound(file_id, number, last=last))
            except InvalidTag:
                raise SealBrokenError from None
            if last:
                return
            number, chunk = number + 1, following


def remove_file(file_id: uuid.UUID) -> None:
    path_of(file_id).unlink(missing_ok=True)


def stored_files() -> Iterator[tuple[uuid.UUID, float]]:
    """Every sealed file on disk with the time (seconds since 1970) it was last written."""
    media = tenant.current().media
    for path in media.glob("??/*.sealed"):
        yield uuid.UUID(path.stem), path.stat().st_mtime


def bytes_stored() -> int:
    """How much all sealed files take."""
    return sum(path.stat().st_size for path in tenant.current().media.glob("??/*.sealed"))
