"""A real installation that may be killed, filled and restored, and people who use it over HTTP."""

import http.cookiejar
import os
import re
import secrets
import signal
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import installation
import nursery
import postgres
from installation import COMMAND, free_port


MANY = "1000000"


class House:
    def __init__(self, folder, made=installation.made, **more):
        self.folder, self.port = Path(folder), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.folder.parent / f"{self.folder.name}.log"
        self.running = None
        database, self.name = made(self.folder, kind="fault")
        unlimited = {
            "VARNA_LIMIT_REPORTS_PER_SENDER": MANY,
            "VARNA_LIMIT_REPORTS_IN_ALL": MANY,
            "VARNA_LIMIT_CODES_PER_SENDER": MANY,
            "VARNA_LIMIT_CODES_IN_ALL": MANY,
        }
        self.environment = installation.environment(folder, database, **(unlimited | more))

    def varna(self, *words, well=True):
        done = nursery.run(self.environment, *words)
        assert (done.returncode == 0) is well, done.stdout + done.stderr
        return done.stdout + done.stderr

    def do(self, code):
        return self.varna("shell", "--no-imports", "-c", code)

    def start(self, *words, before=None):
        """Serve in a process group of its own, so that all of it can be killed at once."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port), *words],
                env=self.environment, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=before,
            )  # fmt: skip
        self.wait_until_alive()

    def wait_until_alive(self):
        installation.wait_until_alive(self.url, self.running, self.log)

    def kill(self):
        """`kill -9` of everything: gunicorn's master and workers, and the sweeper."""
        if self.running is None:
            return
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()
        self.running = None

    def stop(self):
        if self.running is not None:
            os.kill(self.running.pid, signal.SIGTERM)
            self.running.wait(timeout=40)
            self.running = None

    # ── copies of the database ────────────────────────────────────────────────────────────────
    def _connect(self):
        import psycopg

        server = os.environ["VARNA_TEST_DATABASE_URL"]
        user = server.removeprefix("postgres://").partition("@")[0]
        return psycopg.connect(
            host=server.split("host=")[1], user=user, dbname="postgres", autocommit=True
        )

    def copy_database(self):
        """Answer a copy of the database as it is now."""
        if self.name is None:
            path = self.folder.parent / f"copy-{secrets.token_hex(4)}.sqlite3"
            with sqlite3.connect(self.folder / "varna.sqlite3") as now, sqlite3.connect(path) as to:
                now.backup(to)
            return path
        copy = f"copy_{secrets.token_hex(4)}"
        with self._connect() as connection:
            connection.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{self.name}"')
        return copy

    def put_back(self, copy):
        if self.name is None:
            for end in ("-wal", "-shm"):
                (self.folder / f"varna.sqlite3{end}").unlink(missing_ok=True)
            (self.folder / "varna.sqlite3").write_bytes(copy.read_bytes())
            return
        with self._connect() as connection:
            connection.execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{copy}"')

    def dump(self):
        """On PostgreSQL, everything that the database holds, as text."""
        if self.name is None:
            return b""
        server = os.environ["VARNA_TEST_DATABASE_URL"]
        user = server.removeprefix("postgres://").partition("@")[0]
        program = postgres.program("pg_dump")
        command = [program, "-h", server.split("host=")[1], "-U", user, "--inserts", self.name]
        return subprocess.run(command, capture_output=True, check=True).stdout


@contextmanager
def opened(**more):
    with tempfile.TemporaryDirectory(prefix="varna-fault-", ignore_cleanup_errors=True) as name:
        folder = Path(name) / "var"
        folder.mkdir()
        house = House(folder, **more)
        try:
            yield house
        finally:
            house.kill()


class Answer:
    def __init__(self, status, text, url):
        self.status, self.text, self.url = status, text, url

    @property
    def code(self):
        found = re.search(r'id="code"[^>]*>([0-9A-Z-]+)<', self.text)
        return found[1] if found else None


class Person:
    """Somebody with a browser: keeps cookies, follows where it is led."""

    def __init__(self, house, **headers):
        self.house, self.headers = house, headers
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def _open(self, path, body=None, headers=None):
        address = path if path.startswith("http") else self.house.url + path
        origin = {"Origin": self.house.url, "Referer": address} if body is not None else {}
        request = urllib.request.Request(
            address, data=body, headers={**self.headers, **origin, **(headers or {})}
        )
        try:
            with self.opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.read().decode(), answer.url)
        except urllib.error.HTTPError as fault:
            return Answer(fault.code, fault.read().decode(errors="replace"), address)

    def get(self, path):
        return self._open(path)

    def post(self, path, fields, files=(), page=None):
        """Send a form; a hidden field of the page it stands on goes with it."""
        fields = dict(fields)
        if page is not None:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
            fields |= {"csrfmiddlewaretoken": token[1]}
        line = f"kant{secrets.token_hex(8)}"
        parts = [
            f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n'.encode()
            for name, said in fields.items()
        ]
        parts += [
            f'--{line}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
            f"Content-Type: image/png\r\n\r\n".encode()
            + body
            + b"\r\n"
            for name, body in files
        ]
        body = b"".join(parts) + f"--{line}--\r\n".encode()
        return self._open(path, body, {"Content-Type": f"multipart/form-data; boundary={line}"})

    def token(self):
        return re.search(r'name="token" value="([^"]+)"', self.get("/anmal/").text)[1]

    def report(self, happened, *, token=None, files=(), **more):
        fields = {"token": token or self.token(), "happened": happened, "when": "nu",
                  "reach": "code"}  # fmt: skip
        return self.post("/anmal/", fields | more, files)

    def sign_in(self, role):
        page = self.get("/konto/logga-in/")
        action = re.search(r'action="([^"]+)"[^>]*>(?:(?!</form>).)*value="[^"]+@example.se"',
                           page.text, re.S)  # fmt: skip
        answer = self.post(action[1], {"email": f"{role}@example.se"}, page=page)
        assert answer.status == 200, self.house.log.read_text()[-3000:]
        return self

    def come_back(self, code):
        """What the holder of a receipt code can read."""
        return self.post("/tillbaka/", {"code": code}).text
