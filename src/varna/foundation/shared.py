"""A little memory that the processes of one server share: limits are counted there, by all of them.

It is made before the server divides itself (`--preload`) and is gone when the server stops. It has
no name and is on no disk. Names in it are keyed anew at each start, so that whoever reads it does
not learn whose they are. Each host has its own.
"""

import contextlib
import fcntl
import hashlib
import hmac
import json
import mmap
import os
import secrets
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache


KEY = secrets.token_bytes(32)
WAYS = 8  # slots in which a name may lie
_HEAD = struct.Struct("<16sdH")  # name, until when, length
_RAM = Path("/dev/shm")  # noqa: S108 (nothing gets a name there)


def name_of(*words: str) -> bytes:
    """What somebody or something is called in here; nothing leads back from it."""
    return hmac.digest(KEY, "\0".join(words).encode(), hashlib.sha256)[:16]


class Shared:
    """A table of so many small things, each until a moment. Where there is no slot left, the one
    that would be gone soonest makes room.
    """

    def __init__(self, slots: int, width: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._size = _HEAD.size + width
        self._groups = slots // WAYS
        self._file, path = tempfile.mkstemp(dir=_RAM if _RAM.is_dir() else None)
        Path(path).unlink()
        os.ftruncate(self._file, self._groups * WAYS * self._size)
        self._memory = mmap.mmap(self._file, 0)
        self._lock = threading.Lock()

    def __del__(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            os.close(self._file)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """One thread of one process at a time. The system lets go for a process that dies."""
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def read(self, name: bytes) -> bytes | None:
        """What is there by that name. To be asked while held, as writing is."""
        for place in self._places(name):
            found, until, length = _HEAD.unpack_from(self._memory, place)
            if found == name and until > self.clock():
                start = place + _HEAD.size
                return self._memory[start : start + length]
        return None

    def write(self, name: bytes, value: bytes, until: float) -> None:
        if len(value) > self._size - _HEAD.size:
            raise ValueError("too much for one slot")
        place = self._place_for(name)
        _HEAD.pack_into(self._memory, place, name, until, len(value))
        self._memory[place + _HEAD.size : place + _HEAD.size + len(value)] = value

    def _place_for(self, name: bytes) -> int:
        soonest, least = 0, float("inf")
        for place in self._places(name):
            found, until, _length = _HEAD.unpack_from(self._memory, place)
            if found == name:
                return place
            if until < least:
                soonest, least = place, until
        return soonest

    def _places(self, name: bytes) -> range:
        first = int.from_bytes(name[:4]) % self._groups * WAYS * self._size
        return range(first, first + WAYS * self._size, self._size)

    def forget(self) -> None:
        """Everything, at once."""
        with self.held():
            self._memory[:] = bytes(len(self._memory))


_KEPT = Shared(4096, 1024, time.time)


Kept = Any  # what Django keeps is anything


class Cache(BaseCache):
    """Django's cache, for what JSON can say in a kilobyte: allauth counts its limits with it."""

    def __init__(self, _place: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Kept = None, version: int | None = None) -> Kept:
        with _KEPT.held():
            found = _KEPT.read(self._name(key, version))
        return default if found is None else json.loads(found)

    def add(
        self,
        key: str,
        value: Kept,
        timeout: Kept = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        name = self._name(key, version)
        with _KEPT.held():
            if _KEPT.read(name) is not None:
                return False
            self._put(name, value, timeout)
        return True

    def set(
        self,
        key: str,
        value: Kept,
        timeout: Kept = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        with _KEPT.held():
            self._put(self._name(key, version), value, timeout)

    def delete(self, key: str, version: int | None = None) -> bool:
        name = self._name(key, version)
        with _KEPT.held():
            was = _KEPT.read(name) is not None
            _KEPT.write(name, b"", 0.0)
        return was

    def clear(self) -> None:
        _KEPT.forget()

    def _put(self, name: bytes, value: Kept, timeout: Kept) -> None:
        until = self.get_backend_timeout(timeout)
        _KEPT.write(name, json.dumps(value).encode(), float("inf") if until is None else until)

    def _name(self, key: str, version: int | None) -> bytes:
        return name_of("cache", self.make_and_validate_key(key, version))
