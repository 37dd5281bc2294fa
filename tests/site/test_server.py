"""How requests are received: slow ones are let go, and nobody keeps anybody out."""

import http.client
import socket
import threading
from contextlib import contextmanager
from types import SimpleNamespace

from django.urls import reverse

import pytest
from waitress import wasyncore

from varna.site import server
from varna.site.server import Lanes, Request, Server, adjustments, is_intake, without_body


def hello(environ, start):
    body = environ["wsgi.input"].read()
    said = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {len(body)}".encode()
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(said)))])
    return [said]


@contextmanager
def serving(application=hello, threads=4):
    """A server of our own on a port of its own, in a thread."""
    connections, going = {}, threading.Event()
    going.set()
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        lanes = Lanes(threads)
        made = Server(
            without_body(application), connections, True, sock, dispatcher=lanes,
            adj=adjustments(), bind_socket=False,
            sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
        )  # fmt: skip

        def loop():
            while going.is_set():
                wasyncore.poll2(0.02, connections)

        thread = threading.Thread(target=loop)
        thread.start()
        try:
            yield SimpleNamespace(port=sock.getsockname()[1], server=made)
        finally:
            going.clear()
            thread.join()
            lanes.shutdown()
            wasyncore.close_all(connections)


@pytest.fixture
def quick(monkeypatch):
    """Patience of tenths of a second, looked after all the time."""
    for name in ("HEAD_WITHIN", "IDLE", "GRACE"):
        monkeypatch.setattr(server, name, 0.2)
    looked_after = server.adjustments

    def often():
        made = looked_after()
        made.cleanup_interval = 0
        return made

    monkeypatch.setitem(globals(), "adjustments", often)


def ask(port, path="/anmal/", method="GET", body=None):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    link.request(method, path, body)
    answer = link.getresponse()
    found = answer.status, answer.read()
    link.close()
    return found


def said_to(port, *parts):
    link = socket.create_connection(("127.0.0.1", port), timeout=20)
    for part in parts:
        link.sendall(part)
    return link


def answer_of(link):
    found = b""
    while not found.partition(b"\r\n\r\n")[2]:
        found += link.recv(4096)
    return found


def is_let_go(link):
    """The other end hangs up; waited for as long as it takes."""
    try:
        return link.recv(1) == b""
    except ConnectionError:
        return True


HEAD = b"POST /anmal/ HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n"
STARTS = {
    "nothing": [],
    "half a line": [b"GET /anm"],
    "half a head": [HEAD],
    "one byte of a body": [HEAD + b"\r\n", b"x"],
}


@pytest.mark.parametrize("kind", STARTS)
def test_whoever_does_not_go_on_is_let_go(quick, kind):
    with serving() as at, said_to(at.port, *STARTS[kind]) as link:
        assert is_let_go(link)


@pytest.mark.parametrize("start", [b"GET /anm", HEAD + b"\r\n"])
def test_whoever_sends_a_byte_now_and_then_is_let_go_too(quick, start):
    with serving() as at, said_to(at.port, start) as link:
        link.settimeout(0.03)
        for _ in range(600):
            try:
                link.sendall(b"x")
                if link.recv(1) == b"":
                    return
            except TimeoutError:
                continue
            except ConnectionError:
                return
        pytest.fail("it was let to go on")


def test_whoever_asks_again_and_again_is_not_let_go(quick):
    with serving() as at:
        link = http.client.HTTPConnection("127.0.0.1", at.port, timeout=20)
        for _ in range(20):
            link.request("GET", "/anmal/")
            assert link.getresponse().read() == b"GET /anmal/ 0"
        link.close()


def test_a_body_that_comes_at_a_fair_speed_is_taken_however_long_it_takes(quick, monkeypatch):
    monkeypatch.setattr(server, "LEAST_SPEED", 1000)
    with serving() as at:
        link = said_to(at.port, HEAD.replace(b"2000000", b"40000") + b"\r\n")
        for _ in range(40):
            link.sendall(b"x" * 1000)
            threading.Event().wait(0.02)
        assert b"POST /anmal/ 40000" in answer_of(link)
        link.close()


def test_whoever_does_not_take_the_answer_is_let_go(quick):
    def large(_environ, start):
        start("200 OK", [("Content-Type", "text/plain")])
        return (b"x" * 100_000 for _ in range(200))

    with serving(large, threads=2) as at:
        link = socket.socket()
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.connect(("127.0.0.1", at.port))
        link.sendall(b"GET /filer/ HTTP/1.1\r\nHost: x\r\n\r\n")
        assert link.recv(1), "it has begun"
        while at.server.active_channels:
            threading.Event().wait(0.05)
        assert ask(at.port, "/filer/", "HEAD")[0] == 200, "the thread is free again"
        link.close()


