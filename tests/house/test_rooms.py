"""What every room keeps, asked of each by discovery: its rows, its words, its card, its places."""

import importlib
import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

import pytest

import varna
from varna.foundation import rooms, series
from varna.foundation.rooms import CardError
from varna.foundation.vault.fields import SealedField


ROOT = Path(varna.__file__).parents[2]
OURS = [model for model in apps.get_models() if model.__module__.startswith("varna.")]
KINDS = {"public", "workflow", "sealed"}
HOLDS_WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField,
               models.FileField, models.GenericIPAddressField)  # fmt: skip
# What can hold anything: in a room that seals, it is sealed, or its inventory says why not.
HOLDS_ANYTHING = (models.TextField, models.JSONField, models.BinaryField, models.FileField)


def columns(model):
    return [f for f in model._meta.local_concrete_fields if isinstance(f, HOLDS_WORDS)]


def name_of(field):
    return f"{field.model._meta.label_lower}.{field.name}"


def inventories():
    """Every column that is declared, by the room that declares it: what it holds, and why."""
    found = {}
    for room in rooms.modules("inventory"):
        for name, kind in room.FIELDS.items():
            assert name not in found, f"{name} is declared twice"
            found[name] = (kind, getattr(room, "WHY_IN_CLEAR", {}).get(name, ""))
    return found


DECLARED = inventories()
COLUMNS = {name_of(f): f for model in apps.get_models() for f in columns(model)}
SEALING = {
    model._meta.app_label
    for model in OURS
    if any(isinstance(field, SealedField) for field in model._meta.local_concrete_fields)
}
CONFIDENTIAL = [model for model in OURS if model._meta.app_label in SEALING]


# ── what stands in the database ───────────────────────────────────────────────────────────────
def test_every_column_that_holds_words_is_declared_and_nothing_else_is():
    assert set(COLUMNS) - set(DECLARED) == set()
    assert set(DECLARED) - set(COLUMNS) == set()
    assert {kind for kind, _why in DECLARED.values()} == KINDS


def test_what_is_declared_sealed_is_sealed_and_nothing_else_is():
    sealed = {name for name, field in COLUMNS.items() if isinstance(field, SealedField)}
    assert sealed == {name for name, (kind, _why) in DECLARED.items() if kind == "sealed"}


def test_a_room_that_seals_says_why_anything_else_stands_in_clear():
    loose = [
        name
        for name, field in COLUMNS.items()
        if field.model in CONFIDENTIAL
        and isinstance(field, HOLDS_ANYTHING)
        and not isinstance(field, SealedField)
        and not DECLARED[name][1]
    ]
    assert loose == []


def test_a_confidential_row_is_found_only_through_a_scope():
    assert [model for model in CONFIDENTIAL if hasattr(model, "objects")] == []


def test_no_relation_opens_a_way_back_to_a_confidential_row_or_takes_it_along():
    """A foreign key to one hides its way back, and nothing of it goes when something else does."""
    loose = []
    for model in OURS:
        for field in model._meta.local_concrete_fields:
            if field.remote_field is None:
                continue
            touches = {model, field.remote_field.model} & set(CONFIDENTIAL)
            kept = field.remote_field.on_delete is models.PROTECT
            if touches and not (kept and field.remote_field.hidden):
                loose.append(str(field))
    assert loose == []


def test_every_model_stands_in_a_record_series_and_no_other_does():
    stand = [name for one in series.series() for name in one.models]
    assert sorted(stand) == sorted(set(stand)), "a model stands in two"
    assert set(stand) == {model._meta.label for model in OURS}


def test_every_model_is_in_the_test_world(world):
    assert [model._meta.label for model in OURS if not model._base_manager.exists()] == []


# ── what the cards say ────────────────────────────────────────────────────────────────────────
def test_what_is_installed_is_what_the_cards_say():
    assert [app for app in settings.INSTALLED_APPS if app.startswith("varna.")] == rooms.apps()


@pytest.mark.parametrize("name", rooms.cards())
def test_a_card_names_what_is_there(name):
    room = rooms.cards()[name]
    for wanted in [*room.sweeps, *room.reminders, *room.hands.values()]:
        module, _, what = wanted.rpartition(".")
        assert hasattr(importlib.import_module(f"varna.{name}.{module}"), what), wanted
    if room.demonstration is not None:
        assert hasattr(importlib.import_module(f"varna.{name}.demonstration"), "fill")


def test_what_is_handed_up_is_asked_for():
    code = "".join(p.read_text(encoding="utf-8") for p in rooms.HOUSE.rglob("*.py"))
    handed = {name for room in rooms.cards().values() for name in room.hands}
    assert {name for name in handed if f'handed("{name}")' not in code} == set()


@pytest.mark.parametrize("name", rooms.cards())
def test_a_room_begins_with_its_word_in_both_languages(name):
    room, said = rooms.cards()[name], importlib.import_module(f"varna.{name}").__doc__
    if name in {"site", "foundation"}:
        return
    assert said.startswith(f"{room.english} ({room.swedish}): ")


def test_the_map_knows_every_room_and_no_other():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^[├└]── (\w+)/ +(\S.*)$", text, re.MULTILINE)
    assert {name for name, _words in drawn} == set(rooms.cards())
    for name, words in drawn:
        room = rooms.cards()[name]
        assert room.purpose in words, f"{name} is “{room.purpose}”"
    above = [name for name, _words in drawn]
    for place, name in enumerate(above):
        stands_on = set(rooms.cards()[name].stands_on)
        assert not stands_on & set(above[:place]), f"{name} is drawn under what it stands on"


# ── what a card cannot say ────────────────────────────────────────────────────────────────────
def test_rooms_that_stand_on_each_other_in_a_ring_are_refused():
    card = rooms.Room(english="A", swedish="a", purpose="a")
    ring = {
        "one": rooms.Room(english="A", swedish="a", purpose="a", stands_on=("two",)),
        "two": rooms.Room(english="B", swedish="b", purpose="b", stands_on=("one",)),
        "foundation": card,
    }
    with pytest.raises(CardError, match="ring"):
        rooms.floor("one", ring)
