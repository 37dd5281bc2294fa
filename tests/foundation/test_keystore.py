"""The keystore: keys are on disk before anything is sealed, and what is destroyed is gone."""

import secrets
import sqlite3
import threading
import uuid
from pathlib import Path

import pytest

from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.providers import HeldRoot, RootKeyError
from varna.foundation.keys.rules import Compartment
from varna.foundation.keys.store import Keystore


TENANT = uuid.UUID(int=7)


@pytest.fixture
def root():
    return HeldRoot("test", secrets.token_bytes(32))


@pytest.fixture
def another(tmp_path, root):
    """`another()`: the same keystore as another process sees it."""
    return lambda provider=root: Keystore(tmp_path / "keys.sqlite3", provider, TENANT)


@pytest.fixture
def store(another):
    made = another()
    made.create()
    yield made
    made.close()


def rows(path, query="SELECT owner, compartment, version, epoch, wrapped FROM dek"):
    with sqlite3.connect(path) as connection:
        return connection.execute(query).fetchall()


def on_disk(path):
    return b"".join(
        Path(f"{path}{end}").read_bytes()
        for end in ("", "-wal", "-journal")
        if Path(f"{path}{end}").exists()
    )


def test_ensure_makes_a_key_once_and_it_is_on_disk(store, another):
    owner = uuid.uuid4()
    made = store.ensure(owner, [Compartment.CONTENT, Compartment.EVIDENCE])
    assert set(made) == {(Compartment.CONTENT, 1), (Compartment.EVIDENCE, 1)}
    assert store.ensure(owner, [Compartment.CONTENT, Compartment.EVIDENCE]) == made
    assert another().keys(owner, Compartment) == made
    assert len(rows(store._path)) == 2


@pytest.mark.proves("T9", part=True)
def test_no_key_and_no_secret_lies_in_clear(store):
    key = store.ensure(uuid.uuid4(), [Compartment.CONTENT])[Compartment.CONTENT, 1]
    secret = store.secret("form")
    data = on_disk(store._path)
    assert key not in data
    assert secret not in data
    assert store._keks[1] not in data


def test_the_file_is_for_its_owner_alone(store):
    assert store._path.stat().st_mode & 0o077 == 0


def test_another_root_key_opens_nothing(store, another):
    owner = uuid.uuid4()
    store.ensure(owner, [Compartment.CONTENT])
    store.secret("form")
    stranger = another(HeldRoot("test", secrets.token_bytes(32)))
    with pytest.raises(RootKeyError):
        stranger.keys(owner, [Compartment.CONTENT])
    with pytest.raises(RootKeyError):
        stranger.secret("form")
    with pytest.raises(RootKeyError):
        stranger.check()


def test_another_municipality_opens_nothing(store, root):
    owner = uuid.uuid4()
    store.ensure(owner, [Compartment.CONTENT])
    with pytest.raises(RootKeyError):
        Keystore(store._path, root, uuid.UUID(int=8)).keys(owner, [Compartment.CONTENT])


def test_a_root_key_must_be_32_bytes():
    with pytest.raises(RootKeyError):
        HeldRoot("test", b"short")


def test_rotation_wraps_every_key_anew_and_the_keys_stay_what_they_were(store, another):
    owners = [uuid.uuid4() for _ in range(5)]
    before = {owner: store.ensure(owner, Compartment) for owner in owners}
    wrapped = {row[4] for row in rows(store._path)}
    secret = store.secret("form")
    assert store.rotate() == 5 * len(Compartment)
    assert wrapped.isdisjoint(row[4] for row in rows(store._path))
    assert {row[3] for row in rows(store._path)} == {2}
    assert rows(store._path, "SELECT epoch FROM kek") == [(2,)]
    assert {owner: another().keys(owner, Compartment) for owner in owners} == before
    assert another().secret("form") == secret


