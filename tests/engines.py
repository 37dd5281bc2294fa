"""What is asked on each database, and what is asked whole on one of them and in part on the other.

SQLite is asked everything. What is decided in Python, from rows that any database answers alike, is
asked of PostgreSQL by a few: enough to show that its statements run and say the same.
"""

import os


ON_SERVER = "VARNA_TEST_DATABASE_URL" in os.environ


def whole_or(few, every):
    """Every one on SQLite, a few on PostgreSQL; each of the few is one of them."""
    found = sorted(every)
    assert set(few) < set(found), "the few are some of them"
    return sorted(few) if ON_SERVER else found
