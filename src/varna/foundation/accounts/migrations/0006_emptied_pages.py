"""SQLite leaves what was deleted on pages that nobody uses: write the whole file anew, once."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def rewrite(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Migration(migrations.Migration):
    atomic = False  # a file is not rewritten inside a transaction

    dependencies = [
        ("accounts", "0005_own_sessions"),
    ]

    operations = [
        migrations.RunPython(rewrite, migrations.RunPython.noop),
    ]