def test_the_old_key_encryption_key_is_not_left_in_the_file(store):
    store.ensure(uuid.uuid4(), [Compartment.CONTENT])
    old = rows(store._path, "SELECT wrapped FROM kek")[0][0]
    assert old in on_disk(store._path)
    store.rotate()
    assert old not in on_disk(store._path)


def test_another_process_that_holds_the_old_epoch_reads_on_after_a_rotation(store, another):
    owner, other = uuid.uuid4(), another()
    before = other.ensure(owner, [Compartment.CONTENT])
    store.rotate()
    assert other.keys(owner, [Compartment.CONTENT]) == before
    newer = other.ensure(uuid.uuid4(), [Compartment.CONTENT])
    assert newer
    assert {row[3] for row in rows(store._path)} == {2}


def test_a_change_of_root_key_shuts_old_copies_to_the_new_root(store, another, tmp_path, root):
    owner = uuid.uuid4()
    before = store.ensure(owner, [Compartment.CONTENT])
    store.copy_to(tmp_path / "copy.sqlite3")
    new_root = HeldRoot("test", secrets.token_bytes(32))
    store.rotate(new_root)
    with pytest.raises(RootKeyError):
        Keystore(tmp_path / "copy.sqlite3", new_root, TENANT).keys(owner, [Compartment.CONTENT])
    with pytest.raises(RootKeyError):
        another(root).keys(owner, [Compartment.CONTENT])
    assert another(new_root).keys(owner, [Compartment.CONTENT]) == before
    assert store.keys(owner, [Compartment.CONTENT]) == before


class FullProvider(HeldRoot):
    """A provider that cannot wrap just now."""

    def wrap(self, key, *context):
        raise RootKeyError("away")


def test_a_rotation_that_fails_halfway_changes_nothing_on_disk_or_in_memory(store, another):
    owner = uuid.uuid4()
    before = store.ensure(owner, [Compartment.CONTENT])
    with pytest.raises(RootKeyError):
        store.rotate(FullProvider("test", secrets.token_bytes(32)))
    with sqlite3.connect(store._path) as breaking:
        breaking.execute("INSERT INTO secret VALUES ('bad', x'00')")
    with pytest.raises(Exception):  # noqa: B017, PT011 (whatever unwrapping says)
        store.rotate()
    with sqlite3.connect(store._path) as mending:
        mending.execute("DELETE FROM secret WHERE name = 'bad'")
    another().rotate()
    assert store.keys(owner, [Compartment.CONTENT]) == before


def test_destroyed_keys_leave_a_tombstone_and_are_never_made_again(store, another):
    owner, other = uuid.uuid4(), uuid.uuid4()
    store.ensure(owner, Compartment)
    kept = store.ensure(other, Compartment)
    assert store.shred([owner]) == len(Compartment)
    assert store.is_shredded(owner)
    assert not store.has_keys(owner)
    assert store.keys(owner, Compartment) == {}
    with pytest.raises(KeysMissingError):
        another().ensure(owner, [Compartment.CONTENT])
    assert another().keys(other, Compartment) == kept
    assert store.shred([owner]) == 0


def test_what_was_destroyed_is_not_left_in_the_file_or_its_log(store):
    owners = [uuid.uuid4() for _ in range(300)]
    for owner in owners:
        store.ensure(owner, Compartment)
    gone = {owner.bytes for owner in owners[::3]}
    wrapped = [row[4] for row in rows(store._path) if row[0] in gone]
    assert all(piece in on_disk(store._path) for piece in wrapped)
    store.shred(owners[::3])
    left = on_disk(store._path)
    assert not [piece for piece in wrapped if piece in left]


def test_while_somebody_reads_the_log_is_kept_and_emptied_by_the_next_round(store, another):
    owner = uuid.uuid4()
    store.ensure(owner, [Compartment.CONTENT])
    wrapped = rows(store._path)[0][4]
    reading = another()._open()
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM dek").fetchone()
    store._connection().execute("PRAGMA busy_timeout=50")
    store.shred([owner])
    assert not store.settle()
    reading.close()
    assert store.settle()
    assert wrapped not in on_disk(store._path)


