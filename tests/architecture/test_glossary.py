"""One word a thing: every room names its Swedish word, and the glossary knows every model."""

import importlib
import re
from pathlib import Path

from django.apps import apps

import pytest

from varna.foundation import rooms


ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("|") and not line.startswith(("| ---", "| English"))
]
TERMS = {term.strip() for english, *_ in ROWS for term in english.lower().split(",")}
# site leads to the rooms and the foundation carries them; neither is a duty with a word of its own.
ROOMS = [name for name in rooms.cards() if name not in {"site", "foundation"}]
MODELS = [model for model in apps.get_models() if model.__module__.split(".")[1] in ROOMS
          and model.__module__.startswith("varna.")]  # fmt: skip


def term(model):
    """A class name as words: LinkedReport → linked report."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_names_its_swedish_word_and_the_glossary_has_it(room):
    said = importlib.import_module(f"varna.{room}").__doc__
    named = re.match(r"\w[\w ]* \(([^)]+)\):", said)
    assert named, f"varna/{room}/__init__.py begins with: English (svenska): what it is"
    assert named[1].lower() in GLOSSARY.lower()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_glossary_knows_every_model(model):
    assert term(model) in TERMS, f"docs/glossary.md lacks “{term(model)}”"


def test_a_word_has_one_row():
    firsts = [english.lower() for english, *_ in ROWS]
    assert sorted(firsts) == sorted(set(firsts))


def test_every_row_has_a_swedish_word_and_a_source():
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []
