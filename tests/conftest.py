"""One installation for the whole run: its own folder, keystore and database."""

import copy
import datetime as dt
import os
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any


HERE = Path(tempfile.mkdtemp(prefix="varna-test-"))
os.environ.pop("VARNA_CREDENTIALS", None)
INSTALLATION = {
    "DJANGO_SETTINGS_MODULE": "varna.site.settings",
    "VARNA_DEMO": "yes",
    "VARNA_VAR": str(HERE),
    "DATABASE_URL": os.environ.get(
        "VARNA_TEST_DATABASE_URL", f"sqlite:///{HERE / 'varna.sqlite3'}"
    ),
    "EMAIL_URL": "memorymail://",
    "VARNA_RESERVE_MB": "0",
}
os.environ |= INSTALLATION

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils import translation  # noqa: E402

import hypothesis  # noqa: E402
import pytest  # noqa: E402
import time_machine  # noqa: E402

import cast  # noqa: E402 (after the environment is set)
import guards  # noqa: E402
import registers  # noqa: E402
from varna.foundation import clock  # noqa: E402


django.setup()
guards.let_transactional_tests_flush()

# Found examples are tried again by being written as tests; the machine may be busy, so no deadline.
hypothesis.settings.register_profile("house", deadline=None, max_examples=30, database=None)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=500, database=None)
hypothesis.settings.load_profile("deep" if os.environ.get("DEEP") else "house")

# The moment of the run. Every test in this process begins at it, and modules are read at it, so
# that no midnight passes between what a test was told and what it asks.
BEGAN = dt.datetime.now(dt.UTC)
_reading = time_machine.travel(BEGAN, tick=False)
_reading.start()

# These start installations, whose databases and clocks are the run's.
REAL_PLACES = {"journeys", "faults"}
LONGEST = dt.timedelta(minutes=2)
# Files that take longest, the longest first: whatever is left for the end is short.
LONGEST_FILES = (
    "security/test_canaries.py", "security/test_any_order.py", "journeys/test_plan_work_pages.py",
    "journeys/test_every_page.py", "journeys/test_a_training.py", "architecture/test_commands.py",
    "journeys/test_case_pages.py",
)  # fmt: skip
LONG = REAL_PLACES | {"security", "architecture"}


