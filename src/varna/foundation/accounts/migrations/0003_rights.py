"""Roles carry a tag, and turns of duty are written down."""

import uuid

import django.db.models.manager
from django.db import migrations, models

from varna.foundation.tags import tag_of


def tag_roles(apps, _editor):
    for row in apps.get_model("accounts", "RoleGrant").objects.all():
        row.tag = tag_of(row)
        row.save(update_fields=["tag"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_may_enrol")]
    operations = [
        migrations.AddField("rolegrant", "tag", models.BinaryField(default=bytes, max_length=32)),
        migrations.RunPython(tag_roles, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("tag", models.BinaryField(default=bytes, max_length=32)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("account", models.UUIDField(db_index=True)),
                ("substitute", models.UUIDField(db_index=True, null=True)),
                ("since", models.DateTimeField(db_index=True)),
                ("until", models.DateTimeField()),
            ],
            options={"ordering": ["since"]},
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
        migrations.CreateModel(
            name="PersonChange",
            fields=[
                ("tag", models.BinaryField(default=bytes, max_length=32)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("account", models.UUIDField(unique=True)),
                ("person", models.UUIDField()),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
            ],
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
    ]
