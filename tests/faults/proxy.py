"""Stands between Värna and PostgreSQL's socket, and is slow."""

import shutil
import socket
import socketserver
import tempfile
import threading
import time
from pathlib import Path


class Slow:
    """Waits before each message to the database, of every connection by itself."""

    def __init__(self, behind, *, seconds):
        self.behind, self.seconds, self.passed = str(behind), seconds, 0
        self.folder = Path(tempfile.mkdtemp(prefix="varna-slow-"))

    def _carry(self, one, other, *, slowly):
        try:
            while said := one.recv(65_536):
                if slowly:
                    time.sleep(self.seconds)
                    self.passed += 1
                other.sendall(said)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            other.close()

    def __enter__(self):
        proxy = self

        class Between(socketserver.BaseRequestHandler):
            def handle(self):
                with socket.socket(socket.AF_UNIX) as database:
                    database.connect(proxy.behind)
                    back = threading.Thread(
                        target=proxy._carry, args=(database, self.request), kwargs={"slowly": False}
                    )
                    back.start()
                    proxy._carry(self.request, database, slowly=True)
                    back.join()

        class Server(socketserver.ThreadingUnixStreamServer):
            daemon_threads = True
            request_queue_size = 100

        self.server = Server(str(self.folder / ".s.PGSQL.5432"), Between)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_fault):
        self.server.shutdown()
        self.server.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)
