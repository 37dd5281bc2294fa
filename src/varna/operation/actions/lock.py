"""Is anybody serving from this installation? Whoever puts things back must be alone with it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext as _


class InUseError(Exception):
    """A server or a worker is running; its words say what to do."""


def _file() -> int:
    settings.VAR.mkdir(parents=True, exist_ok=True)
    return os.open(settings.VAR / "serving.lock", os.O_RDWR | os.O_CREAT, 0o600)


def serve_from_here() -> None:
    """This process, and those that it becomes, use the installation for as long as they live."""
    fcntl.flock(_file(), fcntl.LOCK_SH)


@contextmanager
def alone() -> Iterator[None]:
    """Raise InUseError when a server or worker runs on this machine; keep them out meanwhile."""
    file = _file()
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise InUseError(_("Värna is running. Stop it first, the worker too.")) from None
    try:
        yield
    finally:
        os.close(file)
