"""Every reason has words, every field has a class, and what is mapped is masked and sealed."""

from django.apps import apps
from django.db import models

import pytest

from varna.foundation.vault.fields import SealedField
from varna.importing import words
from varna.importing.inventory import FIELDS
from varna.importing.models import ImportState
from varna.importing.rules.cells import Reason
from varna.importing.rules.columns import SYNONYMS, Column, MappingReason
from varna.importing.rules.plan import Outcome
from varna.importing.rules.questions import Doubt
from varna.importing.rules.tables import FileReason
from varna.organisation.rules.roles import NoOffice


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (FileReason, words.FILE_REASONS),
        (Reason, words.REASONS),
        (MappingReason, words.MAPPING_REASONS),
        (Column, words.COLUMNS),
        (Column, SYNONYMS),
        (Outcome, words.OUTCOMES),
        (Doubt, words.DOUBTS),
        (NoOffice, words.NOBODY),
    ],
)
def test_every_code_has_words(codes, said):
    assert set(codes) == set(said)


def test_every_state_fits_its_column():
    assert max(map(len, ImportState.values)) <= 10
    assert max(map(len, FileReason)) <= 20


def test_every_field_that_can_hold_text_has_a_class():
    holds = (
        models.CharField,
        models.TextField,
        models.JSONField,
        models.BinaryField,
        models.FileField,
    )
    found = {
        f"{model._meta.label_lower}.{field.name}": field
        for model in apps.get_app_config("importing").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, holds)
    }
    assert set(found) == set(FIELDS)
    sealed = {name for name, field in found.items() if isinstance(field, SealedField)}
    assert sealed == {name for name, kind in FIELDS.items() if kind == "sealed"}
