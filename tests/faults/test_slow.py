"""Slow clients, met directly and through the nginx of the handbook: others do not notice them."""

import re
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import needs
from faults.house import Person
from installation import free_port


pytestmark = pytest.mark.once  # what is slow is met before anything is asked of a database
ROOT = Path(__file__).parents[2]
SLOW = 64
HEAD = (
    "POST /anmal/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
)
STARTS = [
    b"",
    b"GET /anm",
    HEAD.encode(),
    (HEAD + "Content-Length: 20000000\r\n\r\n--x").encode(),
]


@contextmanager
def slow_clients(port, count=SLOW):
    """So many, each stopped somewhere in its request."""
    links = []
    try:
        for number in range(count):
            links.append(socket.create_connection(("127.0.0.1", port), timeout=30))
            links[-1].sendall(STARTS[number % len(STARTS)])
        yield links
    finally:
        for link in links:
            link.close()


def drip(links):
    """A byte more from each that is still held."""
    for link in links:
        try:
            link.send(b"x")
        except OSError:
            continue


@pytest.mark.proves("H4", "F-14")
@pytest.mark.proves("T16", part=True)
def test_reports_are_taken_while_slow_clients_wait(house):
    """More of them than there are threads; on one process, which they have for themselves."""
    house.start("--workers", "1")
    with slow_clients(house.port) as links:
        for number in range(5):
            drip(links)
            sent = Person(house).report(f"Mitt i {number}", files=[("bild.png", b"x" * 3_000_000)])
            assert sent.code
            assert Person(house).get("/halsa/live").status == 200
        assert f"Mitt i {number}" in Person(house).come_back(sent.code)


def test_a_body_under_way_lies_nowhere_in_clear(house):
    house.start("--workers", "1", "--no-worker")
    canary = b"kanariekropp" * 200_000
    head = HEAD + f"Content-Length: {len(canary) + 1_000_000}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", house.port), timeout=30) as link:
        link.sendall(head.encode() + b'--x\r\nContent-Disposition: form-data; name="files"; ')
        link.sendall(b'filename="a.png"\r\n\r\n' + canary)
        while not (held := nameless_files(house)):
            time.sleep(0.05)
        assert not [name for name, data in held.items() if b"kanariekropp" in data]
        assert not list((house.folder / "media").rglob("*.sealed"))


def nameless_files(house):
    """What the server's processes hold open under no name, in the folder of files."""
    found = {}
    for place in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            target = str(place.readlink())
            if target.startswith(str(house.folder / "media")) and target.endswith("(deleted)"):
                found[target] = place.read_bytes()
        except OSError:
            continue
    return {name: data for name, data in found.items() if len(data) > 1_000_000}


# ── the proxy of the handbook ─────────────────────────────────────────────────────────────────
def example():
    chapter = (ROOT / "docs/handbok/installation.md").read_text(encoding="utf-8")
    return re.search(r"```nginx\n(.*?)```", chapter, re.DOTALL)[1]


@contextmanager
def nginx(house, folder):
    """A real nginx, configured as the handbook says but for TLS: it has no certificate."""
    program = needs.nginx()
    port = free_port()
    server = example().replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    server = server.replace("127.0.0.1:8000", f"127.0.0.1:{house.port}").replace("$scheme", "https")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"events {{ worker_connections 512; }}\nhttp {{\n{temporary}{server}\n}}\n"
    )
    (folder / "nginx.conf").write_text(whole)
    log, said = folder / "error.log", folder / "nginx.conf"
    running = subprocess.Popen([program, "-p", str(folder), "-e", str(log), "-c", str(said)])
    try:
        while running.poll() is None and not answers(port):
            time.sleep(0.05)
        assert running.poll() is None, log.read_text()
        yield port
    finally:
        running.terminate()
        running.wait(timeout=20)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def behind(house, tmp_path):
    house.environment |= {"VARNA_TRUSTED_PROXY": "yes"}
    house.start("--workers", "1")
    with nginx(house, tmp_path) as port:
        direct, house.url = house.url, f"http://127.0.0.1:{port}"
        yield port
        house.url = direct


@pytest.mark.proves("H4", "F-14")
def test_behind_the_proxy_reports_are_taken_while_slow_clients_wait(house, behind, tmp_path):
    with slow_clients(behind) as links:
        for number in range(5):
            drip(links)
            sent = Person(house).report(f"Bakom {number}", files=[("bild.png", b"x" * 12_000_000)])
            assert sent.code, sent.text
        assert f"Bakom {number}" in Person(house).come_back(sent.code)
    assert not [path for path in tmp_path.rglob("*/*") if path.is_file()], "nothing was put aside"


@pytest.mark.proves("F-14")
@pytest.mark.proves("T16", part=True)
def test_whoever_opens_too_many_at_once_is_told_so_and_others_come_in(house, behind):
    elsewhere = ("127.0.0.2", 0)
    whole = (HEAD + "Content-Length: 20000000\r\n\r\n--x").encode()
    links = []
    for _ in range(150):
        links.append(socket.create_connection(("127.0.0.1", behind), 30, elsewhere))
        links[-1].sendall(whole)
    assert links[-1].recv(4096).startswith(b"HTTP/1.1 429")
    assert Person(house).report("Från en annan adress").code
    for link in links:
        link.close()
