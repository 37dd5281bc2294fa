"""What a request brings, while it comes: no thread waits for it, and nothing of it is in clear on
disk. A little stays in memory; more is sealed under a key that only memory has, in a file without a
name, which is gone with the process.
"""

import os
import struct
import tempfile
import threading
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from varna.foundation import tenant
from varna.foundation.vault import space


CHUNK, TAG = 64 * 1024, 16
IN_MEMORY = 2  # chunks; whoever sends more is written to disk
WORDS = 48  # chunks that stay in memory when the disk takes no more: words must get through
MOST_ON_DISK = 1 << 30  # bytes, for all requests of this process together


class _Total:
    """How much lies in the spools of this process."""

    def __init__(self) -> None:
        self._bytes, self._lock = 0, threading.Lock()

    def may_add(self, more: int) -> bool:
        with self._lock:
            if self._bytes + more > MOST_ON_DISK:
                return False
            self._bytes += more
            return True

    def give_back(self, less: int) -> None:
        with self._lock:
            self._bytes -= less


_TOTAL = _Total()


class Spool:
    """Written once from its beginning to its end, and then read so. What does not fit is dropped:
    whoever reads meets the end early.
    """

    def __init__(self, most: int) -> None:
        self._left, self._length = most, 0
        self._aead, self._file = AESGCM(os.urandom(32)), -1
        self._chunks: list[bytes | int] = []  # in clear in memory, or where it lies sealed
        self._held = self._on_disk = 0
        self._full = False
        self._open = bytearray()  # what is being written
        self._read = b""  # what is being read

    # ── as it comes ───────────────────────────────────────────────────────────────────────────
    def __len__(self) -> int:
        return self._length

    def append(self, data: bytes) -> None:
        self._length += len(data)
        taken = b"" if self._full else data[: self._left]
        self._left -= len(taken)
        self._open += taken
        while len(self._open) >= CHUNK:
            self._put(bytes(self._open[:CHUNK]))
            del self._open[:CHUNK]

    def _put(self, chunk: bytes) -> None:
        if self._full:
            return
        place = None if len(self._chunks) < IN_MEMORY else self._sealed(chunk)
        if place is None:
            self._held += 1
            self._full = self._held > WORDS
        self._chunks.append(chunk if place is None else place)

    def _sealed(self, chunk: bytes) -> int | None:
        """Where it lies now; None when the disk takes no more."""
        place, sealed = self._on_disk, self._aead.encrypt(_nonce(self._on_disk), chunk, None)
        if space.why_full() or not _TOTAL.may_add(len(sealed)):
            return None
        self._on_disk += len(sealed)
        try:
            self._file = self._file if self._file >= 0 else _nameless()
            whole = os.pwrite(self._file, sealed, place) == len(sealed)
        except OSError:
            whole = False
        return place if whole else None

    # ── as it is read ─────────────────────────────────────────────────────────────────────────
    def getfile(self) -> "Spool":
        return self

    def read(self, size: int = -1) -> bytes:
        found = bytearray()
        while size < 0 or len(found) < size:
            if not self._read and not self._next():
                break
            wanted = len(self._read) if size < 0 else size - len(found)
            found += self._read[:wanted]
            self._read = self._read[wanted:]
        return bytes(found)

    def readline(self, size: int = -1) -> bytes:
        found = bytearray()
        while not found.endswith(b"\n") and (size < 0 or len(found) < size):
            one = self.read(1)
            if not one:
                break
            found += one
        return bytes(found)

    def _next(self) -> bool:
        if self._chunks:
            chunk = self._chunks.pop(0)
            self._read = chunk if isinstance(chunk, bytes) else self._unsealed(chunk)
        else:
            self._read, self._open = bytes(self._open), bytearray()
        return bool(self._read)

    def _unsealed(self, place: int) -> bytes:
        sealed = os.pread(self._file, CHUNK + TAG, place)
        return self._aead.decrypt(_nonce(place), sealed, None)

    def close(self) -> None:
        _TOTAL.give_back(self._on_disk)
        self._on_disk = 0
        self._chunks, self._open, self._read = [], bytearray(), b""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __del__(self) -> None:
        self.close()


def _nonce(place: int) -> bytes:
    return struct.pack(">IQ", 0, place)  # one key a spool, and no place is written twice


def _nameless() -> int:
    descriptor, path = tempfile.mkstemp(dir=tenant.current().media)
    Path(path).unlink()
    return descriptor
