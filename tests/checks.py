"""Everything quick, each told in one line when it is well and in full when it is not.

Needs no network and, but for gettext where it is there, nothing beside Python.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
# An installation as it is meant to be: TLS, a key provider that leaves no plain root key.
LIVE = {
    "ALLOWED_HOSTS": "varna.example.se",
    "SECRET_KEY": "not-secret-only-long-enough-0123456789-abcdefghijklmnop",
    "VARNA_KEY_PROVIDER": "env",
    "VARNA_ROOT_KEY": "00" * 32,
}
DEMO = {"VARNA_DEMO": "yes"}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("format", ["ruff", "format", "--check", "--quiet", "src", "tests", "bench"], {}),
    ("lint", ["ruff", "check", "--quiet", "src", "tests", "bench"], {}),
    ("layers", ["python", "tests/contracts.py"], DEMO),
    ("templates", ["djlint", "--lint", "--quiet", "src"], {}),
    ("texts", ["python", "tests/texts.py"], DEMO),
    ("migrations", ["varna", "makemigrations", "--check", "--dry-run"], DEMO),
    ("live settings", ["varna", "check", "--deploy", "--fail-level", "WARNING"], LIVE),
    ("types", ["mypy"], DEMO),
    ("types of the tests", ["mypy", "--config-file", "tests/mypy.ini", "tests"], DEMO),
    ("dependencies", ["deptry", "src"], {}),
]


def passes(name: str, words: list[str], environment: dict[str, str], folder: str) -> bool:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("VARNA_")}
    began = time.monotonic()
    done = subprocess.run(
        [BIN / words[0], *words[1:]],
        cwd=ROOT,
        env=clean | environment | {"VARNA_VAR": folder},
        capture_output=True,
        text=True,
        check=False,
    )
    well = done.returncode == 0
    print(f"{'ok  ' if well else 'NOT '} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if not well:
        print(done.stdout + done.stderr, flush=True)
    return well


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="varna-check-") as folder:
        results = [passes(name, words, setting, folder) for name, words, setting in CHECKS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
