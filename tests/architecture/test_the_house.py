"""The rules of the house that no linter knows: names, sizes, where writes and open doors may be."""

import re
from pathlib import Path

import pytest

import varna


ROOT = Path(__file__).parents[2]
SOURCE = Path(varna.__file__).parent
MODULES = sorted(
    path.relative_to(SOURCE)
    for path in SOURCE.rglob("*.py")
    if "migrations" not in path.parts and path.name != "__init__.py"
)
# A word that excludes nothing, and so becomes the room where everything lands.
JUNK = {
    "utils", "helpers", "common", "misc", "core", "base", "lib", "managers", "services",
    "signals", "handlers", "manager", "processor", "engine", "data", "info",
}  # fmt: skip
NAMED_BY_DJANGO = {Path("site/sqlite/base.py")}  # what a database backend must be called
WRITES = re.compile(r"\.(save|create|delete|update|bulk_create|bulk_update|get_or_create)\(")
# What looks like a write and is not one to the database.
NO_ROW = re.compile(r"\.session\.|hashlib|messages\.")
UNSCOPED_MAY_STAND_IN = {
    "models", "actions", "queries", "gathering", "retention", "sweeps", "demonstration",
}  # fmt: skip
FLOORS_THAT_KEEP_WATCH = {"access", "vault", "audit", "outbox"}


def code(path):
    """The module without its comments: what is only said does not count."""
    text = (SOURCE / path).read_text(encoding="utf-8")
    return [line.split("  # ")[0] for line in text.splitlines()]


def names_in(path):
    return {part.removesuffix(".py") for part in path.parts}


@pytest.mark.parametrize("path", sorted(set(MODULES) - NAMED_BY_DJANGO), ids=str)
def test_no_file_or_folder_has_a_name_that_excludes_nothing(path):
    assert not names_in(path) & JUNK


@pytest.mark.parametrize("path", [p for p in MODULES if "views" in names_in(p)], ids=str)
def test_the_web_never_writes(path):
    found = [ln for ln in code(path) if WRITES.search(ln) and not NO_ROW.search(ln)]
    assert not found, "an action does that"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_open_managers_are_used_only_where_scopes_are_made(path):
    if names_in(path) & (UNSCOPED_MAY_STAND_IN | FLOORS_THAT_KEEP_WATCH) or path == Path():
        return
    assert not [line for line in code(path) if "unscoped" in line]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_says_what_it_is_for(path):
    text = (SOURCE / path).read_text(encoding="utf-8")
    assert text == "" or text.startswith('"""'), "a module begins with what it is for"


def test_every_template_keeps_to_the_one_stylesheet_and_module():
    """No inline style, script or handler: the content security policy would stop it."""
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)", re.IGNORECASE)
    found = {
        str(path.relative_to(SOURCE)): inline.search(path.read_text(encoding="utf-8"))
        for path in SOURCE.rglob("*.html")
    }
    assert not {path for path, hit in found.items() if hit}


def test_no_machine_is_named_in_what_we_keep():
    """Lock files and settings name no registry and no folder of anybody's machine."""
    lock = (ROOT / "tests/tools/package-lock.json").read_text()
    assert '"resolved"' not in lock
    for path in ROOT.glob("requirements/*.txt"):
        assert "index-url" not in path.read_text()
        assert "://" not in path.read_text()
