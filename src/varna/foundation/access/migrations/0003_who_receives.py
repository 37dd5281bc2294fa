"""Who receives is decided when it is read; who is kept out is found by who they are; and what opens
something carries a tag.
"""

import uuid
from collections import defaultdict

import django.db.models.manager
from django.db import migrations, models
from django.utils import timezone

from varna.foundation.access.tokens import token, token_of_both, unwrapped, wrapped
from varna.foundation.tags import tag_of


BY_ROLE = ("triage", "lead")
PEOPLE = "organisation_person"  # a table of a room above, which an old database has


def ids_in(table, editor):
    if table not in editor.connection.introspection.table_names():
        return set()
    with editor.connection.cursor() as cursor:
        cursor.execute(f'SELECT id FROM "{table}"')  # noqa: S608 (a name of our own)
        return {uuid.UUID(str(found)) for (found,) in cursor.fetchall()}


def remember_by_whom(apps, editor):
    """A conflict was kept as one token of both who and what: find again which they were."""
    kept_out = apps.get_model("access", "KeptOut").unscoped
    waiting = {bytes(row.token): row for row in kept_out.all()}
    if not waiting:
        return
    account = apps.get_model("accounts", "Account").objects
    people = set(account.exclude(person=None).values_list("person", flat=True))
    whom = set(account.values_list("pk", flat=True)) | people | ids_in(PEOPLE, editor)
    abouts = set(apps.get_model("access", "Grant").unscoped.values_list("about", flat=True))
    abouts |= ids_in("cases_case", editor) | ids_in("reports_report", editor)
    for one in whom:
        who = token(one)
        for about in abouts:
            row = waiting.pop(token_of_both(about, one), None)
            if row is not None:
                row.who, row.about = who, wrapped(about, who)
                row.save(update_fields=["who", "about"])
        if not waiting:
            break
    # Of somebody or something that is not there any more: it can keep nobody out.
    kept_out.filter(pk__in=[row.pk for row in waiting.values()]).delete()


def spread(apps, _editor):
    """What was kept of an account holds for its person and that person's other accounts too."""
    kept_out = apps.get_model("access", "KeptOut").unscoped
    held = apps.get_model("accounts", "Account").objects.exclude(person=None)
    families = defaultdict(set)
    for pk, person in held.values_list("pk", "person"):
        families[person] |= {person, pk}
    for family in families.values():
        names = [token(one) for one in family]
        abouts = {
            unwrapped(bytes(row.about), bytes(row.who)) for row in kept_out.filter(who__in=names)
        }
        for about in abouts:
            for who in names:
                said = {"who": who, "about": wrapped(about, who)}
                if not kept_out.filter(**said).exists():
                    kept_out.create(**said)


def end_what_came_with_a_role(apps, _editor):
    at = timezone.now()
    rows = apps.get_model("access", "Grant").unscoped.filter(relation__in=BY_ROLE)
    rows.filter(until=None).update(until=at)
    rows.filter(until__gt=at).update(until=at)


def tag_all(apps, _editor):
    for name in ("Grant", "KeptOut"):
        for row in apps.get_model("access", name).unscoped.all():
            row.tag = tag_of(row)
            row.save(update_fields=["tag"])


class Migration(migrations.Migration):
    dependencies = [("access", "0002_shortened_grants"), ("accounts", "0002_may_enrol")]
    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("tag", models.BinaryField(default=bytes, max_length=32)),
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("for_duty", models.BooleanField()),
                ("within", models.UUIDField(db_index=True, null=True)),
            ],
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
        migrations.AddField("grant", "tag", models.BinaryField(default=bytes, max_length=32)),
        migrations.AddField("keptout", "tag", models.BinaryField(default=bytes, max_length=32)),
        migrations.AddField(
            "keptout", "who", models.BinaryField(db_index=True, default=bytes, max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            "keptout", "about", models.BinaryField(default=bytes, max_length=24),
            preserve_default=False,
        ),
        migrations.RunPython(remember_by_whom, migrations.RunPython.noop),
        migrations.RunPython(end_what_came_with_a_role, migrations.RunPython.noop),
        migrations.RemoveField("keptout", "token"),
        migrations.RemoveField("keptout", "since"),
        migrations.AddConstraint(
            "keptout",
            models.UniqueConstraint(fields=["who", "about"], name="kept_out_of_a_thing_once"),
        ),
        migrations.RunPython(spread, migrations.RunPython.noop),
        migrations.RunPython(tag_all, migrations.RunPython.noop),
    ]
