"""Every environment name that is read stands in the handbook, with the default that it has."""

import ast
import re
from pathlib import Path

import pytest


ROOT = Path(__file__).parents[2]
CHAPTER = (ROOT / "docs/handbok/installation.md").read_text(encoding="utf-8")
READ_IN = ["site/settings.py", "site/environment.py", "site/management/commands/serve.py"]
READERS = {
    "str",
    "db_url",
    "email_url",
    "get",
    "flag",
    "number",
    "listed",
    "hour",
    "days",
    "one_of",
}
NAME = re.compile(r"[A-Z][A-Z0-9_]+")
# The demonstration needs no word of these; a live installation does not start without them.
REQUIRED = {"ALLOWED_HOSTS", "SECRET_KEY"}


def reads():
    """Each name that the code asks the environment for, with the default of a live installation."""
    for path in READ_IN:
        for node in ast.walk(ast.parse((ROOT / "src/varna" / path).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id  # type: ignore[attr-defined]
            first = node.args[0]
            if called not in READERS or not isinstance(first, ast.Constant):
                continue
            if called == "get":
                if getattr(node.func.value, "attr", "") == "environ":  # type: ignore[attr-defined]
                    yield first.value, called, None  # worked out from the machine
                continue
            if isinstance(first.value, str) and NAME.fullmatch(first.value):
                yield first.value, called, default(node)


def default(call):
    """The default as the table writes it; None where it depends on something else."""
    given = next((word.value for word in call.keywords if word.arg == "default"), None)
    if given is None:
        given = call.args[1] if len(call.args) > 1 else ast.Constant("")
    if isinstance(given, ast.IfExp):  # the demonstration's own comes first
        given = given.orelse
    return str(given.value) if isinstance(given, ast.Constant) else None


def rows():
    table = CHAPTER.split("## Alla inställningar")[1]
    for line in table.splitlines():
        if line.startswith("| `"):
            name, standard, meaning = (cell.strip() for cell in line.strip("|").split("|"))
            yield name.strip("`"), standard.strip("`"), meaning


ROWS = {name: (standard, meaning) for name, standard, meaning in rows()}
READ = {name: (called, standard) for name, called, standard in reads()}


def test_every_name_that_is_read_is_in_the_chapter_and_no_other():
    assert set(READ) == set(ROWS)


@pytest.mark.parametrize("name", sorted(READ))
def test_the_chapter_gives_the_default_that_it_has(name):
    called, standard = READ[name]
    written, meaning = ROWS.get(name, ("", ""))
    assert meaning
    if name in REQUIRED:
        assert written == "måste anges"
    elif called == "flag":
        assert written == "no"
    elif standard is not None:
        assert written == standard


def test_the_names_are_in_order():
    assert list(ROWS) == sorted(ROWS)
