"""The sweep that destroys unused keys leaves everything that a row has sealed."""

import datetime as dt
import uuid

from django.apps import apps
from django.db import models

import pytest

from varna.foundation import clock
from varna.foundation.keys.rules import Compartment
from varna.foundation.keys.store import keystore
from varna.foundation.vault import service as vault
from varna.foundation.vault import sweeps
from varna.foundation.vault.fields import SealedField
from varna.requests.models import HelpRequest


pytestmark = pytest.mark.django_db
LATER = dt.timedelta(hours=30)


def sealed_fields():
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedField):
                yield model, field


def test_everything_that_is_sealed_is_read_after_the_sweep(world):
    """One of every sealed field, made by its own deed."""
    kept = []
    for model, field in sealed_fields():
        row = model._base_manager.exclude(**{field.name: None}).first()
        assert row is not None, f"the world has nothing in {field}"
        kept.append((row, field))
    sweeps.unused_keys(at=clock.now() + LATER)
    for row, field in kept:
        with vault.opened_by_system(
            field.owner_of(row), field.compartment, purpose="test", at=clock.now()
        ) as handle:
            assert isinstance(handle.read(row, field.name, field.shape), field.shape), field


def test_keys_that_seal_nothing_are_destroyed(world):
    lost = uuid.uuid4()
    keystore().ensure(lost, [Compartment.CONTENT])
    sweeps.unused_keys(at=clock.now() + dt.timedelta(hours=1))
    assert keystore().has_keys(lost)
    assert sweeps.unused_keys(at=clock.now() + LATER) >= 1
    assert not keystore().has_keys(lost)


def test_nothing_is_destroyed_when_one_room_cannot_answer(world, monkeypatch):
    lost = uuid.uuid4()
    keystore().ensure(lost, [Compartment.CONTENT])

    class BrokenError(Exception):
        pass

    def fails(*_args, **_named):
        raise BrokenError

    monkeypatch.setattr(type(HelpRequest._base_manager), "get_queryset", fails)
    with pytest.raises(BrokenError):
        sweeps.unused_keys(at=clock.now() + LATER)
    assert keystore().has_keys(lost)


def test_a_sealed_field_that_does_not_say_whose_it_is_cannot_be_made():
    with pytest.raises(TypeError, match="whose keys"):
        type(
            "Loose", (models.Model,),
            {"words": SealedField(compartment=Compartment.CONTENT), "__module__": __name__,
             "Meta": type("Meta", (), {"app_label": "requests"})},
        )  # fmt: skip
    apps.all_models["requests"].pop("loose", None)
    apps.clear_cache()


def test_nothing_is_sealed_under_another_owner(world):
    row = HelpRequest.unscoped.first()
    with pytest.raises(TypeError, match="another owner"):
        vault.writer(uuid.uuid4()).seal(row, "question", "words")
