"""The log: a tree as RFC 6962 has it, in which every change is seen afterwards."""

import base64
import datetime as dt
import hashlib
import queue
import threading
import uuid

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

import guards
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.audit import rules
from varna.foundation.audit.actions import (
    accept_older,
    forget_head,
    place_lines,
    record,
    remember_head,
    sign_head,
)
from varna.foundation.audit.clocks import believe_clock
from varna.foundation.audit.models import Checkpoint, Event, Leaf, Range, Waiting
from varna.foundation.audit.queries import (
    is_older_than_its_heads,
    last_head,
    signing_key,
    verify,
)
from varna.foundation.keys.store import keystore
from varna.foundation.notices.sweeps import log_lines


BY = system("tests")


# ── the tree, against RFC 6962 section 2.1 written down as it stands there ────────────────────
def naive_root(entries):
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(entries[:k]) + naive_root(entries[k:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_tree_is_that_of_the_rfc(entries):
    tree = rules.grown(rules.leaf_hash(b"", entry) for entry in entries)
    assert tree.root() == naive_root(entries)
    assert tree.size == len(entries)


def test_a_known_root():
    # The first four leaves of the test vectors that Certificate Transparency is published with.
    entries = [bytes.fromhex(text) for text in ("", "00", "10", "2021")]
    root = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
    assert rules.grown(rules.leaf_hash(b"", entry) for entry in entries).root().hex() == root


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())))
def test_a_line_has_one_spelling(body):
    turned = dict(reversed(list(body.items())))
    assert rules.canonical(body) == rules.canonical(turned)


def test_a_note_is_read_back_and_any_changed_character_is_seen():
    key = Ed25519PrivateKey.generate()
    head = rules.Head("varna/test/logg", 12, bytes(32))
    note = rules.signed(head, key)
    assert rules.read_note(note, key.public_key()) == head
    for number, char in enumerate(note):
        other = "A" if char != "A" else "B"
        changed = rules.read_note(note[:number] + other + note[number + 1 :], key.public_key())
        # The name beside the signature is a comment; the head must never be another.
        assert changed in (None, head)
    assert rules.read_note(note, Ed25519PrivateKey.generate().public_key()) is None


# ── the log in the database ───────────────────────────────────────────────────────────────────
pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def start():
    return clock.now()


@pytest.fixture
def written(db, start):
    """Twenty lines, signed after twelve and after twenty."""
    for number in range(20):
        record("test.deed", by=BY, at=start, about=uuid.UUID(int=number), n=number)
        if number == 11:
            sign_head(at=start)
    sign_head(at=start + dt.timedelta(minutes=1))
    verdict = verify()
    assert verdict.whole
    assert (verdict.lines, verdict.checkpoints, verdict.unplaced) == (20, 2, 0)


def at_place(index):
    return Event.unscoped.filter(pk=Leaf.unscoped.get(index=index).event_id)


def remove(indexes):
    pks = list(Leaf.unscoped.filter(index__in=indexes).values_list("event_id", flat=True))
    Leaf.unscoped.filter(index__in=indexes).delete()
    Event.unscoped.filter(pk__in=pks).delete()


def faults():
    verdict = verify()
    assert not verdict.whole
    return "\n".join(verdict.faults)


def test_a_changed_body_is_seen(written):
    body = at_place(3).get().body
    with guards.lifted():
        at_place(3).update(body=body.replace('"n":3', '"n":4'))
    assert "Line 3 has been changed" in faults()


@pytest.mark.proves("T23", "F-24")
def test_a_changed_body_with_its_own_hash_is_seen(written):
    event = at_place(3).get()
    body = event.body.replace('"n":3', '"n":4')
    with guards.lifted():
        at_place(3).update(body=body, leaf=rules.leaf_hash(bytes(event.salt), body.encode()))
    assert "not those that were signed" in faults()


def test_a_changed_salt_is_seen(written):
    with guards.lifted():
        at_place(3).update(salt=b"0" * 16)
    assert "Line 3 has been changed" in faults()


