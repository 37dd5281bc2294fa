"""A line waits by being there: the database writes that it does. The tree's peaks are kept in a row,
and on SQLite nothing is written over by INSERT OR REPLACE, which asks no other trigger.
"""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


SAYS = "the log is only added to"
# What must not be there already, by the table that is written in.
TAKEN = {
    "audit_event": "SELECT 1 FROM audit_event WHERE id = NEW.id",
    "audit_leaf": (
        'SELECT 1 FROM audit_leaf WHERE "index" = NEW."index" OR event_id = NEW.event_id'
    ),
}
WAITS = "INSERT INTO audit_waiting (event_id) VALUES (NEW.id)"


def guard(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION audit_wait() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {WAITS}; RETURN NULL; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER audit_event_waits AFTER INSERT ON audit_event "
            "FOR EACH ROW EXECUTE FUNCTION audit_wait()"
        )
        return
    schema_editor.execute(
        f"CREATE TRIGGER audit_event_waits AFTER INSERT ON audit_event BEGIN {WAITS}; END"
    )
    for table, there in TAKEN.items():
        schema_editor.execute(
            f"CREATE TRIGGER {table}_stays_insert BEFORE INSERT ON {table} "
            f"WHEN EXISTS ({there}) BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )


def lift(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_event_waits ON audit_event")
        return
    schema_editor.execute("DROP TRIGGER audit_event_waits")
    for table in TAKEN:
        schema_editor.execute(f"DROP TRIGGER {table}_stays_insert")


def those_without_a_place(_apps, schema_editor):
    schema_editor.execute(
        "INSERT INTO audit_waiting (event_id) SELECT id FROM audit_event WHERE NOT EXISTS "
        "(SELECT 1 FROM audit_leaf WHERE audit_leaf.event_id = audit_event.id)"
    )


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="audit.event",
                    ),
                ),
            ],
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
        migrations.CreateModel(
            name="Range",
            fields=[
                ("tag", models.BinaryField(default=bytes, max_length=32)),
                (
                    "id",
                    models.SmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("size", models.BigIntegerField(default=0)),
                ("peaks", models.BinaryField(default=bytes, max_length=2048)),
            ],
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
        migrations.RunPython(guard, lift, elidable=False),
        migrations.RunPython(those_without_a_place, migrations.RunPython.noop),
    ]
