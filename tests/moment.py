"""The moment at which a run takes place: its tests, servers, workers and browser alike.

    python tests/moment.py '2026-11-24 18:00' pytest tests/faults -k mid_send

All of them ask the C library what time it is; tools/moment.c answers in its place. A time without
a zone is Swedish.
"""

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo


SOURCE = Path(__file__).parent / "tools" / "moment.c"
BUILT = SOURCE.with_suffix(".so")
SWEDEN = ZoneInfo("Europe/Stockholm")


def parsed(said: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(said)
    except ValueError:
        raise SystemExit(f"MOMENT is {said!r}; write it as '2026-11-24 18:00'.") from None
    # In the hour that does not exist in spring, this is the hour after.
    return moment if moment.tzinfo else moment.replace(tzinfo=SWEDEN)


def library() -> Path:
    if not BUILT.exists() or BUILT.stat().st_mtime < SOURCE.stat().st_mtime:
        with tempfile.NamedTemporaryFile(dir=BUILT.parent, suffix=".so", delete=False) as half:
            command = ["cc", "-shared", "-fPIC", "-O1", "-o", half.name, SOURCE, "-ldl"]
            subprocess.run(command, check=True)
        Path(half.name).replace(BUILT)
    return BUILT


def environment(said: str) -> dict[str, str]:
    """What moves the clock of every process that inherits it."""
    by = parsed(said).timestamp() - time.time()
    return {"LD_PRELOAD": str(library()), "MOVED_BY": f"{by:.0f}"}


class Hand:
    """Moves the clock of processes while they run: those that are started with its environment."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "moved-in"
        self.file.write_bytes(bytes(8))
        self.environment = {"LD_PRELOAD": str(library()), "MOVED_IN": str(self.file)}

    def move(self, by: dt.timedelta) -> None:
        """To so much after the real time; in one write, as they may read at any moment."""
        with self.file.open("r+b") as file:
            file.write(int(by.total_seconds()).to_bytes(8, sys.byteorder, signed=True))


if __name__ == "__main__":
    moved = os.environ | environment(sys.argv[1])
    os.execvpe(sys.argv[2], sys.argv[2:], moved)  # noqa: S606 (the command that was asked for)