def test_what_was_never_used_goes_without_a_tombstone(store):
    owner = uuid.uuid4()
    store.ensure(owner, [Compartment.CONTENT])
    store.discard(owner)
    assert not store.has_keys(owner)
    assert store.ensure(owner, [Compartment.CONTENT])


def test_secrets_are_the_same_after_a_restart_and_each_has_its_own(store, another):
    first = store.secret("receipt")
    assert len(first) == 32
    assert another().secret("receipt") == first
    assert another().secret("form") != first


def together(count, deed):
    """Do it in so many threads at the same moment; answer what each got."""
    ready, results = threading.Barrier(count), []

    def one():
        ready.wait()
        results.append(deed())

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_eight_at_once_make_one_key_and_one_secret(store, another):
    owner = uuid.uuid4()
    made = together(8, lambda: another().ensure(owner, Compartment))
    assert len(made) == 8
    assert all(keys == made[0] for keys in made)
    assert len(rows(store._path)) == len(Compartment)
    secrets_found = together(8, lambda: another().secret("receipt"))
    assert len(secrets_found) == 8
    assert len(set(secrets_found)) == 1


def test_one_store_in_eight_threads_makes_one_key(store):
    owner = uuid.uuid4()
    made = together(8, lambda: store.ensure(owner, [Compartment.CONTENT]))
    assert len(made) == 8
    assert all(keys == made[0] for keys in made)


def test_a_missing_keystore_is_not_made_by_reading(tmp_path, root):
    lost = Keystore(tmp_path / "lost.sqlite3", root, TENANT)
    with pytest.raises(KeysMissingError):
        lost.ensure(uuid.uuid4(), [Compartment.CONTENT])
    assert not (tmp_path / "lost.sqlite3").exists()


def test_a_wrapped_key_moved_to_another_owner_does_not_open(store):
    mine, theirs = uuid.uuid4(), uuid.uuid4()
    store.ensure(mine, [Compartment.CONTENT])
    with sqlite3.connect(store._path) as thief:
        thief.execute(
            "INSERT INTO dek SELECT ?, compartment, version, epoch, wrapped, made_hour FROM dek",
            (theirs.bytes,),
        )
    with pytest.raises(Exception):  # noqa: B017, PT011 (whatever unwrapping says)
        store.keys(theirs, [Compartment.CONTENT])


@pytest.mark.proves("F-23", part=True)
def test_missing_keys_come_back_from_a_copy_and_nothing_else_changes(store, tmp_path, root):
    lost, kept, destroyed, later = (uuid.uuid4() for _ in range(4))
    before = {
        owner: store.ensure(owner, [Compartment.CONTENT]) for owner in (lost, kept, destroyed)
    }
    store.copy_to(tmp_path / "copy.sqlite3")
    store.rotate()
    store.discard(lost)
    store.shred([destroyed])
    since = store.ensure(later, [Compartment.CONTENT])
    assert store.fetch(tmp_path / "copy.sqlite3") == 1
    assert store.keys(lost, [Compartment.CONTENT]) == before[lost]
    assert store.keys(kept, [Compartment.CONTENT]) == before[kept]
    assert store.keys(later, [Compartment.CONTENT]) == since
    assert not store.has_keys(destroyed)
    assert store.fetch(tmp_path / "copy.sqlite3") == 0


def test_a_copy_under_another_root_key_brings_nothing(store, tmp_path):
    other = Keystore(tmp_path / "other.sqlite3", HeldRoot("x", secrets.token_bytes(32)), TENANT)
    other.create()
    other.ensure(uuid.uuid4(), [Compartment.CONTENT])
    with pytest.raises(RootKeyError):
        store.fetch(tmp_path / "other.sqlite3")
    assert store.owners() == set()
