"""The day when a measure was offered to the person. Until now a measure of support was itself taken
for the offer, as its page said: for what is written already it is the day it was written.
"""

from zoneinfo import ZoneInfo

from django.db import migrations, models

from varna.foundation.vault.fields import SealedField


TO_THE_PERSON = [1, 3, 4, 5, 7, 8]  # acute, personal, home, details, digital, legal
HERE = ZoneInfo("Europe/Stockholm")


def as_it_was_read(apps, _editor):
    measures = apps.get_model("support", "Measure").unscoped.filter(
        measure_class__in=TO_THE_PERSON
    )
    for pk, at in measures.values_list("pk", "at"):
        measures.filter(pk=pk).update(offered_on=at.astimezone(HERE).date())


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial")]
    operations = [
        migrations.AddField("measure", "offered_on", models.DateField(null=True)),
        migrations.AddField("measure", "answer", SealedField(compartment=2, null=True)),
        migrations.RunPython(as_it_was_read, migrations.RunPython.noop),
    ]
