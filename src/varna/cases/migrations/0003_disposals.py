"""Destroying keys is decided by two and kept as a row of its own; what was destroyed before there
were such rows has one, with the decision that stood in the case.
"""

import uuid

import django.db.models.manager
from django.db import migrations, models

from varna.foundation.tags import tag_of


def those_before(apps, _editor):
    disposal = apps.get_model("cases", "Disposal")
    for case in apps.get_model("cases", "Case").unscoped.exclude(shredded_at=None):
        row = disposal(
            about=case.pk,
            decision=case.shred_decision,
            asked_at=case.shredded_at,
            carried_out_at=case.shredded_at,
        )
        row.tag = tag_of(row)
        row.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_matters")]
    operations = [
        migrations.CreateModel(
            name="Disposal",
            fields=[
                ("tag", models.BinaryField(default=bytes, max_length=32)),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("about", models.UUIDField(db_index=True)),
                ("decision", models.CharField(max_length=80)),
                ("asked_by", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("carried_out_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("about",),
                        name="one_disposal_of_a_thing",
                    )
                ],
            },
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
        migrations.RunPython(those_before, migrations.RunPython.noop),
        migrations.RemoveField("case", "shred_decision"),
    ]
