"""Every code has words, every field has a class, and no back door leads to a person."""

from django.apps import apps
from django.db import models

import pytest

from varna.foundation.vault.fields import SealedField
from varna.organisation.inventory import FIELDS
from varna.organisation.models import BODY_KIND_LABELS, GROUP_LABELS, POSITION_LABELS
from varna.organisation.rules.roles import BodyKind, Group, Position


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (BodyKind, BODY_KIND_LABELS),
        (Group, GROUP_LABELS),
        (Position, POSITION_LABELS),
    ],
)
def test_every_code_has_words(codes, said):
    assert set(codes) == set(said)


def test_every_state_fits_its_column():
    assert max(map(len, Group)) <= 20


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
        for model in apps.get_app_config("organisation").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, holds)
    }
    assert set(found) == set(FIELDS)
    sealed = {name for name, field in found.items() if isinstance(field, SealedField)}
    assert sealed == {name for name, kind in FIELDS.items() if kind == "sealed"}


def test_no_back_door_leads_to_a_person():
    """A relation within the register hides its reverse, so no body.assignment_set."""
    for model in apps.get_app_config("organisation").get_models():
        assert not hasattr(model, "objects"), model
        for field in model._meta.concrete_fields:
            assert not field.remote_field or field.remote_field.hidden, field
