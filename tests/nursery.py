"""Runs the command in a copy of a process that has already read what everybody reads: Python's,
Django's and others' modules, none of ours. A start is half as long; the settings, every room and
`main()` itself are read and run anew, in the environment, folder and streams that were asked for.

Servers, workers that are killed, and the tests of the command line start the command cold.
"""

import contextlib
import functools
import gc
import importlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn


# What needs no settings to be read, and takes long.
MODULES = """
    asyncio email.mime.text html http.client ssl tomllib sqlparse
    cryptography.hazmat.primitives.asymmetric.ed25519
    cryptography.hazmat.primitives.ciphers.aead django.core.management.commands.shell
    django.core.checks django.core.mail django.core.paginator django.core.handlers.wsgi
    django.core.files.uploadhandler django.core.cache.backends.locmem django.db.models
    django.db.migrations.executor django.db.backends.postgresql.psycopg_any django.forms
    django.template.loader django.template.backends.django django.templatetags.i18n
    django.test django.shortcuts django.views.generic django.views.debug django.urls
    django.utils.translation.trans_real django.contrib.staticfiles.storage environ
    fido2.server holidays icalendar markdown_it PIL.Image pikepdf psycopg.types.json
    python_calamine qrcode typst waitress.server whitenoise.middleware docx
"""
LOADER = {"LD_PRELOAD", "LD_LIBRARY_PATH", "PYTHONPATH"}  # read by a process as it starts
STREAMS = (0, 1, 2)


def run(
    environment: Mapping[str, str], *words: str, folder: Path | None = None, timeout: float = 600
) -> "subprocess.CompletedProcess[str]":
    """The command in an environment, as `subprocess.run` would: its code, and what it said."""
    if any(environment.get(name) != os.environ.get(name) for name in LOADER):
        return subprocess.run(
            [sys.executable, "-m", "varna.site.command", *words],
            env=dict(environment), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False, timeout=timeout,
        )  # fmt: skip
    asked = {"words": words, "environment": dict(environment), "folder": str(folder or Path.cwd())}
    with (
        tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as faults,
        Path(os.devnull).open("rb") as nothing,
        socket.socket(socket.AF_UNIX) as link,
    ):  # fmt: skip
        link.settimeout(timeout)
        link.connect(_nursery())
        socket.send_fds(link, [b"."], [one.fileno() for one in (nothing, out, faults)])
        link.sendall(json.dumps(asked).encode())
        link.shutdown(socket.SHUT_WR)
        code = int(link.makefile().read())
        told = []
        for file in (out, faults):
            file.seek(0)
            told.append(file.read().decode())
    return subprocess.CompletedProcess(["varna", *words], code, *told)


@functools.cache
def _nursery() -> str:
    """One for this process, which ends with it; answer where it listens."""
    address = str(Path(tempfile.mkdtemp(prefix="varna-nursery-")) / "socket")
    running = subprocess.Popen(
        [sys.executable, __file__, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"ready\n"
    _kept.append(running)
    return address


_kept: "list[subprocess.Popen[bytes]]" = []


# ── in the nursery ────────────────────────────────────────────────────────────────────────────
def serve(address: str) -> None:
    for name in MODULES.split():
        importlib.import_module(name)
    gc.freeze()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        # Whoever asks holds the other end of the standard input: it closes when they are gone.
        link = _next(listening)
        if link is None:
            return
        if os.fork() == 0:
            listening.close()
            _answer(link)
            os._exit(0)
        link.close()
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _next(listening: socket.socket) -> socket.socket | None:
    import select

    ready, _, _ = select.select([listening, 0], [], [])
    return listening.accept()[0] if listening in ready else None


def _answer(link: socket.socket) -> None:
    _, streams, _, _ = socket.recv_fds(link, 1, len(STREAMS))
    asked = json.loads(link.makefile().read())
    pid = os.fork()
    if pid == 0:
        for number, stream in zip(STREAMS, streams, strict=True):
            os.dup2(stream, number)
        link.close()
        _become(asked)
    _, status = os.waitpid(pid, 0)
    link.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _become(asked: dict[str, Any]) -> NoReturn:
    """The command, from its first line to the interpreter's own end."""
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["varna", *asked["words"]]
    from varna.site.command import main

    main()
    sys.exit()


if __name__ == "__main__":
    serve(sys.argv[1])
