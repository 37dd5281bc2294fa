"""How requests are received: whole, by one loop, before a thread is theirs (decision 0025).

gunicorn keeps the processes, waitress reads the connections. Heads and bodies come under a deadline
and a least speed; a connection that is slow costs some memory and nothing else. Reports, codes and
health have threads of their own, which nothing else can take.
"""

import os
import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error, RequestEntityTooLarge

from varna.foundation.access.policies import files_taken_at
from varna.foundation.vault.spool import Spool


HEAD_WITHIN = 10.0  # seconds for a head to be whole
IDLE = 15.0  # seconds a connection may be kept without asking anything
GRACE = 20.0  # seconds in which somebody must get so far, again and again until all is done
LEAST_SPEED = 8 * 1024  # bytes a second on the whole, in and out
LONGEST = 3600.0  # seconds for a body, however large
LARGEST = 1 << 30  # bytes of a body; what is more than a form may hold is read and dropped
CONNECTIONS = 512  # of a process; above them, those who have kept us waiting longest are let go
TICK = 0.5
INTAKE = re.compile(
    r"^/(?:en/|fi/)?(?:anmal|tillbaka|mina|halsa|static|tema\.css|logotyp|lamna)(?:/|$)|^/(?:en/|fi/)?$"
)


def is_intake(path: str) -> bool:
    """What a reporter meets, with its looks, and what a load balancer asks."""
    return INTAKE.match(path) is not None


