"""What the environment says, read once; a missing or bad setting stops the start in one paragraph.

Every name can also be given as NAME_FILE, a file that holds the value (12-factor, Docker and
systemd secrets).
"""

import ctypes
import datetime as dt
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import environ


class SettingError(SystemExit):
    """A setting is missing or bad: one clear paragraph, and no start."""

    def __init__(self, paragraph: str) -> None:
        super().__init__(f"varna: {paragraph}\n")


env = environ.FileAwareEnv()


def flag(name: str, *, default: bool = False) -> bool:
    raw = env.str(name, default="")
    if raw == "":
        return default
    if raw.lower() in {"1", "yes", "true", "on", "ja"}:
        return True
    if raw.lower() in {"0", "no", "false", "off", "nej"}:
        return False
    raise SettingError(f"{name} is {raw!r}; it must be yes or no.")


def number(name: str, *, default: int, least: int = 0, most: int = 10**9) -> int:
    raw = env.str(name, default=str(default))
    try:
        value = int(raw)
    except ValueError:
        raise SettingError(f"{name} is {raw!r}; it must be a whole number.") from None
    if not least <= value <= most:
        raise SettingError(f"{name} is {value}; it must be between {least} and {most}.")
    return value


def listed(name: str, *, default: str = "") -> list[str]:
    return [part.strip() for part in env.str(name, default=default).split(",") if part.strip()]


def one_of(name: str, choices: set[str], *, default: str) -> str:
    raw = str(env.str(name, default=default))
    if raw not in choices:
        raise SettingError(f"{name} is {raw!r}; it must be one of {', '.join(sorted(choices))}.")
    return raw


def hour(name: str, *, default: str) -> str:
    """A time of day, HH:MM."""
    raw = str(env.str(name, default=default))
    try:
        dt.time.fromisoformat(raw)
    except ValueError:
        raise SettingError(f"{name} is {raw!r}; it must be a time of day such as 07:30.") from None
    return raw


def days(name: str) -> list[dt.date]:
    """Days after each other with commas, YYYY-MM-DD."""
    try:
        return [dt.date.fromisoformat(part) for part in listed(name)]
    except ValueError:
        raise SettingError(f"{name} must be days such as 2027-04-02,2027-06-25.") from None


# What nobody should read in the environment of a running process.
SECRET = ("SECRET_KEY", "VARNA_ROOT_KEY", "DATABASE_URL", "EMAIL_URL")
_hidden: dict[str, str] = {}


def hide() -> None:
    """Take the secrets out of this process's environment, when the settings have read them: what
    it was started with can be read in /proc for as long as it runs, and is handed on to whatever it
    starts.
    """
    for name in SECRET:
        if name in os.environ:
            _hidden[name] = os.environ.pop(name)
    _wipe(Path("/proc/self"))


def _wipe(process: Path) -> None:
    """Write over the values where the kernel shows them. Without /proc nothing is shown."""
    if not (process / "environ").exists():
        return
    shown = (process / "environ").read_bytes()
    begins = int((process / "stat").read_text().rpartition(") ")[2].split()[47])  # env_start
    for name in SECRET:
        found = re.search(rb"(?:^|\0)" + name.encode() + rb"=([^\0]*)", shown)
        if found is not None and begins:
            ctypes.memset(begins + found.start(1), 0, len(found[1]))


@contextmanager
def handed_on(**instead: str) -> Iterator[dict[str, Any]]:
    """What a process of ours is started with, as subprocess wants it: the secrets in files that lie
    in memory and have no name, never in its environment.
    """
    files = {name: _in_memory(name, value) for name, value in {**_hidden, **instead}.items()}
    named = {f"{name}_FILE": f"/proc/self/fd/{file}" for name, file in files.items()}
    try:
        kept = {name: value for name, value in os.environ.items() if name not in files}
        yield {"env": {**kept, **named}, "pass_fds": tuple(files.values())}
    finally:
        for file in files.values():
            os.close(file)


def _in_memory(name: str, value: str) -> int:
    file = os.memfd_create(name)
    os.write(file, value.encode())
    return file


def secret_key(var: Path, *, demo: bool) -> str:
    """Answer SECRET_KEY; the demonstration makes its own and keeps it under var/."""
    given: str = env.str("SECRET_KEY", default="")
    if given:
        if len(given) < 32:
            raise SettingError("SECRET_KEY is shorter than 32 characters. Make a longer one.")
        return given
    if not demo:
        raise SettingError(
            "SECRET_KEY is missing. Set it (or SECRET_KEY_FILE) to at least 32 random characters, "
            "for instance what this prints: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    path = var / "secret_key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def database(var: Path) -> dict[str, object]:
    """Answer Django's database setting; SQLite under var/ unless DATABASE_URL says otherwise."""
    return database_at(env.str("DATABASE_URL", default=f"sqlite:///{var / 'varna.sqlite3'}"))


def database_at(address: str) -> dict[str, object]:
    try:
        found: dict[str, object] = env.db_url_config(address)
    except (environ.ImproperlyConfigured, ValueError, KeyError):
        raise SettingError(
            "DATABASE_URL cannot be read. Write sqlite:////path/to/file or "
            "postgres://user:password@host/name (a socket: postgres:///name?host=/directory)."
        ) from None
    engine = str(found.get("ENGINE", ""))
    if engine.endswith("sqlite3"):
        found["ENGINE"] = "varna.site.sqlite"
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA secure_delete=ON;"  # what is deleted is overwritten, not only forgotten
            ),
        }
    elif engine.endswith("postgresql"):
        found["CONN_MAX_AGE"] = 60
        found["CONN_HEALTH_CHECKS"] = True
    else:
        raise SettingError("DATABASE_URL must name SQLite or PostgreSQL.")
    return found


OTHERS_PORT = {"smtp+tls": 465, "smtp+ssl": 587}
HERE = {"localhost", "127.0.0.1", "::1"}


def mail(*, demo: bool) -> dict[str, object]:
    """Answer Django's mail settings from EMAIL_URL; what cannot mean what was meant is refused."""
    scheme = str(env.str("EMAIL_URL")).partition("://")[0]
    if demo and not scheme.startswith("smtp"):
        return dict(env.email_url("EMAIL_URL"))
    try:
        found: dict[str, object] = env.email_url("EMAIL_URL")
    except (environ.ImproperlyConfigured, ValueError, KeyError):
        found = {}
    wrong = _wrong_with_mail(scheme, found)
    if wrong:
        raise SettingError(wrong)
    return found


def _wrong_with_mail(scheme: str, found: dict[str, object]) -> str:
    host, port = found.get("EMAIL_HOST"), found.get("EMAIL_PORT")
    if scheme not in {"smtp", "smtp+tls", "smtp+ssl"}:
        return (
            "EMAIL_URL must begin with smtp+tls:// (port 587), smtp+ssl:// (port 465) or smtp:// "
            f"(a server on this machine). With {scheme!r} no mail would leave."
        )
    if not host or not port:
        return (
            "EMAIL_URL cannot be read. Write smtp+tls://user:password@mail.example.se:587; signs "
            "such as # / : in the password are written as %23 %2F %3A."
        )
    if port == OTHERS_PORT.get(scheme):
        return (
            f"EMAIL_URL says {scheme} and port {port}, which do not go together: smtp+tls is for "
            "port 587, smtp+ssl for 465."
        )
    if scheme == "smtp" and found.get("EMAIL_HOST_PASSWORD") and host not in HERE:
        return "EMAIL_URL would send its password in clear. Write smtp+tls:// or smtp+ssl://."
    return ""
