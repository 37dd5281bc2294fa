"""Room that is kept for words: a file beside the database and one beside the keystore, given up
when the disk is full, so that what somebody has just written is received all the same.
"""

import errno
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection

from varna.foundation import tenant
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.providers import RootKeyError


log = logging.getLogger("varna.reserve")
Answer = TypeVar("Answer")
NAME = ".reserve"
# Whatever keeps words from being received though nothing is wrong with them.
TROUBLE = (DatabaseError, sqlite3.Error, KeysMissingError, RootKeyError, OSError)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
DISK_FULL = "53100"  # PostgreSQL's code for it
TAKEN_BACK = "40"  # its codes for what was taken back to let another through: a deadlock, a race


def is_full(fault: BaseException | None) -> bool:
    """Whether the disk is what is wrong."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno in NO_ROOM:
            return True
        if getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        if getattr(fault, "sqlstate", None) == DISK_FULL:
            return True
        fault = fault.__cause__
    return False


def is_passing(fault: BaseException | None) -> bool:
    """Whether it was only somebody else who was there at the same time, and nothing was written."""
    while fault is not None:
        if isinstance(fault, IntegrityError):
            return True
        if str(getattr(fault, "sqlstate", "")).startswith(TAKEN_BACK):
            return True
        if getattr(fault, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            return True
        fault = fault.__cause__
    return False


def by_all_means(deed: Callable[[], Answer]) -> Answer:
    """Do it; where the disk is full, once more with the room that was kept for it, and once more
    where it only met somebody else's.
    """
    try:
        return deed()
    except TROUBLE as fault:
        if is_full(fault):
            give_up()  # somebody else may just have done so: there is room now, whoever gave it
            log.exception("the disk is full: the room kept for words is used")
        elif is_passing(fault):
            log.exception("it met another at the same time, and is done again")
        else:
            raise
        return deed()


def give_up() -> None:
    for path in _places():
        path.unlink(missing_ok=True)


def held() -> bool:
    """Whether the room is there."""
    return all(path.exists() for path in _places())


def hold() -> int:
    """Keep the room where it is missing and there is enough; answer how many files were made."""
    return sum(_make(path) for path in _places() if not path.exists())


def _places() -> Iterator[Path]:
    """One a disk: beside the keystore, and beside the database when that is a file of ours."""
    if not settings.RESERVE_BYTES:
        return
    folders = [tenant.current().keystore.parent]
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and database.exists():
        folders.append(database.resolve().parent)
    seen = set()
    for folder in folders:
        disk = folder.stat().st_dev
        if disk not in seen:
            seen.add(disk)
            yield folder / NAME


def _make(path: Path) -> bool:
    if shutil.disk_usage(path.parent).free < 2 * settings.RESERVE_BYTES:
        return False
    unfinished = path.with_name(f"{NAME}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, settings.RESERVE_BYTES)
        finally:
            os.close(descriptor)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        return False
    return True