@pytest.mark.parametrize("column", [{"about": uuid.UUID(int=99)}, {"act": "other"}])
def test_a_line_filed_under_something_else_is_seen(written, column):
    with guards.lifted():
        at_place(3).update(**column)
    assert "filed under something else" in faults()


@pytest.mark.proves("T23", "F-24")
def test_a_line_taken_out_of_the_middle_is_seen(written):
    with guards.lifted():
        remove([5])
    assert "Line 5 is missing" in faults()


def test_a_line_taken_out_with_the_others_moved_up_is_seen(written):
    with guards.lifted():
        remove([5])
        for row in Leaf.unscoped.filter(index__gt=5).order_by("index"):
            Leaf.unscoped.filter(pk=row.pk).update(index=row.index - 1)
    assert "not those that were signed" in faults()


def test_the_last_lines_taken_away_are_missed_by_the_signed_head(written):
    with guards.lifted():
        remove(range(15, 20))
    assert "20 were signed, 15 are here" in faults()


@pytest.mark.proves("T23", "F-24", "M8")
def test_the_last_lines_and_their_heads_taken_away_are_missed_by_the_file_beside(written):
    with guards.lifted():
        remove(range(12, 20))
    Checkpoint.unscoped.filter(size__gt=12).delete()
    assert "20 were signed, 12 are here" in faults()
    kept = settings.CHECKPOINTS.read_text()
    settings.CHECKPOINTS.unlink()
    assert "20 were signed, 12 are here" in faults()  # the keystore knows
    forget_head()  # whoever owns that too leaves no trace here …
    Checkpoint.unscoped.all().delete()
    Range.unscoped.all().delete()
    assert verify().whole
    assert not verify(kept).whole  # … but what was kept elsewhere tells


@pytest.mark.proves("M8")
@pytest.mark.proves("T13", part=True)
def test_lines_taken_away_are_not_forgotten_when_as_many_new_ones_have_come(written, start):
    with guards.lifted():
        remove(range(12, 20))
        Checkpoint.unscoped.filter(size__gt=12).delete()
        settings.CHECKPOINTS.unlink()
        for number in range(30):
            record("test.other", by=BY, at=start, n=number)
    sign_head(at=start + dt.timedelta(minutes=2))
    sign_head(at=start + dt.timedelta(minutes=3))
    assert "The first 20 lines are not those that were signed" in faults()


