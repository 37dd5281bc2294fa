"""`varna worker`: mails, the log's places and signatures, what is overdue, what is left over."""

import importlib
import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from varna.foundation import clock, rooms


log = logging.getLogger("varna.worker")
PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    help = "Does what waits: sends mail, signs the log, sweeps."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *_args: Any, once: bool, **_options: Any) -> None:
        stop = threading.Event()
        if not once:
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
            signal.signal(signal.SIGINT, lambda *_: stop.set())
        done: dict[str, float] = {}
        while not stop.is_set():
            round_of_sweeps(done)
            if once:
                break
            stop.wait(PAUSE_SECONDS)


def round_of_sweeps(done: dict[str, float]) -> None:
    """Run each sweep whose time has come; one that fails must not keep the others from their work.
    `done`: when each was last run, on the clock that only goes forward.
    """
    close_old_connections()
    for name, seconds in rooms.sweeps().items():
        now = time.monotonic()
        if seconds and now - done.get(name, now - seconds) < seconds:
            continue
        done[name] = now
        module, _, function = name.rpartition(".")
        try:
            getattr(importlib.import_module(module), function)(at=clock.now())
        except Exception:  # whatever it was: the next sweep and the next round must still come
            log.exception("sweep failed: %s", name)
