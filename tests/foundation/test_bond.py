"""A database and a keystore know whether they belong together."""

import secrets
import uuid
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cast
from varna.foundation import tenant
from varna.foundation.keys import store as stores
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.models import Installation
from varna.foundation.keys.providers import HeldRoot, from_file, make_root_file
from varna.foundation.keys.rules import Belonging, Bond, Compartment, Side, bond
from varna.foundation.keys.store import Keystore, keystore
from varna.foundation.vault.queries import keyless
from varna.operation.actions import bonding
from varna.operation.queries import bond as standing
from varna.operation.queries import database_side
from varna.reports import actions as reports
from varna.reports.receipts import new_token, receipt_for
from varna.reports.sealed import Answers, Contact


OURS, THEIRS = (Belonging(uuid.UUID(int=n), bytes([n]) * 32) for n in (1, 2))
sides = st.builds(Side, st.booleans(), st.sampled_from([None, OURS, THEIRS]))


@given(sides, st.none() | sides, st.booleans())
def test_nothing_is_made_anew_beside_what_has_lived(database, keystore, own):
    found = bond(database, keystore, own=own)
    lived = database.lived or (keystore is not None and keystore.lived)
    assert (found is Bond.NEW) == (not lived)


@given(sides, st.none() | sides, st.booleans())
def test_all_is_well_only_where_both_say_the_same(database, keystore, own):
    if bond(database, keystore, own=own) is Bond.WELL:
        assert own
        assert database.belonging == keystore.belonging is not None


@given(st.booleans(), st.booleans(), st.booleans())
def test_two_that_say_different_things_are_never_taken_for_one(a, b, own):
    assert bond(Side(a, OURS), Side(b, THEIRS), own=own) not in {Bond.WELL, Bond.UNSAID}


@pytest.fixture
def elsewhere(tmp_path):
    """Another keystore under the same root key; what is served from it while the test runs."""
    here = tenant.current()
    with tenant.serving(
        tenant.Tenant(here.id, tmp_path / "keys.sqlite3", here.media, here.checkpoints)
    ):
        yield tmp_path / "keys.sqlite3"
    stores.forget()


@pytest.mark.django_db
def test_beside_a_database_that_has_lived_no_keystore_is_made(elsewhere):
    with pytest.raises(KeysMissingError, match=r"nyckelförråd|keystore"):
        bonding.make_keys()
    assert not elsewhere.exists()


@pytest.mark.django_db
def test_a_fresh_keystore_takes_no_key_for_another_ones_database(elsewhere):
    keystore().create()
    assert standing(database_side()) is Bond.OTHER or not Installation.belonging()
    with pytest.raises(KeysMissingError):
        keystore().ensure(uuid.uuid4(), [Compartment.CONTENT])
    assert not keystore().holds_keys


@pytest.mark.django_db
def test_the_databases_own_keystore_makes_keys():
    assert standing(database_side()) is Bond.WELL
    assert keystore().ensure(uuid.uuid4(), [Compartment.CONTENT])


@pytest.mark.django_db
def test_a_keystore_full_of_keys_beside_an_empty_database_stops_the_start(elsewhere):
    keystore().create()
    keystore().belong_to(uuid.uuid4())
    assert bond(Side(lived=False), Side(lived=True, belonging=OURS), own=True) is Bond.NO_DATABASE
    with pytest.raises(KeysMissingError):
        bonding.stop_at(Bond.NO_DATABASE)


def test_a_keystore_that_is_taken_away_gets_no_more_keys(tmp_path):
    root = HeldRoot("test", secrets.token_bytes(32))
    store = Keystore(tmp_path / "keys.sqlite3", root, uuid.UUID(int=7))
    store.create()
    store.ensure(uuid.uuid4(), [Compartment.CONTENT])
    (tmp_path / "keys.sqlite3").rename(tmp_path / "away.sqlite3")
    with pytest.raises(KeysMissingError):
        store.ensure(uuid.uuid4(), [Compartment.CONTENT])
    assert not (tmp_path / "keys.sqlite3").exists()


