"""Lift the log's protection in the database: to tamper as its owner could, or to empty a test's
database afterwards.
"""

import importlib
from contextlib import contextmanager


class _Editor:
    """What the migration needs of Django's schema editor, without a transaction of its own."""

    def __init__(self, connection):
        self.connection = connection

    def execute(self, statement):
        with self.connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def lifted():
    from django.db import connection

    migration = importlib.import_module("varna.foundation.audit.migrations.0002_append_only")
    editor = _Editor(connection)
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # DDL wants nothing to be pending
    migration.lift(None, editor)
    yield
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    migration.guard(None, editor)


def let_transactional_tests_flush():
    """Such a test empties its database afterwards, the log too."""
    from django.test import TransactionTestCase

    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush_with_the_log(self):
        with lifted():
            flush(self)

    TransactionTestCase._fixture_teardown = flush_with_the_log  # type: ignore[attr-defined]
