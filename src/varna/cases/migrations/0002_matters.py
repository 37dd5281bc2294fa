"""Every case is there to be received by the leads, and its reports have gone into it."""

from django.db import migrations

from varna.foundation.tags import tag_of


def announce(apps, _editor):
    matter = apps.get_model("access", "Matter")
    for pk, opened_at in apps.get_model("cases", "Case").unscoped.values_list("pk", "opened_at"):
        row = matter(id=pk, since=opened_at, for_duty=False)
        row.tag = tag_of(row)
        row.save(force_insert=True)
    links = apps.get_model("cases", "LinkedReport").unscoped
    within = dict(links.values_list("report", "case_id"))
    for row in matter.unscoped.filter(for_duty=True).iterator():
        if row.pk in within:
            row.within = within[row.pk]
            row.tag = tag_of(row)
            row.save(update_fields=["within", "tag"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("reports", "0002_matters")]
    operations = [migrations.RunPython(announce, migrations.RunPython.noop)]
