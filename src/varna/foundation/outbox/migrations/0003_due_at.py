"""When a mail was to leave stays, however often it is tried."""

from django.db import migrations, models


def from_what_is_known(apps, _editor):
    """What waits has been put off at most a few times: its next try is what is known."""
    apps.get_model("outbox", "Mail").unscoped.update(due_at=models.F("not_before"))


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_invitations")]

    operations = [
        migrations.AddField("mail", "due_at", models.DateTimeField(null=True)),
        migrations.RunPython(from_what_is_known, migrations.RunPython.noop),
        migrations.AlterField("mail", "due_at", models.DateTimeField()),
    ]
