"""Which installation the database is of."""

import django.db.models.manager
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('tag', models.BinaryField(max_length=32)),
            ],
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
