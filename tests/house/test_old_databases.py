"""An old database, from before rooms were divided: tables follow their models, with every row."""

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import pytest

import world as worlds
from varna.cases.actions.disposal import shred_again
from varna.cases.models import Case, Disposal
from varna.following.models import Statement
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.audit.actions import record, sign_head
from varna.foundation.audit.models import Event, Waiting
from varna.foundation.audit.queries import verify
from varna.foundation.keys.rules import Compartment
from varna.foundation.keys.store import keystore
from varna.foundation.tables import AdoptModel
from varna.foundation.tags import is_written
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.importing.models import Import
from varna.importing.sealed import SealedFile
from varna.reports.models import Report
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


@pytest.mark.proves("F-22", part=True)
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


def test_what_was_destroyed_before_is_destroyed_by_a_decision_of_its_own():
    world = worlds.a_world()
    reports = Report.unscoped.filter(state="set_aside")
    put_aside = {report.pk: report.received_at for report in reports}
    call_command("migrate", "cases", "0002", verbosity=0)
    call_command("migrate", "reports", "0002", verbosity=0)
    stored = world.closed.hex if connection.vendor == "sqlite" else world.closed
    told("UPDATE cases_case SET shredded_at = %s, shred_decision = 'KS 1' WHERE id = %s",
         clock.now(), stored)  # fmt: skip
    call_command("migrate", verbosity=0)
    row = Disposal.unscoped.get(about=world.closed)
    assert is_written(row)
    assert (row.decision, row.asked_by) == ("KS 1", None)
    assert row.carried_out_at == Case.unscoped.get(pk=world.closed).shredded_at
    assert keystore().has_keys(world.closed), "as an old copy of the keystore would have it"
    assert shred_again(at=clock.now()) > 0
    assert not keystore().has_keys(world.closed)
    for pk, received_at in put_aside.items():
        assert Report.unscoped.get(pk=pk).set_aside_at >= received_at, "the log knows the day"


def test_an_old_log_goes_on_with_the_lines_that_had_no_place():
    for number in range(20):
        record("test.deed", by=system("tests"), at=clock.now(), n=number)
        if number == 11:
            sign_head(at=clock.now())
    call_command("migrate", "reports", "0002", verbosity=0)
    call_command("migrate", "audit", "0002", verbosity=0)
    record_before = Event.unscoped.count()
    call_command("migrate", verbosity=0)
    assert Waiting.unscoped.count() == record_before - 12
    assert sign_head(at=clock.now()) is not None
    verdict = verify()
    assert verdict.whole, verdict.faults
    assert (verdict.lines, verdict.unplaced) == (20, 0)
    with pytest.raises(DatabaseError), transaction.atomic():
        told("UPDATE audit_event SET body = '{}'")
