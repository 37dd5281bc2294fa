"""Writers to an SQLite file take turns before they ask SQLite for its one lock.

SQLite lets those who wait sleep longer and longer, up to a tenth of a second; with several writers
most of them would sleep while nobody writes. Here the next one comes within a millisecond, in this
process and in others. Whoever has waited too long goes on to SQLite's own waiting, so that a turn
that is lost slows and never stops.
"""

import contextlib
import fcntl
import os
import threading
import time
from pathlib import Path


WITHIN = 10.0
PAUSE = 0.0005


class Turns:
    """The queue for one file; one for each process and file."""

    def __init__(self, path: Path) -> None:
        name = path.with_name(f"{path.name}.turn")
        self._file = os.open(name, os.O_WRONLY | os.O_CREAT, 0o600)
        self._lock = threading.Lock()

    def __del__(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            os.close(self._file)

    def take(self) -> bool:
        """Wait for a turn; False when it did not come in time."""
        until = time.monotonic() + WITHIN
        if not self._lock.acquire(timeout=WITHIN):
            return False
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if time.monotonic() > until:
                    self._lock.release()
                    return False
                time.sleep(PAUSE)
            else:
                return True

    def leave(self) -> None:
        with contextlib.suppress(OSError):
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._lock.release()
