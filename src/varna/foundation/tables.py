"""A table that follows its model to another room.

A room that grows is split, and a model moves. Where there is an old database the table is there
already, under the old room's name: it gets its new name with everything that is in it. Where there
is none it is made. Backwards it gets the old name again, and never loses a row.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState


class AdoptModel(CreateModel):
    """`was`: what the table was called before its model moved here."""

    def __init__(self, *args: Any, was: str, **options: Any) -> None:  # noqa: ANN401 (Django's own)
        self.was = was
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:  # noqa: ANN401 (Django's three-part answer)
        name, args, options = super().deconstruct()
        return name, args, options | {"was": self.was}

    def reduce(self, operation: Any, app_label: str) -> bool:  # noqa: ANN401, ARG002 (Django's own)
        return False  # squashed into something else it would forget the old name

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = _model(to_state, app_label, self.name)
        table = model._meta.db_table  # noqa: SLF001 (Django's public _meta)
        if self.was in schema_editor.connection.introspection.table_names():
            schema_editor.alter_db_table(model, self.was, table)
            _rename_indexes(schema_editor, model, self.was, table)
        else:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 (Django's own)
    ) -> None:
        model = _model(from_state, app_label, self.name)
        table = model._meta.db_table  # noqa: SLF001 (Django's public _meta)
        _rename_indexes(schema_editor, model, table, self.was)
        schema_editor.alter_db_table(model, table, self.was)

    def describe(self) -> str:
        return f"{super().describe()}, or take over {self.was}"


def _model(state: ProjectState, app_label: str, name: str) -> type[models.Model]:
    apps: Apps = state.apps
    return apps.get_model(app_label, name)


def _rename_indexes(
    schema_editor: BaseDatabaseSchemaEditor, model: type[models.Model], old: str, new: str
) -> None:
    """Those that are called after the table. The table has its model's name just now."""
    options = model._meta  # noqa: SLF001 (Django's public _meta)
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, options.db_table)
    names = {field.column: field.name for field in options.local_concrete_fields}
    declared = {tuple(index.fields): index.name for index in options.indexes}
    for name, what in found.items():
        if not what["index"] or what["unique"]:
            continue
        fields = tuple(names[column] for column in what["columns"])
        called = name.replace(old, new, 1)
        if new == options.db_table:
            called = declared.get(fields, called)
        if called != name:
            schema_editor.rename_index(
                model,
                models.Index(fields=fields, name=name),
                models.Index(fields=fields, name=called),
            )