def test_a_file_of_heads_that_is_missing_or_cut_is_told(written):
    kept = settings.CHECKPOINTS.read_text()
    settings.CHECKPOINTS.write_text(kept[: len(kept) // 2])
    assert "ends before what has been signed" in faults()
    settings.CHECKPOINTS.unlink()
    assert "ends before what has been signed" in faults()
    settings.CHECKPOINTS.write_text(kept)
    assert verify().whole


def test_a_head_in_the_keystore_that_somebody_else_has_put_there_is_told(written):
    size, root = last_head() or (0, b"")
    keystore()._connection().execute(
        "UPDATE secret SET name = 'signed-head/12' WHERE name LIKE 'signed-head/%'"
    )
    assert "the keystore keeps has been changed" in faults()
    forget_head()
    assert "The keystore keeps no signed head" in faults()
    remember_head(size, root)
    assert verify().whole


def test_the_head_that_is_remembered_follows_another_root_key_and_only_grows(written, tmp_path):
    before = last_head()
    keystore().rotate()
    remember_head(12, bytes(32))
    assert last_head() == before


def test_a_stop_between_the_database_and_what_lies_apart_is_made_good(written, start):
    kept = settings.CHECKPOINTS.read_text()
    record("test.deed", by=BY, at=start)
    sign_head(at=start + dt.timedelta(minutes=2))
    newest = settings.CHECKPOINTS.read_text()
    forget_head()
    remember_head(20, bytes(rules.read_note(kept_note(20), public()).root))
    for beside in (kept, newest):  # stopped before the file, and between the file and the keystore
        settings.CHECKPOINTS.write_text(beside)
        assert sign_head(at=start + dt.timedelta(minutes=3)) is None
        assert settings.CHECKPOINTS.read_text() == newest
        assert verify().whole


def kept_note(size):
    return Checkpoint.unscoped.get(size=size).note


def public():
    return signing_key().public_key()


# ── the range: what the next head is signed of ────────────────────────────────────────────────
def mangled():
    """What somebody with the database's pen can do to the row."""
    range_ = Range.unscoped.get()
    for change in (
        {"size": range_.size + 1},
        {"size": range_.size - 1},
        {"peaks": bytes(len(range_.peaks))},
        {"tag": b""},
        None,  # gone
    ):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_range")
            if change is not None:
                stands = {"size": range_.size, "peaks": range_.peaks, "tag": range_.tag} | change
                cursor.execute(
                    "INSERT INTO audit_range (id, size, peaks, tag) VALUES (1, %s, %s, %s)",
                    [stands["size"], bytes(stands["peaks"]), bytes(stands["tag"])],
                )
        yield change


def test_a_mutated_range_is_told_and_no_head_is_signed_of_it(written, start):
    minute = 1
    for change in mangled():
        assert verify().whole is (change is None)
        if change is not None:
            assert "is not the lines' own" in faults()
        record("test.deed", by=BY, at=start)
        minute += 1
        assert sign_head(at=start + dt.timedelta(minutes=minute)) is not None
        assert verify().whole


def test_an_old_range_put_back_with_its_tag_does_not_hold(written, start):
    was = Range.unscoped.values("size", "peaks", "tag").get()
    record("test.deed", by=BY, at=start)
    place_lines()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_range SET size = %s, peaks = %s, tag = %s",
            [was["size"], bytes(was["peaks"]), bytes(was["tag"])],
        )
    assert "is not the lines' own" in faults()
    sign_head(at=start + dt.timedelta(minutes=2))
    assert verify().whole


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_a_tree_that_was_kept_goes_on_as_it_was(leaves):
    tree = rules.grown(leaves[: len(leaves) // 2])
    tree = rules.kept(tree.size, tree.joined())
    for leaf in leaves[len(leaves) // 2 :]:
        tree.append(leaf)
    assert tree == rules.grown(leaves)


def test_a_head_is_signed_without_a_single_old_line_being_read(written, start):
    """What signing costs does not grow with the log: were every old line gone, it would sign the
    same head.
    """
    leaves = [bytes(row.event.leaf) for row in Leaf.unscoped.order_by("index")]
    with guards.lifted():
        Event.unscoped.update(leaf=bytes(32))
    record("test.deed", by=BY, at=start)
    leaves.append(bytes(Event.unscoped.last().leaf))
    made = sign_head(at=start + dt.timedelta(minutes=2))
    assert rules.read_note(made.note, public()).root == rules.grown(leaves).root()


def test_signing_takes_as_many_statements_whatever_the_log_holds(db, start):
    asked = []
    for minute, lines in enumerate((10, 200, 3000)):
        for number in range(lines):
            record("test.deed", by=BY, at=start, n=number)
        while place_lines():
            pass
        record("test.deed", by=BY, at=start)
        with CaptureQueriesContext(connection) as captured:
            assert sign_head(at=start + dt.timedelta(minutes=minute)) is not None
        asked.append(len(captured))
    assert asked[1] == asked[2]


# ── a line that is committed late ─────────────────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_a_line_committed_after_ten_thousand_others_gets_its_place():
    """On PostgreSQL by two connections; SQLite has one writer, and there the line is put in with a
    number that was passed over.
    """
    numbers, may_commit = queue.Queue(), threading.Event()

    def late():
        with transaction.atomic():
            record("test.late", by=BY, at=clock.now())
            numbers.put(Event.unscoped.last().pk)
            may_commit.wait()
        connections.close_all()

    two = connection.vendor == "postgresql"
    thread = threading.Thread(target=late)
    if two:
        thread.start()
    number = numbers.get(timeout=60) if two else 5
    later = [of_number(number + n) for n in range(1, 12_001)]
    Event.unscoped.bulk_create(later, batch_size=3000)
    while place_lines():
        pass
    may_commit.set()
    if two:
        thread.join()
    else:
        of_number(number).save(force_insert=True)
    assert Event.unscoped.first().pk == number
    assert place_lines() == 1
    assert Waiting.unscoped.count() == 0
    sign_head(at=clock.now())
    verdict = verify()
    assert verdict.whole
    assert (verdict.lines, verdict.unplaced) == (12_001, 0)


def of_number(pk):
    at = clock.now()
    body = {"v": 1, "at": rules.moment(at), "act": "test.deed", "by": "-", "about": ""}
    text = rules.canonical(body)
    leaf = rules.leaf_hash(b"", text)
    return Event(pk=pk, body=text.decode(), salt=b"", leaf=leaf, at=at, act="test.deed")


def test_a_line_that_waits_too_long_is_told(written, start):
    with guards.lifted():
        Waiting.unscoped.all().delete()
        record("test.deed", by=BY, at=start - dt.timedelta(minutes=11))
        Waiting.unscoped.all().delete()
    place_lines()
    assert "waited for its place for more than ten minutes" in faults()


# ── what a verdict must be given of ───────────────────────────────────────────────────────────
def rewritten(index, body):
    """The line says something else, and everything beside it agrees."""
    event = at_place(index).get()
    with guards.lifted():
        at_place(index).update(body=body, leaf=rules.leaf_hash(bytes(event.salt), body.encode()))


@pytest.mark.parametrize(
    "body",
    ["", "{", "{}", "[]", "null", "7", '"act"', '{"act": 1, "at": [], "about": {}}', "[" * 9999],
)
def test_a_line_of_a_broken_shape_gets_a_verdict(written, body):
    rewritten(3, body)
    assert "Line 3 is filed under something else" in faults()


@pytest.mark.parametrize(
    "broken",
    ["body = CAST(x'fffe' AS TEXT)", "body = x'00ff'", "about = 'nobody'", "salt = 7",
     "leaf = 'short'"],
)  # fmt: skip
@pytest.mark.parametrize("waits", [False, True])
def test_a_line_that_cannot_even_be_read_gets_a_verdict(written, broken, waits):
    if connection.vendor == "postgresql":
        return  # its columns hold nothing but what they are for
    pk = record_line() if waits else at_place(3).get().pk
    with guards.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET " + broken + f" WHERE id = {pk}")  # noqa: S608 (ours)
    told = faults()
    assert ("waits for its place" if waits else "Line 3 has been changed") in told
    assert verify().lines == 20


def test_a_line_without_a_moment_is_told(written):
    if connection.vendor == "postgresql":
        return
    with guards.lifted(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_event SET at = 'yesterday' WHERE id = %s", [at_place(3).get().pk]
        )
    assert "Line 3 is filed under something else" in faults()


@pytest.mark.parametrize("hours", [1, -1, 24 * 365])
@pytest.mark.proves("L2")
def test_a_line_moved_to_another_moment_is_told(written, hours):
    at = at_place(3).get().at
    with guards.lifted():
        at_place(3).update(at=at + dt.timedelta(hours=hours))
    assert "Line 3 is filed under something else" in faults()


UPSERTS = [
    "INSERT INTO audit_event (id, body, salt, leaf, at, act) "
    "SELECT id, '{}', salt, leaf, at, act FROM audit_event WHERE true "
    "ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body",
    'INSERT INTO audit_leaf ("index", event_id) SELECT "index", event_id FROM audit_leaf '
    'WHERE true ON CONFLICT ("index") DO UPDATE SET event_id = EXCLUDED.event_id',
]
REPLACES = [
    "INSERT OR REPLACE INTO audit_event (id, body, salt, leaf, at, act) "
    "SELECT id, '{}', salt, leaf, at, act FROM audit_event",
    'REPLACE INTO audit_leaf ("index", event_id) SELECT "index", event_id FROM audit_leaf',
    'REPLACE INTO audit_leaf ("index", event_id) SELECT 900, event_id FROM audit_leaf LIMIT 1',
]


@pytest.mark.parametrize("statement", UPSERTS + REPLACES)
@pytest.mark.proves("L1")
def test_a_line_is_not_written_over(written, statement):
    if connection.vendor == "postgresql" and statement in REPLACES:
        return  # it has no such statement
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify().whole


@pytest.mark.proves("F-24")
def test_two_lines_that_changed_places_are_seen(written):
    one, other = Leaf.unscoped.get(index=4), Leaf.unscoped.get(index=6)
    with guards.lifted():
        spare = record_line()
        Leaf.unscoped.filter(index=4).update(event_id=spare)
        Leaf.unscoped.filter(index=6).update(event_id=one.event_id)
        Leaf.unscoped.filter(index=4).update(event_id=other.event_id)
    assert "not those that were signed" in faults()


def record_line():
    record("test.later", by=BY, at=clock.now())
    return Event.unscoped.order_by("-pk").values_list("pk", flat=True).first()


@pytest.mark.proves("F-24")
def test_a_back_dated_line_put_in_among_the_old_is_seen(written, start):
    record("test.deed", by=BY, at=start - dt.timedelta(days=30))
    event = Event.unscoped.order_by("-pk").first()
    with guards.lifted():
        for row in Leaf.unscoped.filter(index__gte=7).order_by("-index"):
            Leaf.unscoped.filter(pk=row.pk).update(index=row.index + 1)
        Leaf.unscoped.create(index=7, event=event)  # type: ignore[misc]
    assert "not those that were signed" in faults()


def test_a_back_dated_line_that_waits_takes_its_place_last(written, start):
    record("test.deed", by=BY, at=start - dt.timedelta(days=30))
    place_lines()
    assert Leaf.unscoped.get(index=20).event.at == start - dt.timedelta(days=30)
    assert verify().whole


def test_a_waiting_line_that_was_changed_is_seen(written, start):
    pk = record_line()
    with guards.lifted():
        Event.unscoped.filter(pk=pk).update(body="{}")
    assert "waits for its place" in faults()


def test_a_forged_note_is_seen(written):
    tree = rules.grown(bytes(event.leaf) for event in Event.unscoped.order_by("pk")[:15])
    head = rules.Head(Checkpoint.unscoped.last().note.split("\n")[0], 15, tree.root())
    forged = rules.signed(head, Ed25519PrivateKey.generate())
    Checkpoint.unscoped.create(size=15, note=forged, at=clock.now())
    assert "bad signature" in faults()
    Checkpoint.unscoped.filter(size=15).delete()
    with settings.CHECKPOINTS.open("a") as file:
        file.write(forged)
    assert "bad signature" in faults()


def test_a_note_of_another_size_than_its_row_is_seen(written):
    Checkpoint.unscoped.filter(size=12).update(size=13)
    assert "bad signature (size 13)" in faults()


def test_a_note_whose_writing_was_cut_short_does_not_make_the_log_unwhole(written, start):
    with settings.CHECKPOINTS.open("a") as file:
        file.write("varna/cut\n20\n")
    record("test.deed", by=BY, at=start)
    sign_head(at=start + dt.timedelta(minutes=2))
    verdict = verify()
    assert verdict.whole
    assert verdict.checkpoints == 3


def test_nothing_is_signed_again_when_nothing_has_happened(written, start):
    assert sign_head(at=start + dt.timedelta(minutes=5)) is None
    assert settings.CHECKPOINTS.read_text().count("— ") == 2


@pytest.mark.proves("F-19", part=True)
def test_what_is_written_after_the_clock_has_leapt_ahead_and_back_is_signed(written, start):
    """By the worker's own sweep: a year's lines must not lie where they can be taken away."""
    record("test.deed", by=BY, at=start + dt.timedelta(days=365))
    log_lines(at=start + dt.timedelta(days=365))
    record("test.deed", by=BY, at=start)
    log_lines(at=start + dt.timedelta(minutes=2))
    heads = Checkpoint.unscoped.order_by("size")
    times = list(heads.values_list("at", flat=True))
    assert heads.last().size == Event.unscoped.count()
    assert times == sorted(times), "no head is said to be older than the one before it"
    assert verify().whole


def test_an_older_database_is_known_by_the_heads_it_lacks(written, start):
    assert not is_older_than_its_heads()
    Checkpoint.unscoped.filter(size=20).delete()
    assert is_older_than_its_heads()


def test_with_an_older_database_nothing_is_swept_away(written, start):
    from varna.cases.sweeps import destroyed
    from varna.evidence.sweeps import unclaimed
    from varna.foundation.keys.rules import Compartment
    from varna.foundation.vault import files
    from varna.foundation.vault.sweeps import unused_keys

    owner, writer = uuid.uuid4(), files.SealedFileWriter(uuid.uuid4())
    keystore().ensure(owner, [Compartment.CONTENT])
    writer.close()
    later = start + dt.timedelta(hours=26)
    believe_clock()
    Checkpoint.unscoped.filter(size=20).delete()
    destroyed(at=later), unclaimed(at=later), unused_keys(at=later)
    assert keystore().has_keys(owner)
    assert files.path_of(writer.file_id).exists()
    settings.CHECKPOINTS.unlink()  # that the file is gone decides nothing
    destroyed(at=later), unclaimed(at=later), unused_keys(at=later)
    assert keystore().has_keys(owner)
    accept_older(at=later)  # somebody has decided that the older one holds
    destroyed(at=later), unclaimed(at=later), unused_keys(at=later)
    assert not keystore().has_keys(owner)
    assert not files.path_of(writer.file_id).exists()


def test_the_log_holds_no_line_twice_and_no_foreign_words(written):
    salts = list(Event.unscoped.values_list("salt", flat=True))
    assert len({bytes(salt) for salt in salts}) == len(salts)


@pytest.mark.parametrize("model", [Event, Leaf])
def test_the_database_refuses_to_change_or_remove_a_line(written, model):
    deeds = {
        "update": lambda: model.unscoped.update(**{model._meta.pk.name: 999}),
        "delete": lambda: model.unscoped.all()._raw_delete(using="default"),
    }
    for deed in deeds.values():
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    assert verify().whole


def test_postgresql_refuses_to_empty_the_log(written):
    if connection.vendor != "postgresql":
        return  # SQLite has no such command
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_event CASCADE")


@pytest.mark.django_db(transaction=True)
def test_two_that_place_at_once_give_each_line_one_place():
    for _ in range(200):
        record("test.deed", by=BY, at=clock.now())
    errors = []

    def place():
        ready.wait()
        try:
            for _ in range(10):
                place_lines(most=23)
        except Exception as error:  # noqa: BLE001 (shown below)
            errors.append(error)
        finally:
            connections.close_all()

    # The tests' SQLite lies in memory, where threads cannot write at once; there they take turns.
    count = 4 if connection.vendor == "postgresql" else 1
    ready = threading.Barrier(count)
    threads = [threading.Thread(target=place) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    while place_lines():
        pass
    assert list(Leaf.unscoped.order_by("index").values_list("index", flat=True)) == list(range(200))
    assert Leaf.unscoped.values("event").distinct().count() == 200
    sign_head(at=clock.now())
    assert verify().whole


def test_the_head_on_file_is_a_signed_note_as_others_read_them(written):
    note = settings.CHECKPOINTS.read_text().split("\n\n— ")[0]
    origin, size, root = note.split("\n")
    assert origin.startswith("varna/")
    assert size == "12"
    assert len(base64.b64decode(root)) == 32
