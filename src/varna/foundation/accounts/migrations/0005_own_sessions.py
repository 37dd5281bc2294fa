"""Sessions in a table of our own. The old one held what was in them in clear, an app's secret too
while it was added, so it is not taken over: everybody signs in anew.
"""

from django.db import migrations, models


# Forgotten by the migrations too, so that an older version that comes back makes its table again.
FORGET = [
    "DROP TABLE IF EXISTS django_session",
    "DELETE FROM django_migrations WHERE app = 'sessions'",
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_sessions_from"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="session key",
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("account", models.UUIDField(db_index=True, null=True)),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
