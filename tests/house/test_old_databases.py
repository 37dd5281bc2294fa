"""An old database, from before rooms were divided: tables follow their models, with every row."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import pytest

import world as worlds
from varna.following.models import Statement
from varna.foundation import clock
from varna.foundation.keys.rules import Compartment
from varna.foundation.tables import AdoptModel
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.importing.models import Import
from varna.importing.sealed import SealedFile
from varna.support.models import Measure
from varna.support.sealed import Content


pytestmark = pytest.mark.django_db(transaction=True)
DIVIDED = ("following", "importing", "support")
LEFT_BEHIND = [("compliance", "0001_initial")]  # what an old database says that it has done


def adopted():
    """Every table that has moved: its model, and its name before."""
    steps = MigrationLoader(None).disk_migrations
    return {
        apps.get_model(app, step.name): step.was
        for (app, _name), migration in steps.items()
        for step in migration.operations
        if isinstance(step, AdoptModel)
    }


def told(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def as_it_was_before():
    loader = MigrationLoader(None)
    for app in DIVIDED:  # what has been added since is not there yet
        first = min(name for label, name in loader.disk_migrations if label == app)
        call_command("migrate", app, first, verbosity=0)
    for model, was in adopted().items():
        told(f'ALTER TABLE "{model._meta.db_table}" RENAME TO "{was}"')
    for app in DIVIDED:
        told("DELETE FROM django_migrations WHERE app = %s", app)
    for app, name in LEFT_BEHIND:
        told(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)",
            app, name, clock.now(),
        )  # fmt: skip


def counted():
    return {model: model._base_manager.count() for model in adopted()}


def opened():
    """What one measure, one statement and one file's key say."""
    measure = Measure.unscoped.order_by("pk").first()
    kept = Import.unscoped.exclude(file=None).order_by("pk").first()
    at = clock.now()
    with vault.opened_by_system(
        measure.case_id, Compartment.PROTECTION, purpose="tests", at=at
    ) as handle:
        what = handle.read(measure, "what", Content)
    with vault.opened_by_system(
        owners.REGISTER, Compartment.PROTECTION, purpose="tests", at=at
    ) as handle:
        file = handle.read(kept, "file", SealedFile)
    return what, file, Statement.unscoped.order_by("pk").first().reason


def indexes():
    with connection.cursor() as cursor:
        return {
            name
            for model in adopted()
            for name in connection.introspection.get_constraints(cursor, model._meta.db_table)
        }


def test_every_table_follows_its_model_with_all_that_is_in_it():
    worlds.a_world()
    rows, said, names = counted(), opened(), indexes()
    assert all(rows.values()), "the world has a row of every model"
    as_it_was_before()
    assert not set(connection.introspection.table_names()) & {m._meta.db_table for m in rows}
    call_command("migrate", verbosity=0)
    assert counted() == rows
    assert opened() == said
    assert indexes() == names
    assert not set(connection.introspection.table_names()) & set(adopted().values())


def test_backwards_a_table_gets_its_old_name_and_loses_nothing():
    worlds.a_world()
    rows = counted()
    for app in DIVIDED:
        call_command("migrate", app, "zero", verbosity=0)
    here = set(connection.introspection.table_names())
    assert set(adopted().values()) <= here
    assert not {model._meta.db_table for model in rows} & here
    call_command("migrate", verbosity=0)
    assert counted() == rows


def test_the_old_table_of_sessions_is_gone_with_what_lay_in_it():
    """It held in clear what was in them; and an older version that comes back makes it again."""
    call_command("migrate", "accounts", "0004", verbosity=0)
    told("CREATE TABLE django_session (session_key varchar(40) PRIMARY KEY, session_data text)")
    told("INSERT INTO django_session VALUES ('key', 'secret')")
    MigrationRecorder(connection).record_applied("sessions", "0001_initial")
    call_command("migrate", verbosity=0)
    assert "django_session" not in connection.introspection.table_names()
    assert ("sessions", "0001_initial") not in MigrationLoader(connection).applied_migrations
