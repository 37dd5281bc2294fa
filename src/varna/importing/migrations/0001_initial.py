import django.db.models.manager
import uuid
import varna.foundation.vault.fields
from django.db import migrations, models
from varna.foundation.tables import AdoptModel


class Migration(migrations.Migration):
    """Files were read into the register by the room of the register itself, before."""

    initial = True

    # Its tables are the register's until that has taken its last step without this room.
    dependencies = [('organisation', '0002_body_dissolved_on')]

    operations = [
        AdoptModel(
            was='organisation_import',
            name='Import',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(max_length=10)),
                ('made_by', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.BigIntegerField()),
                ('file', varna.foundation.vault.fields.SealedField(sealed_as="organisation.import.file", compartment=2, null=True)),
                ('file_id', models.UUIDField(null=True)),
                ('columns', models.JSONField(default=dict)),
                ('done', models.IntegerField(default=0)),
                ('rows', models.IntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('refused', models.JSONField(default=list)),
                ('changed', models.JSONField(default=list)),
                ('ended', models.JSONField(default=list)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('refusal', models.CharField(blank=True, max_length=20)),
                ('refusal_line', models.IntegerField(null=True)),
            ],
            options={
                'ordering': ['-made_at'],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        AdoptModel(
            was='organisation_rememberedcolumns',
            name='RememberedColumns',
            fields=[
                ('fingerprint', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('columns', models.JSONField()),
            ],
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
