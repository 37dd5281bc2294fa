"""What others notice of slow clients, and of a large file that is read into the register."""

import http.client
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import clients, house


SLOW = 32
HEAD = b"POST /anmal/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n"
STARTS = (b"GET /anm", HEAD, HEAD + b"\r\nx", b"")


def _form(port: int, times: int) -> list[float]:
    """How long the report form takes, each time on a connection of its own."""
    found = []
    for _ in range(times):
        began = time.monotonic()
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        link.request("GET", "/anmal/")
        link.getresponse().read()
        link.close()
        found.append(time.monotonic() - began)
    return found


@contextmanager
def _slow(port: int) -> Iterator[None]:
    """So many who send a byte a second; whoever is let go comes back."""
    over = threading.Event()
    links = [socket.create_connection(("127.0.0.1", port)) for _ in range(SLOW)]
    for number, link in enumerate(links):
        link.sendall(STARTS[number % len(STARTS)])

    def drip() -> None:
        while not over.wait(1):
            for number, link in enumerate(links):
                try:
                    link.sendall(b"x")
                except OSError:
                    link.close()
                    links[number] = socket.create_connection(("127.0.0.1", port))

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for link in links:
            link.close()


def of_slow_clients(port: int, times: int) -> dict[str, float]:
    _form(port, 5)
    quiet = statistics.median(_form(port, times))
    with _slow(port):
        beside = statistics.median(_form(port, times))
    return {
        "quiet_ms": round(quiet * 1000, 1),
        "beside_ms": round(beside * 1000, 1),
        "ratio": round(beside / quiet, 2),
    }


def of_import(at: house.House, rows: int, reports: int) -> dict[str, Any]:
    """Reports while a file of so many rows is applied by another process."""
    path = at.folder / "register.csv"
    _write_register(path, rows)
    ready = clients.tokens(at.port, reports)
    answers = ["--apply", "--yes", "--guesses", "--sure"]
    command = [*house.COMMAND, "register", "import", str(path), *answers]
    began = time.monotonic()
    running = subprocess.Popen(
        command, env=at.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _wait_until_it_writes(at, running)
    times = []
    for token in ready:
        times += clients.submit(at.port, 1, [token])
        time.sleep(0.3)
    beside = running.poll() is None
    if running.wait() != 0:
        raise RuntimeError("the file was not read in, so nothing was measured beside it")
    return {
        "rows": rows,
        "taken": len(times),
        "longest_ms": round(max(times) * 1000),
        "p50_ms": round(statistics.median(times) * 1000),
        "to_the_last_beside_it": beside,
        "import_s": round(time.monotonic() - began, 1),
    }


def _wait_until_it_writes(at: house.House, running: "subprocess.Popen[bytes]") -> None:
    asked = (
        "from varna.importing.models import Import\n"
        "print(Import.unscoped.filter(state='writing').exists())"
    )
    while running.poll() is None:
        if "True" in at.varna("shell", "--no-imports", "-c", asked):
            return


def _write_register(path: Path, rows: int) -> None:
    lines = ["Förnamn;Efternamn;E-post;Parti;Organ;Befattning;Från;Till"]
    lines += [
        f"Namn{n};Efternamn{n % 977};namn{n}@example.se;Parti {n % 9};Nämnd {n % 60};Ledamot;"
        "2026-10-15;2030-10-14"
        for n in range(rows)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
