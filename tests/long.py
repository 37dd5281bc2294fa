"""The faults that take minutes, on SQLite and then on a durable PostgreSQL: `make faults`.

One at a time, and with what they print: each says the seed with which it can be had again.
"""

import os
import subprocess
import sys
from pathlib import Path

import postgres


ROOT = Path(__file__).parents[1]


def run(name: str, words: list[str], **more: str) -> bool:
    print(f"\n── long faults on {name} ──", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-m", "long", "tests/faults", *words]
    environment = {**os.environ, "VARNA_DEMO": "yes", **more}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main(words: list[str]) -> int:
    os.environ.pop("VARNA_TEST_DATABASE_URL", None)
    well = run("SQLite", words)
    with postgres.served(durable=True) as address:
        well = run("PostgreSQL", words, VARNA_TEST_DATABASE_URL=address) and well
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
