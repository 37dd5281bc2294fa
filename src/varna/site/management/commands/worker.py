"""`varna worker`: mails, the log's places and signatures, what is overdue, what is left over."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from varna.foundation import clock, rooms
from varna.operation.actions.lock import serve_from_here


log = logging.getLogger("varna.worker")
PAUSE_SECONDS = 1.0
# A sweep that found nothing rests a hundred times as long as it took, so that an idle worker leaves
# the processor alone; never so long that anybody waits for it.
REST, LONGEST_REST = 100, 5.0


class Command(BaseCommand):
    help = _("Does what waits: sends mail, signs the log, sweeps.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *_args: Any, once: bool, **_options: Any) -> None:
        stop = threading.Event()
        serve_from_here()
        if not once:
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
            signal.signal(signal.SIGINT, lambda *_: stop.set())
        rests_until: dict[str, float] = {}
        while not stop.is_set():
            round_of_sweeps(rests_until)
            if once:
                break
            stop.wait(PAUSE_SECONDS)


def round_of_sweeps(rests_until: dict[str, float]) -> None:
    """Run each sweep that has rested (`rests_until`, on the clock that only goes forward); one that
    fails must not keep the others from their work. A room's card says how long a sweep rests at
    least.
    """
    close_old_connections()
    for name, seconds in rooms.sweeps().items():
        if time.monotonic() < rests_until.get(name, 0):
            continue
        found, sweep = 0, import_string(name)
        began = time.process_time()
        try:
            found = sweep(at=clock.now())
        except Exception:  # whatever it was: the next sweep and the next round must still come
            log.exception("sweep failed: %s", name)
        rest = 0 if found else min(REST * (time.process_time() - began), LONGEST_REST)
        rests_until[name] = time.monotonic() + max(seconds, rest)