@pytest.mark.proves("H4")
def test_many_who_wait_keep_nobody_out(monkeypatch):
    monkeypatch.setattr(server, "CONNECTIONS", 8)
    with serving() as at:
        slow = [said_to(at.port, HEAD) for _ in range(30)]
        assert ask(at.port)[0] == 200
        assert ask(at.port, "/anmal/", "POST", b"x" * 100_000) == (200, b"POST /anmal/ 100000")
        for link in slow:
            link.close()


def test_a_body_under_way_is_kept_before_those_who_have_said_nothing(monkeypatch):
    monkeypatch.setattr(server, "CONNECTIONS", 8)
    with serving() as at:
        link = said_to(at.port, HEAD.replace(b"2000000", b"20") + b"\r\n", b"x" * 10)
        slow = [said_to(at.port, b"GET /") for _ in range(30)]
        assert ask(at.port)[0] == 200
        link.sendall(b"x" * 10)
        assert b"POST /anmal/ 20" in answer_of(link)
        for one in [*slow, link]:
            one.close()


# ── lanes ─────────────────────────────────────────────────────────────────────────────────────
def test_intake_has_threads_that_nothing_else_can_take():
    stuck, inside = threading.Event(), threading.Semaphore(0)

    def some_wait(environ, start):
        if environ["PATH_INFO"].startswith("/arenden/"):
            inside.release()
            stuck.wait(60)
        return hello(environ, start)

    with serving(some_wait, threads=4) as at:
        links = [said_to(at.port, b"GET /arenden/ HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(12)]
        for _ in range(2):
            assert inside.acquire(timeout=20), "as many as it has threads are at it"
        for path in ("/anmal/", "/halsa/live", "/tillbaka/", "/fi/anmal/"):
            assert ask(at.port, path)[0] == 200
        stuck.set()
        for link in links:
            assert link.recv(4096)
            link.close()


@pytest.mark.parametrize(
    "name", ["start", "live", "ready", "theme", "leave", "reports:tell", "cases:return"]
)
def test_what_a_reporter_and_a_load_balancer_ask_for_is_intake(name):
    assert is_intake(reverse(name))
    assert not is_intake("/arenden/")
    assert not is_intake("/anmalningar/")


def test_the_reporters_own_page_is_intake(db):
    assert is_intake("/mina/")
    assert is_intake("/en/mina/7e5e8158-95e8-444c-b94e-bc15ebe9702d/skriv/")


# ── bodies ────────────────────────────────────────────────────────────────────────────────────
def head(path, length):
    one = Request(adjustments())
    one.received(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode())
    return one


TAKES = ["/anmal/", "/en/anmal/", "/mina/7e5e8158-95e8-444c-b94e-bc15ebe9702d/skriv/",
         "/register/import/", "/planen/versioner/las-in/"]  # fmt: skip


@pytest.mark.parametrize("path", TAKES)
def test_a_large_body_is_let_begin_where_files_are_taken(path):
    assert head(path, 20_000_000).error is None


@pytest.mark.parametrize("path", ["/tillbaka/", "/konto/logga-in/", "/finns-inte/", "/arenden/"])
def test_a_large_body_is_refused_at_its_head_everywhere_else(path):
    assert head(path, 20_000_000).error.code == 413
    assert head(path, 2_000_000).error is None


@pytest.mark.proves("F-14")
def test_nobody_sends_a_gigabyte():
    assert head("/anmal/", 1 << 31).error.code == 413


def test_a_body_of_untold_length_is_counted_as_it_comes():
    one = Request(adjustments())
    one.received(b"POST /tillbaka/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(40):
        one.received(b"20000\r\n" + b"x" * 0x20000 + b"\r\n")
        if one.error:
            break
    assert one.error.code == 413


@pytest.mark.proves("L9")
def test_head_is_answered_with_a_head_and_leaves_no_word(caplog):
    with serving() as at:
        link = http.client.HTTPConnection("127.0.0.1", at.port, timeout=20)
        for method, body in (("HEAD", b""), ("GET", b"GET /anmal/ 0"), ("HEAD", b"")):
            link.request(method, "/anmal/")
            answer = link.getresponse()
            assert (answer.status, answer.read()) == (200, body)
        link.close()
    assert not caplog.records
