"""What is documented runs: every command that the front documents, the handbook and the reference
show, and every target of the Makefile.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import installation
import nursery
from varna.plan.queries import shipped


ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs/handbok").glob("*.md")),
    *sorted((ROOT / "docs/reference").glob("*.md")),
]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Blocks that are files or pictures, by their language.
NO_COMMANDS = {"ini", "nginx", "sh", "mermaid", "toml"}
# The operating system's and the database's own; and what the shell keeps to itself.
NOT_OURS = {
    "apt", "useradd", "git", "umask", "mkdir", "head", "systemd-creds", "systemctl", "sudo", "cp",
    "mv", "pg_dump", "sqlite3", "sha256sum", "python3",
}  # fmt: skip
# What they say for a place or a file of the reader's own.
REGISTER = "Namn;Organ;Uppdrag\nAnna Ask;Kommunfullmäktige;Ledamot\n"
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def lines():
    for path in DOCUMENTS:
        for language, block in FENCE.findall(path.read_text(encoding="utf-8")):
            if language in NO_COMMANDS:
                continue
            for line in block.splitlines():
                word = line.split(" ")[0]
                if re.fullmatch(r"[a-z][a-z0-9_-]*", word):
                    # After two spaces it is told what the command does.
                    yield path.name, re.split(r"\s{2,}", line)[0].strip()


COMMANDS = sorted({line for _document, line in lines()})


def test_every_command_is_ours_or_named_as_somebody_elses():
    assert {line.split(" ")[0] for line in COMMANDS} <= {"varna", "make", *NOT_OURS}
    assert len([line for line in COMMANDS if line.startswith("varna ")]) > 15


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An installation, and a folder with what the documents call a file."""
    folder = tmp_path_factory.mktemp("commands")
    database, _name = installation.made(folder / "var")
    (folder / "kopior").mkdir()
    (folder / "FIL").write_text(REGISTER, encoding="utf-8")
    (folder / "var-plan.toml").write_bytes(shipped()["vasteras-2018"].read_bytes())
    environment = installation.environment(folder / "var", database)
    signed = installation.run(environment, "audit", "sign")
    (folder / "kopior/checkpoints.txt").write_text(signed, encoding="utf-8")
    return folder, environment


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("varna ")])
def test_a_command_of_the_handbook_runs(place, line):
    """It does what it says, or tells in a sentence why it cannot here."""
    folder, environment = place
    # FIL is a register, but where the log is compared.
    said = line.replace("--against FIL", "--against kopior/checkpoints.txt")
    words = shlex.split(said.replace(" /kopior", f" {folder}/kopior"))
    done = nursery.run(environment, *words[1:], folder=folder, timeout=60)
    assert "Traceback" not in done.stderr, done.stderr
    assert "unrecognized arguments" not in done.stderr
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert done.stdout or done.stderr


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("make")])
def test_a_target_that_is_documented_is_there(line):
    words = [word for word in shlex.split(line)[1:] if "=" not in word and word[0] not in "-/"]
    assert set(words) <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_of_the_makefile_can_be_made(target):
    """Each would run: `make test` is this run, and the long ones have tests of their own."""
    done = subprocess.run(
        ["make", "--dry-run", "--always-make", target, "VERSION=9.9.9"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    named = re.findall(r"^#   make ([a-z]+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert target in {*named, "developing"}, "it is told at the top what it is for"


def test_the_bench_runs_from_its_first_import_to_its_last_row(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "bench", "SQLite", "--smallest"],
        cwd=ROOT, env=installation.environment(tmp_path, f"sqlite:///{tmp_path}/unused"),
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "| calendar and standing of a plan" in done.stdout
