"""Accounts and passkeys carry a tag too: those that are there now are ours."""

import hashlib
import json
import uuid

import django.db.models.manager
from django.db import migrations, models

from varna.foundation.tags import tag_of


def tag_all(apps, _editor):
    for row in apps.get_model("accounts", "Account").objects.all():
        row.tag = tag_of(row)
        row.save(update_fields=["tag"])
    key_tag = apps.get_model("accounts", "KeyTag")
    for one in apps.get_model("mfa", "Authenticator").objects.filter(type="webauthn"):
        known = json.dumps(one.data["credential"], sort_keys=True)
        digest = hashlib.sha256(known.encode()).hexdigest()
        row = key_tag(key=one.pk, account=one.user_id, digest=digest)
        row.tag = tag_of(row)
        row.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_sent_code"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        migrations.AddField("account", "tag", models.BinaryField(default=bytes, max_length=32)),
        migrations.CreateModel(
            name="KeyTag",
            fields=[
                ("tag", models.BinaryField(default=bytes, max_length=32)),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.PositiveBigIntegerField(unique=True)),
                ("account", models.UUIDField(db_index=True)),
                ("digest", models.CharField(max_length=64)),
            ],
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
        migrations.RunPython(tag_all, migrations.RunPython.noop),
    ]