def _touches_the_database(item):
    return (
        item.get_closest_marker("django_db") is not None
        or "db" in item.fixturenames
        or "transactional_db" in item.fixturenames
        or not REAL_PLACES.isdisjoint(item.path.parts)
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes():
    """Each worker has an installation of its own, and must not inherit the one of this process."""
    for name in INSTALLATION:
        os.environ.pop(name, None)


def _when(item):
    """What takes long begins first, so that no worker has it left when the others are done."""
    name = "/".join(item.path.parts[-2:])
    if name in LONGEST_FILES:
        return LONGEST_FILES.index(name)
    return len(LONGEST_FILES) + LONG.isdisjoint(item.path.parts)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What does not touch the database is the same on all of them: it runs on SQLite only. After
    all others, for one of them shuffles.
    """
    items.sort(key=_when)
    for item in items:
        if not _touches_the_database(item):
            item.add_marker("once")
    if "VARNA_TEST_DATABASE_URL" not in os.environ:
        return
    once = [item for item in items if item.get_closest_marker("once")]
    config.hook.pytest_deselected(items=once)
    items[:] = [item for item in items if not item.get_closest_marker("once")]


if "VARNA_TEST_DATABASE_URL" not in os.environ:

    @pytest.fixture(scope="session")
    def django_db_modify_db_settings_xdist_suffix():
        """In memory each worker has its own database, without a name of its own."""


if "VARNA_TEST_DATABASE_URL" in os.environ:

    @pytest.fixture(scope="session")
    def django_db_keepdb():
        """The server goes with all that is in it; a session may take its time to end."""
        return True


def pytest_collection_finish():
    _reading.stop()


@pytest.fixture(autouse=True)
def _moment(request):
    if REAL_PLACES.isdisjoint(request.node.path.parts):
        with time_machine.travel(BEGAN, tick=True):
            yield
        return
    # What runs beside the test has the real clock: no day may end in the midst of it.
    left = clock.end_of(clock.today()) - clock.now()
    if left < LONGEST:
        time.sleep(left.total_seconds() + 2)
    yield


@pytest.fixture(scope="session", autouse=True)
def _installation():
    """The keystore and the static files, made as an installation makes them."""
    from django.core.management import call_command

    from varna.foundation.keys.providers import make_root_file
    from varna.foundation.keys.store import keystore

    settings.MEDIA.mkdir(parents=True, exist_ok=True)
    make_root_file(settings.ROOT_KEY_FILE)
    keystore().create()
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def django_db_setup(_installation, django_db_setup, django_db_blocker):
    """Database and keystore belong together, also when a test has emptied every table."""
    from django.apps import apps
    from django.db.models.signals import post_migrate

    post_migrate.connect(
        lambda **_: _bound(), sender=apps.get_app_config("keys"), weak=False, dispatch_uid="bound"
    )
    with django_db_blocker.unblock():
        _bound()


def _bound():
    from django.db import connection

    from varna.foundation.keys.models import Installation
    from varna.foundation.keys.store import keystore

    said = keystore().belonging() or keystore().belong_to(uuid.uuid4())
    if Installation._meta.db_table in connection.introspection.table_names():
        Installation.unscoped.get_or_create(id=said.id, defaults={"tag": said.tag})


@pytest.fixture(autouse=True)
def _own_signed_heads():
    """Each test begins with an empty log, and so with no signed heads apart from the database."""

    from varna.foundation.audit.actions import forget_head
    from varna.foundation.audit.queries import last_head

    settings.CHECKPOINTS.unlink(missing_ok=True)
    if last_head() is not None:
        forget_head()


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Nor does it know what another has counted, or how another's plan stood a moment ago."""
    from django.core.cache import cache

    from varna.following.queries import LATELY
    from varna.foundation.access.limits import BUCKETS

    BUCKETS.forget()
    cache.clear()
    LATELY.forget()


@pytest.fixture(autouse=True)
def _in_the_language_of_the_house():
    """Whatever language a page was last read in, by the test before: a client leaves it active."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def in_english():
    """The texts as they stand in the code, whatever has been compiled."""
    with translation.override("en"):
        yield


@pytest.fixture
def alva(db):
    """A handler on duty."""
    return cast.an_account("Alva Lind", "handler")


@pytest.fixture
def love(db):
    """A lead handler."""
    return cast.an_account("Love Berg", "lead")


@pytest.fixture
def folke(db):
    """An elected official with an account."""
    return cast.an_account("Folke Ask", "official")


@pytest.fixture
def berit(db):
    """An access administrator: gives roles, sees no case."""
    return cast.an_account("Berit Sten", "access_admin")


@pytest.fixture
def otto(db):
    """An operator: sees that the system is well, and no content."""
    return cast.an_account("Otto Dal", "operator")


@pytest.fixture
def kim(db):
    """An administration's contact."""
    return cast.an_account("Kim Ek", "contact")


@pytest.fixture
def rut(db):
    """A registrar: keeps the register."""
    return cast.an_account("Rut Dal", "registrar")


@pytest.fixture
def register(db):
    """Three people in it."""
    registers.bring_in(registers.ROWS)


@pytest.fixture
def as_person(client):
    """`as_person(alva)`: the client, strongly signed in as somebody."""
    return lambda account, **how: cast.sign_in(client, account, **how)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The whole test world, made once for a module, a minute before each of its tests: what a test
    does to it is taken back.
    """
    from django.test import TestCase

    import world as worlds

    with django_db_blocker.unblock():
        frame: Any = TestCase
        atomics = frame._enter_atomics()
        try:
            with time_machine.travel(BEGAN - dt.timedelta(minutes=1), tick=True):
                made = worlds.a_world()
            yield made
        finally:
            frame._rollback_atomics(atomics)


@pytest.fixture
def world(built, db):
    return copy.deepcopy(built)
