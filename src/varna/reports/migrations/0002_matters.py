"""Every report is there to be received; what has gone into a case is said by the room of cases."""

from django.db import migrations

from varna.foundation.tags import tag_of


def announce(apps, _editor):
    matter = apps.get_model("access", "Matter")
    for pk, received_at in apps.get_model("reports", "Report").unscoped.values_list(
        "pk", "received_at"
    ):
        row = matter(id=pk, since=received_at, for_duty=True)
        row.tag = tag_of(row)
        row.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("access", "0003_who_receives")]
    operations = [migrations.RunPython(announce, migrations.RunPython.noop)]
