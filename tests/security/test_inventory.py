"""Every column that can hold words, JSON or bytes is declared: public, workflow or sealed."""

import importlib

from django.apps import apps
from django.db import models

import pytest

from varna.foundation.vault.fields import SealedField


INVENTORIES = [
    "varna.foundation.inventory",
    "varna.organisation.inventory",
    "varna.importing.inventory",
    "varna.evidence.inventory",
    "varna.invitations.inventory",
    "varna.training.inventory",
    "varna.reports.inventory",
    "varna.cases.inventory",
    "varna.support.inventory",
    "varna.documents.inventory",
    "varna.contacts.inventory",
    "varna.cooperation.inventory",
    "varna.requests.inventory",
    "varna.plan.inventory",
    "varna.following.inventory",
]
HOLDS_WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField,
               models.FileField, models.GenericIPAddressField)  # fmt: skip


def declared():
    found = {}
    for name in INVENTORIES:
        for field, kind in importlib.import_module(name).FIELDS.items():
            assert field not in found, f"{field} is declared twice"
            found[field] = kind
    return found


def columns():
    return {
        f"{model._meta.label_lower}.{field.name}": field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, HOLDS_WORDS)
    }


def test_every_column_that_holds_words_is_declared():
    assert set(columns()) - set(declared()) == set()


def test_nothing_is_declared_that_is_not_there():
    assert set(declared()) - set(columns()) == set()


@pytest.mark.parametrize("kind", ["public", "workflow", "sealed"])
def test_the_inventory_knows_three_kinds(kind):
    assert kind in declared().values()
    assert set(declared().values()) <= {"public", "workflow", "sealed"}


def test_what_is_declared_sealed_is_sealed_and_nothing_else_is():
    sealed = {name for name, field in columns().items() if isinstance(field, SealedField)}
    assert sealed == {name for name, kind in declared().items() if kind == "sealed"}


def test_no_relation_leads_into_a_confidential_room():
    """A foreign key into reports or cases hides its way back, so no official.case_set."""
    for app in ("reports", "cases", "support", "evidence"):
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.local_concrete_fields:
                if field.remote_field:
                    assert field.remote_field.hidden, field


def test_no_confidential_model_has_an_open_manager():
    for app in ("reports", "cases", "support", "evidence"):
        for model in apps.get_app_config(app).get_models():
            assert not hasattr(model, "objects"), model