def test_a_keystore_that_is_put_back_is_read_without_a_restart(tmp_path):
    root = HeldRoot("test", secrets.token_bytes(32))
    path, owner = tmp_path / "keys.sqlite3", uuid.uuid4()
    store = Keystore(path, root, uuid.UUID(int=7))
    store.create()
    store.copy_to(tmp_path / "copy.sqlite3")
    made = store.ensure(owner, [Compartment.CONTENT])
    store.settle()
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    (tmp_path / "copy.sqlite3").replace(path)
    assert store.keys(owner, [Compartment.CONTENT]) == {}
    assert store.ensure(owner, [Compartment.CONTENT]) != made


def test_a_process_learns_of_a_new_root_key_by_itself(tmp_path):
    """`varna keys rotate --new-root`, and the new file put where the old one was."""
    make_root_file(tmp_path / "root.key")
    path, owner = tmp_path / "keys.sqlite3", uuid.uuid4()

    def process():
        read = lambda: from_file(tmp_path / "root.key")  # noqa: E731 (two words)
        return Keystore(path, read(), uuid.UUID(int=7), newer=read)

    one, other = process(), process()
    one.create()
    before = other.ensure(owner, [Compartment.CONTENT])
    other.secret("known")
    make_root_file(tmp_path / "new.key")
    one.rotate(from_file(tmp_path / "new.key"))
    (tmp_path / "new.key").replace(tmp_path / "root.key")
    made = other.secret("made after the change")
    assert other.keys(owner, [Compartment.CONTENT]) == before
    assert other.ensure(uuid.uuid4(), [Compartment.CONTENT])
    assert process().secret("made after the change") == made


def test_what_is_dropped_is_closed_at_once(tmp_path):
    root = HeldRoot("test", secrets.token_bytes(32))
    store = Keystore(tmp_path / "keys.sqlite3", root, uuid.UUID(int=7))
    store.create()
    store.ensure(uuid.uuid4(), [Compartment.CONTENT])
    assert open_files(tmp_path)
    del store
    assert not open_files(tmp_path)


def open_files(folder):
    """What this process holds open in the folder."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.append(str(link.readlink()))
    return [name for name in found if name.startswith(str(folder))]


@pytest.mark.django_db
def test_what_has_no_keys_is_counted(now):
    told = reports.Told(content=Answers(happened="Ett brev", when="i går"), contact=Contact("code"))
    report = reports.submit(told, receipt_for(new_token()), by=cast.nobody(), at=now)
    assert keyless().missing == 0
    keystore().discard(report.pk)
    assert keyless().missing == 1
    keystore().shred([report.pk])
    assert keyless().missing == 0


@pytest.mark.django_db
def test_one_compartment_whose_key_is_gone_is_counted_too(now):
    told = reports.Told(content=Answers(happened="Ett brev", when="i går"), contact=Contact("code"))
    report = reports.submit(told, receipt_for(new_token()), by=cast.nobody(), at=now)
    held = {one for owner, one in keystore().held() if owner == report.pk}
    assert len(held) > 1
    with keystore()._writing() as db:
        db.execute(
            "DELETE FROM dek WHERE owner = ? AND compartment = ?",
            (report.pk.bytes, int(Compartment.CONTENT)),
        )
    assert keyless().missing == 1


def test_a_keystore_of_a_version_before_is_compared_by_what_it_holds(tmp_path):
    """It cannot say whose it is, and must not be made to say that it is another's."""
    root = HeldRoot("test", secrets.token_bytes(32))
    store = Keystore(tmp_path / "keys.sqlite3", root, uuid.UUID(int=7))
    store.create()
    store.ensure(uuid.uuid4(), [Compartment.CONTENT])
    assert not store.gave(OURS)
    assert not store.tells_whose, "asking makes no secret"
    store.belong_to(uuid.uuid4())
    assert store.tells_whose
