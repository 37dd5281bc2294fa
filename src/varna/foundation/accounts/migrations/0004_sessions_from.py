from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_rights"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="sessions_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
