"""From when a report that was put aside is kept, and whether its keys have been destroyed."""

from django.db import migrations, models
from django.utils import timezone


def from_when(apps, _editor):
    """The log knows when; where it does not, the years are counted from today: never too soon."""
    event, now = apps.get_model("audit", "Event").unscoped, timezone.now()
    for report in apps.get_model("reports", "Report").unscoped.filter(state="set_aside"):
        said = event.filter(act="report.set_aside", about=report.pk).order_by("-pk").first()
        report.set_aside_at = said.at if said else now
        report.save(update_fields=["set_aside_at"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_waiting_and_range"), ("reports", "0002_matters")]
    operations = [
        migrations.AddField(
            "report", "set_aside_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField("report", "shredded_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(from_when, migrations.RunPython.noop),
    ]
