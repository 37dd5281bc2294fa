"""A process beside the server, which is kept alive."""

import logging
import subprocess
import time
from collections.abc import Callable


log = logging.getLogger("varna.start")
LOOK_EVERY = 0.5  # seconds
LONGEST_PAUSE = 60.0


class Companion:
    """Started again when it ends: at once, and then after longer and longer, so that one that
    cannot live does not keep the machine busy.
    """

    def __init__(self, name: str, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self.name, self.pause, self.ended = name, LOOK_EVERY, 0.0
        self.start = start
        self._begin()

    def _begin(self) -> None:
        self.began, self.process = time.monotonic(), self.start()

    def look(self) -> None:
        if self.process.poll() is None:
            return
        if not self.ended:
            self.ended = time.monotonic()
            lived = self.ended - self.began
            self.pause = LOOK_EVERY if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
            log.error("the %s ended with %d", self.name, self.process.returncode)
        if time.monotonic() - self.ended >= self.pause:
            self.ended = 0.0
            self._begin()

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
