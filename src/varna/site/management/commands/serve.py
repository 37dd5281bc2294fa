"""`varna serve`: the web server, with the worker beside it unless told otherwise."""

import os
import signal
import socket
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from varna.foundation.accounts.codes import bind_apps
from varna.foundation.audit.clocks import look_at_clock
from varna.foundation.vault import reserve
from varna.operation.actions import bonding
from varna.operation.actions.companion import LOOK_EVERY, Companion
from varna.site import environment


class Command(BaseCommand):
    help = _("Prepares the database and the keystore, and serves.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=int(os.environ.get("WEB_CONCURRENCY") or _cores())
        )
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument(
            "--no-worker", action="store_true", help="`varna worker` runs elsewhere"
        )
        parser.add_argument("--prepare-only", action="store_true", help="prepare, and do not serve")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["prepare_only"]:
            refuse_a_busy_port(options["host"], options["port"])
        prepare()
        if options["prepare_only"]:
            return
        sys.exit(run(options))


def _cores() -> int:
    """A worker for each core, two at most: more of them cost memory and win little."""
    return min(2, os.cpu_count() or 1)


def refuse_a_busy_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise CommandError(
                _("Port %(port)d is already in use. Stop what uses it, or choose another: %(how)s")
                % {"port": port, "how": f"make run PORT={port + 1}"}
            ) from None


def prepare() -> None:
    """Make what is missing: folders, root key (file provider only), keystore, tables, statics."""
    settings.MEDIA.mkdir(parents=True, exist_ok=True)
    bonding.make_keys()
    if _lacks_tables():
        call_command("migrate", verbosity=0, interactive=False)
    bonding.bind()
    bind_apps()
    look_at_clock()
    reserve.hold()
    call_command("collectstatic", verbosity=0, interactive=False)


def _lacks_tables() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def run(options: dict[str, Any]) -> int:
    """Serve with the worker beside it, and end both together; answer the server's exit code."""
    worker = None if options["no_worker"] else Companion("worker", start_worker)
    server = start(options)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.terminate())
    try:
        while server.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=LOOK_EVERY)
            if worker is not None and server.poll() is None:
                worker.look()
        return server.returncode
    finally:
        if worker is not None:
            worker.end()


def start_worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "varna.site.command", "worker"]
    with environment.handed_on() as how:
        return subprocess.Popen(command, **how)  # noqa: S603 (our own words)


def start(options: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start gunicorn."""
    gunicorn = Path(sys.executable).with_name("gunicorn")
    command = [
        str(gunicorn),
        "varna.site.wsgi:application",
        "--bind",
        f"{options['host']}:{options['port']}",
        "--worker-class",
        "varna.site.server.Loop",
        "--workers",
        str(options["workers"]),
        "--threads",
        str(options["threads"]),
        "--preload",  # warm before the port is opened, and the workers share what does not change
        "--no-control-socket",
        "--log-level",
        "warning",
        "--worker-tmp-dir",
        "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp",  # noqa: S108 (heartbeats)
        "--timeout",
        "120",
        "--graceful-timeout",
        "20",
    ]
    with environment.handed_on() as how:
        return subprocess.Popen(command, **how)  # noqa: S603 (our own words)
