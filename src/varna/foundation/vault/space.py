"""Whether there is room for another file: under the installation's own cap, and above the floor of
free disk that the database, the log and the keystore need to go on.
"""

import shutil
import threading
import time
from enum import StrEnum

from django.conf import settings

from varna.foundation import tenant
from varna.foundation.vault import files


COUNTED_EVERY = 10.0  # seconds; what other processes have written since is not in the figure


class Full(StrEnum):
    """Why no more files are taken."""

    DISK = "disk"  # less is free than must be
    CAP = "cap"  # the files are as many megabytes as they may be


class Held:
    """How many bytes of files there are: counted now and then, and kept up by what is written."""

    def __init__(self) -> None:
        self._bytes, self._until = 0, float("-inf")
        self._lock = threading.Lock()

    def bytes(self) -> int:
        with self._lock:
            if time.monotonic() > self._until:
                self._bytes = files.bytes_stored()
                self._until = time.monotonic() + COUNTED_EVERY
            return self._bytes

    def add(self, more: int) -> None:
        with self._lock:
            self._bytes += more

    def forget(self) -> None:
        with self._lock:
            self._until = float("-inf")


HELD = Held()


def free() -> int:
    return shutil.disk_usage(tenant.current().media).free


def why_full() -> Full | None:
    if free() < settings.DISK_FLOOR_BYTES:
        return Full.DISK
    return Full.CAP if HELD.bytes() >= settings.FILES_MOST_BYTES else None