class Request(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """One request while it arrives. Only a view that takes files may be sent more than words."""

    error: Error | None
    most = largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # bytes that are kept, and that may come

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.body_rcv is None:
            return
        if self.chunked or self.content_length > self.most:
            files = files_taken_at(self.path.encode("latin-1").decode("utf-8", "replace"))
            if files is not None:
                self.most += files.at_most() * settings.FILE_MOST_BYTES
                self.largest = LARGEST
        self.body_rcv.buf = Spool(self.most)

    def received(self, data: bytes) -> int:
        used: int = super().received(data)
        came = max(self.content_length, self.body_bytes_received)
        if self.headers_finished and came > self.largest and not self.error:
            self.error = RequestEntityTooLarge("too large")
            self.completed = True
        return used


class Pace:
    """How fast somebody is, looked at for a while at a time: what went well before is no excuse."""

    def __init__(self, now: float, done: int) -> None:
        self.began, self.before = now, done

    def is_too_slow(self, now: float, done: int) -> bool:
        if now - self.began <= GRACE:
            return False
        enough = done - self.before >= GRACE * LEAST_SPEED
        self.began, self.before = now, done
        return not enough


class Connection(HTTPChannel):  # type: ignore[misc]
    parser_class = Request

    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 (waitress's own)
        self.since = time.monotonic()  # when what it is in now began
        self.sent = 0
        self.coming: Pace | None = None
        self.going: Pace | None = None
        super().__init__(*args, **named)

    def received(self, data: bytes) -> bool:
        was = self.phase
        done: bool = super().received(data)
        if self.phase != was:
            self.since = time.monotonic()
            self.coming = Pace(self.since, 0) if self.phase == "body" else None
        return done

    @property
    def phase(self) -> str:
        if self.requests:
            return "served"
        if self.request is None:
            return "idle"
        return "body" if self.request.headers_finished else "head"

    def service(self) -> None:
        try:
            super().service()
        finally:
            self.since = time.monotonic()

    def send(self, data: bytes, do_close: bool = True) -> int:  # noqa: FBT001, FBT002 (waitress's own)
        sent: int = super().send(data, do_close=do_close)
        self.sent += sent or 0
        return sent

    def is_too_slow(self, now: float) -> bool:
        """Whether whoever is at the other end has had its time."""
        return self._is_slow_to_send(now) or self._is_slow_to_take(now)

    def _is_slow_to_send(self, now: float) -> bool:
        phase, spent = self.phase, now - self.since
        if phase in {"idle", "head"}:
            return spent > (IDLE if phase == "idle" else HEAD_WITHIN)
        if phase == "served":
            return False
        came = self.request.body_bytes_received
        return spent > LONGEST or (self.coming is not None and self.coming.is_too_slow(now, came))

    def _is_slow_to_take(self, now: float) -> bool:
        if not self.total_outbufs_len:
            self.going = None
            return False
        self.going = self.going or Pace(now, self.sent)
        return self.going.is_too_slow(now, self.sent)

    def waits(self) -> tuple[bool, float]:
        """For sorting: those who have not even said what they want come first, then by how long."""
        return self.phase == "body", self.since


class Server(TcpWSGIServer):  # type: ignore[misc]
    channel_class = Connection

    def maintenance(self, now: float) -> None:  # noqa: ARG002 (waitress's, of another clock)
        """Let go of the slow at once: to ask waitress to would be to wait until they take more."""
        moment = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.is_too_slow(moment):
                channel.handle_close()

    def handle_accept(self) -> None:
        """There is always room for one more: nobody keeps others out by staying."""
        if len(self.active_channels) >= CONNECTIONS:
            waiting = [one for one in self.active_channels.values() if one.phase != "served"]
            if waiting:
                min(waiting, key=Connection.waits).will_close = True
        super().handle_accept()


class Lanes:
    """Threads for intake, and threads for the rest."""

    def __init__(self, threads: int) -> None:
        self.intake, self.rest = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self.intake.set_thread_count(max(1, threads // 2))
        self.rest.set_thread_count(max(1, threads - threads // 2))

    def add_task(self, channel: Connection) -> None:
        path = getattr(channel.requests[0], "path", "")
        (self.intake if is_intake(path) else self.rest).add_task(channel)

    def shutdown(self) -> None:
        self.intake.shutdown()
        self.rest.shutdown()


Application = Callable[..., Iterable[bytes]]


def without_body(application: Application) -> Application:
    """HEAD is answered with a head. Django leaves the body for the server to drop."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        found = application(environ, start)
        if environ["REQUEST_METHOD"] != "HEAD":
            return found
        if hasattr(found, "close"):
            found.close()
        return []

    return answer


class Loop(Worker):  # type: ignore[misc]  # gunicorn has no types
    """One of gunicorn's processes."""

    def run(self) -> None:
        self.connections: dict[int, Any] = {}
        lanes = Lanes(self.cfg.threads)
        servers = [self._server(one.sock, lanes) for one in self.sockets]
        while self.alive and self.ppid == os.getppid():
            self._turn(TICK)
        for server in servers:
            server.del_channel()
        ends = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < ends and self._is_busy(servers):
            self._turn(0.05)
        lanes.shutdown()

    def _turn(self, seconds: float) -> None:
        self.notify()
        wasyncore.poll2(seconds, self.connections)

    def _server(self, sock: Any, lanes: Lanes) -> Server:  # noqa: ANN401 (a socket of gunicorn's)
        return Server(
            without_body(self.wsgi),
            self.connections,
            True,  # noqa: FBT003 (begins to accept)
            sock,
            dispatcher=lanes,
            adj=adjustments(),
            bind_socket=False,
            sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
        )

    @staticmethod
    def _is_busy(servers: list[Server]) -> bool:
        return any(
            channel.requests or channel.total_outbufs_len
            for server in servers
            for channel in server.active_channels.values()
        )


def adjustments() -> Adjustments:
    return Adjustments(
        ident=None,
        cleanup_interval=1,
        connection_limit=CONNECTIONS * 2,
        max_request_header_size=32 * 1024,
        max_request_body_size=LARGEST + 1,
        recv_bytes=64 * 1024,
        # What waits to be sent is in memory, and little of it: nothing goes in clear to disk.
        outbuf_overflow=1 << 62,
        outbuf_high_watermark=1 << 20,
        log_socket_errors=False,
        # What the proxy says is Django's to judge, with VARNA_TRUSTED_PROXY.
        clear_untrusted_proxy_headers=False,
    )
