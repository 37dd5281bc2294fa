"""An old migration leans on nothing that may change its name: it runs as long as databases live."""

import ast
from pathlib import Path

from django.apps import apps
from django.db import models

import pytest

from varna.foundation.codes import CodeField, NumberedField


SOURCE = Path(__file__).parents[2] / "src/varna"
MIGRATIONS = sorted(path for path in SOURCE.rglob("migrations/*.py") if path.stem != "__init__")
# What a migration may take from the living code: columns and steps, and what stands keyed in rows
# and keeps its versions; never a room's rules or words.
MAY_IMPORT = {
    "varna.foundation.access.tokens",
    "varna.foundation.tables",
    "varna.foundation.tags",
    "varna.foundation.vault.fields",
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_migration_holds_nothing_of_a_rooms_rules_or_words(path):
    ours = {name for name in imported(path) if name.startswith("varna.")}
    assert ours <= MAY_IMPORT
    assert "choices=" not in path.read_text(encoding="utf-8"), "a CodeField leaves its words out"


def test_every_column_with_words_of_its_own_is_a_code_field():
    bare = [
        field
        for model in apps.get_models()
        if model.__module__.startswith("varna.")
        for field in model._meta.local_fields
        if isinstance(field, models.Field) and field.choices
        if not isinstance(field, (CodeField, NumberedField))
    ]
    assert bare == []
