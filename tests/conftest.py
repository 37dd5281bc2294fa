"""One installation for the whole run: its own folder, keystore and database."""

import os
import tempfile
from pathlib import Path


HERE = Path(tempfile.mkdtemp(prefix="varna-test-"))
os.environ.pop("VARNA_CREDENTIALS", None)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "varna.site.settings",
    "VARNA_DEMO": "yes",
    "VARNA_VAR": str(HERE),
    "DATABASE_URL": os.environ.get(
        "VARNA_TEST_DATABASE_URL", f"sqlite:///{HERE / 'varna.sqlite3'}"
    ),
    "EMAIL_URL": "memorymail://",
}

import django  # noqa: E402

import pytest  # noqa: E402

import cast  # noqa: E402 (after the environment is set)
import guards  # noqa: E402


django.setup()
guards.let_transactional_tests_flush()


@pytest.fixture(scope="session", autouse=True)
def _installation():
    """The keystore and the static files, made as an installation makes them."""
    from django.conf import settings
    from django.core.management import call_command

    from varna.foundation.keys.providers import make_root_file
    from varna.foundation.keys.store import keystore

    settings.MEDIA.mkdir(parents=True, exist_ok=True)
    make_root_file(settings.ROOT_KEY_FILE)
    keystore().create()
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def _own_signed_heads():
    """Each test begins with an empty log, and so with no signed heads beside the database."""
    from django.conf import settings

    settings.CHECKPOINTS.unlink(missing_ok=True)


@pytest.fixture
def now():
    from varna.foundation import clock

    return clock.now()


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
def as_person(client):
    """`as_person(alva)`: the client, strongly signed in as somebody."""
    return lambda account, **how: cast.sign_in(client, account, **how)
