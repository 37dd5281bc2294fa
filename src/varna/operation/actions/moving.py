"""Copy the whole database into another, of another kind if need be: SQLite today, PostgreSQL when
it grows. Rows go as they stand, with their ids and their tags; nothing is opened.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.utils.translation import gettext as _

from varna.foundation.accounts.models import Account
from varna.foundation.audit.models import Event
from varna.foundation.deeds import upkeep
from varna.operation.actions.dumps import CopyError
from varna.operation.actions.lock import alone


THERE = "there"  # the database that is moved to, as Django knows it meanwhile
SOME = 1000
Tell = Callable[[str], object]
Model = type[models.Model]


@upkeep
def move(database: dict[str, Any], *, varna: Callable[..., str], tell: Tell) -> int:
    """`database`: as Django knows it; it must be empty. `varna`: runs a command in a process of its
    own, for which that is the only database. What is here stays as it is. Answer how many rows
    went. Raises CopyError; InUseError while something serves.
    """
    with alone():
        varna("migrate", "--verbosity", "0")
        connections.databases[THERE] = {**connections.databases["default"], **database}
        try:
            total = _copy_all(tell)
        except DatabaseError as fault:
            raise CopyError(_("It did not work: %s") % fault) from None
        finally:
            connections[THERE].close()
            del connections.databases[THERE]
        tell(varna("audit", "verify").strip())
        return total


def _copy_all(tell: Tell) -> int:
    total = 0
    with transaction.atomic(using=THERE):
        if any(_rows(model, THERE).exists() for model in (Account, Event)):
            raise CopyError(_("The database that you move to is not empty."))
        found = _tables()
        with connections[THERE].constraint_checks_disabled():
            for model in found:
                total += _copy_rows(model, tell)
        connections[THERE].check_constraints()
        with connections[THERE].cursor() as cursor:
            for line in connections[THERE].ops.sequence_reset_sql(no_style(), found):
                cursor.execute(line)
    return total


def _rows(model: Model, database: str) -> models.QuerySet[models.Model]:
    """Every row, whoever sees it, and written as it is: a tag is copied, never given."""
    return models.QuerySet(model=model, using=database)


def _tables() -> list[Model]:
    """The log's lines first: each marks itself as waiting, and then what waits is copied too."""
    found = apps.get_models(include_auto_created=True)
    return sorted(found, key=lambda model: model is not Event)


def _copy_rows(model: Model, tell: Tell) -> int:
    there = _rows(model, THERE)
    if there.exists():  # what the tables were made with
        there._raw_delete(THERE)  # noqa: SLF001 (no cascade: every table is copied)
    for some in _parts(_rows(model, "default").order_by("pk")):
        there.bulk_create(some)
    here, came = _rows(model, "default").count(), _rows(model, THERE).count()
    if here != came:
        raise CopyError(
            _("%(table)s has %(here)d rows here and %(there)d there.")
            % {"table": model._meta.db_table, "here": here, "there": came}  # noqa: SLF001
        )
    if here:
        tell(f"{model._meta.db_table}: {here}")  # noqa: SLF001 (Django's public _meta)
    return here


def _parts(rows: models.QuerySet[models.Model]) -> Iterator[list[models.Model]]:
    part: list[models.Model] = []
    for row in rows.iterator(chunk_size=SOME):
        part.append(row)
        if len(part) == SOME:
            yield part
            part = []
    if part:
        yield part
