import django.db.models.deletion
import django.db.models.manager
import uuid
import varna.foundation.vault.fields
from django.db import migrations, models
from varna.foundation.tables import AdoptModel


class Migration(migrations.Migration):
    """Measures, police contacts and offers of health care lay among the cases, before."""

    initial = True

    dependencies = [('cases', '0001_initial')]

    operations = [
        AdoptModel(
            was='cases_measure',
            name='Measure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('measure_class', models.PositiveSmallIntegerField()),
                ('state', models.CharField(default='decided', max_length=10)),
                ('owner', models.UUIDField(null=True)),
                ('starts_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('done_on', models.DateField(null=True)),
                ('what', varna.foundation.vault.fields.SealedField(sealed_as='cases.measure.what', compartment=2)),
                ('outcome', varna.foundation.vault.fields.SealedField(sealed_as='cases.measure.outcome', compartment=2, null=True)),
                ('task', varna.foundation.vault.fields.SealedField(sealed_as='cases.measure.task', compartment=6, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'ordering': ['at'],
                'abstract': False,
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        AdoptModel(
            was='cases_policecontact',
            name='PoliceContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('remind_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('what', varna.foundation.vault.fields.SealedField(sealed_as='cases.policecontact.what', compartment=1)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'ordering': ['at'],
                'abstract': False,
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        AdoptModel(
            was='cases_healthoffer',
            name='HealthOffer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('answer', varna.foundation.vault.fields.SealedField(sealed_as='cases.healthoffer.answer', compartment=5)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'ordering': ['at'],
                'abstract': False,
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
