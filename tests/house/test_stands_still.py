"""A clock that has leapt, or an older copy of the database: nothing whose time is over is destroyed
until somebody has said that it is right.
"""

import ast
import datetime as dt
import uuid
from pathlib import Path

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.utils.module_loading import import_string

import pytest

import varna
from house.examples import Rows, decided
from varna.evidence.models import Item
from varna.foundation import clock, rooms, tenant
from varna.foundation.accounts.models import Session
from varna.foundation.audit.clocks import believe_clock, look_at_clock
from varna.foundation.audit.destroying import DESTROYERS
from varna.foundation.audit.models import Clock, Event
from varna.foundation.audit.queries import HEAD, has_leapt
from varna.foundation.audit.rules import AWAY, STEP, Reading, disagrees
from varna.foundation.keys.rules import Compartment
from varna.foundation.keys.store import keystore
from varna.foundation.outbox.models import Mail
from varna.importing.models import Import
from varna.operation.actions.backup import prune
from varna.operation.queries import parts


pytestmark = pytest.mark.django_db
YEAR, HOUR = dt.timedelta(days=400), dt.timedelta(hours=1)
SWEEPS = [import_string(name) for name in rooms.sweeps()]
# Rows that go with what they wait for, not with time.
PASSING = {"audit.Waiting"}


# ── the rule ──────────────────────────────────────────────────────────────────────────────────
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def reading(after=dt.timedelta(), on_for=HOUR, boot="one"):
    return Reading(NOW + after, boot, NOW + after - on_for)


@pytest.mark.parametrize(
    ("now", "leapt"),
    [
        (reading(YEAR, HOUR + YEAR), False),  # on, and awake, all the while
        (reading(YEAR), True),
        (reading(HOUR), False),
        (reading(-HOUR), False),
        (reading(STEP + HOUR), True),
        (reading(-STEP - HOUR), True),
        (reading(AWAY - HOUR, boot="two"), False),  # the server was off over a weekend
        (reading(AWAY + HOUR, boot="two"), True),
        (reading(-STEP - HOUR, boot="two"), True),
        (reading(AWAY + HOUR, HOUR + AWAY + HOUR, boot=""), True),
    ],
)
def test_within_one_start_the_machines_other_clock_tells_and_over_another_the_clock_itself(
    now, leapt
):
    assert disagrees(reading(), now) is leapt


def test_small_steps_do_not_add_up_unseen(love, time_machine):
    began = clock.now()
    time_machine.move_to(began)
    assert not look_at_clock()
    for steps in (1, 2):
        time_machine.move_to(began + steps * STEP / 2.5)
        assert not look_at_clock(), steps
    time_machine.move_to(began + 3 * STEP / 2.5)
    assert look_at_clock()


# ── everything that destroys ──────────────────────────────────────────────────────────────────
@pytest.fixture
def due(world, settings, tmp_path):
    """One of each kind whose time is over in a year."""
    rows = Rows(world)
    decided(rows)
    keystore().ensure(uuid.uuid4(), [Compartment.CONTENT])
    Item.unscoped.filter(pk=Item.unscoped.first().pk).update(claimed_at=None)
    stray = tenant.current().media / "aa" / f"{uuid.uuid4()}.sealed"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"")
    keys, copies = tmp_path / "keystores", tmp_path / "copies"
    for number in range(1, 7):
        for path in (keys, copies):
            (path / f"2026010{number}T000000Z").mkdir(parents=True)
    look_at_clock()

    return Due(keys, copies)


class Due:
    def __init__(self, keys, copies):
        self.keys, self.copies = keys, copies

    def there(self):
        found: set[tuple[str, object]] = set()
        found |= {("files", path) for path in tenant.current().media.glob("??/*")}
        found |= {("copies", path) for path in self.keys.parent.glob("*/*")}
        found |= {("keys", owner) for owner in keystore().owners()}
        for model in apps.get_models():
            if model._meta.label not in PASSING:
                pks = model._base_manager.values_list("pk", flat=True)
                found |= {(model._meta.label, pk) for pk in pks}
        return found

    def prune(self):
        return prune(
            self.keys, self.copies, at=clock.now(), kept=dt.timedelta(days=1),
            tell=lambda _said: None,
        )  # fmt: skip


def a_round(due):
    """What the worker does in a round, and what a backup takes away."""
    for sweep in SWEEPS:
        sweep(at=clock.now())
    due.prune()


def test_when_the_clock_has_leapt_a_year_ahead_nothing_at_all_is_gone(due, time_machine):
    before, sessions = due.there(), Session.objects.count()
    time_machine.move_to(clock.now() + YEAR)
    a_round(due)
    assert before <= due.there(), before - due.there()
    assert Session.objects.count() == sessions
    time_machine.move_to(clock.now() - YEAR)
    a_round(due)
    assert before <= due.there(), "nor when it has come back, until somebody has looked at it"


def test_when_somebody_has_confirmed_it_everything_goes_on(due, time_machine):
    """So the test above is not green for want of anything to destroy."""
    before = due.there()
    time_machine.move_to(clock.now() + YEAR)
    a_round(due)
    assert due.there() >= before
    call_command("clock", "confirm")
    done = {name: one(at=clock.now()) for name, one in DESTROYERS.items() if one is not prune}
    done["prune"] = due.prune()
    assert all(done.values()), done
    assert {kind for kind, _what in before - due.there()} >= {
        "files", "copies", "keys", "evidence.Item",
    }  # fmt: skip
    assert not Import.unscoped.exclude(file=None).exists()


def test_nothing_is_destroyed_by_an_older_copy_of_the_database(due, time_machine):
    time_machine.move_to(clock.now() + YEAR)
    believe_clock()
    keystore().keep(HEAD, **{"1000000": bytes(32)})
    before = due.there()
    a_round(due)
    assert before <= due.there(), before - due.there()


# Where something is taken away that no clock decides: by a person's deed (found by itself), or
# because of what is said here.
NO_CLOCK = {
    "cases.actions.disposal.carry_out": "asked by carry_out_what_stands",
    "cases.actions.disposal._shred_again": "two people had it destroyed; it is not to come back",
    "evidence.actions._remove": "asked by sweep; or by a deed, of what came with a form",
    "foundation.access.actions._write": "a right goes in place of another",
    "foundation.accounts.actions._tag": "a tag goes with its key",
    "foundation.accounts.sessions.SessionStore.delete": "somebody signs out",
    "foundation.audit.actions.place_lines": "a line that has its place waits no more",
    "foundation.audit.actions._range": "is made anew of the lines",
    "foundation.outbox.actions.take_back": "asked by the deed that takes it back",
    "foundation.outbox.actions.silence": "it is well again",
    "foundation.keys.store.Keystore.discard": "asked by discard_unused",
    "foundation.keys.store.Keystore.shred": "asked by the deeds that destroy",
    "foundation.keys.store.Keystore.rotate": "every key has been wrapped anew",
    "foundation.keys.named.NamedSecrets.belong_to": "another word takes its place",
    "foundation.keys.named.NamedSecrets.keep": "in place of a smaller one",
    "foundation.shared.Shared.__init__": "a file without a name",
    "foundation.vault.files.remove_file": "asked by those who remove",
    "foundation.vault.files.SealedFileWriter.abandon": "its request ended without claiming it",
    "foundation.vault.reserve.give_up": "it is there to be given up",
    "foundation.vault.reserve._make": "unfinished",
    "foundation.vault.spool._nameless": "a file without a name",
    "foundation.whole.written_whole": "unfinished",
    "importing.actions.imports._remove_file": "asked by the deed that is done with the file",
    "importing.actions.writing._steps": "another import takes its place",
    "importing.actions.writing._removed": "somebody undoes an import",
    "operation.actions.backup._remove_unfinished": "unfinished",
    "operation.actions.backup._one_copy": "unfinished",
    "operation.actions.bonding.bind": "is written anew",
    "operation.actions.dumps.put_back": "a copy takes its place, and it is kept aside",
    "operation.actions.restore._put_keys_back": "a copy takes its place, and it is kept aside",
}
TAKES = {"delete", "unlink", "rmtree", "shred", "remove_file", "remove_all", "truncate"}
PEOPLES = {"deed", "part"}


def takes(function):
    """Whether it takes something away, by what it calls and by the SQL that it writes."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.rpartition(".")[2] in TAKES or called == "keystore().discard":
                return True
        if isinstance(node, ast.Constant) and "DELETE FROM" in str(node.value):
            return True
    return False


def functions(tree, within=""):
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield f"{within}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{within}{node.name}.")


def takers():
    root = Path(varna.__path__[0])
    for path in sorted(root.rglob("*.py")):
        if {"migrations", "demonstration.py"}.isdisjoint(path.relative_to(root).parts):
            module = ".".join(path.relative_to(root).with_suffix("").parts)
            for name, function in functions(ast.parse(path.read_text(encoding="utf-8"))):
                if takes(function):
                    yield f"{module}.{name}", function


def is_a_persons(function):
    by = {ast.unparse(one).partition("(")[0] for one in function.decorator_list}
    return not by.isdisjoint(PEOPLES) and "by.system" not in ast.unparse(function)


def test_whatever_takes_something_away_asks_first_or_says_why_no_clock_decides():
    asks = {name.removeprefix("varna.") for name in DESTROYERS}
    found = {name for name, function in takers() if not is_a_persons(function) and name not in asks}
    assert found == set(NO_CLOCK), found ^ set(NO_CLOCK)


# ── told, and confirmed ───────────────────────────────────────────────────────────────────────
@pytest.fixture
def leapt(love, time_machine):
    look_at_clock()
    time_machine.move_to(clock.now() + YEAR)


def test_whoever_runs_it_is_told_and_confirms_it_on_the_page(client, as_person, otto, leapt):
    from varna.operation.sweeps import clock as sweep

    assert client.get("/halsa/redo").json()["clock"] == "fault"
    assert client.get("/halsa/drift").status_code == 503
    assert sweep(at=clock.now()) > 0
    assert sweep(at=clock.now()) == 0
    assert Mail.unscoped.filter(account=otto.pk).count() == 1
    as_person(otto)
    button = 'action="/drift/klockan/"'
    assert button in client.get("/drift/").content.decode()
    answer = client.post("/drift/klockan/", follow=True)
    assert button not in answer.content.decode()
    assert not has_leapt()
    line = Event.unscoped.get(act="clock.confirmed")
    assert '"hours":9600' in line.body
    assert client.post("/drift/klockan/").status_code == 302
    assert Event.unscoped.filter(act="clock.confirmed").count() == 1


def test_it_is_told_and_confirmed_at_the_terminal(otto, leapt, capsys):
    with pytest.raises(CommandError):
        call_command("status")
    assert "varna clock confirm" in capsys.readouterr().out
    call_command("clock", "confirm")
    assert not has_leapt()
    assert parts(at=clock.now())["clock"]
    call_command("clock", "confirm")
    assert Event.unscoped.filter(act="clock.confirmed").count() == 1


def test_a_server_that_was_off_for_three_months_is_asked_about_and_goes_on(
    love, monkeypatch, time_machine
):
    look_at_clock()
    time_machine.move_to(clock.now() + dt.timedelta(days=90))
    monkeypatch.setattr(clock, "boot", lambda: "another")
    assert look_at_clock()
    believe_clock()
    assert not look_at_clock()


@pytest.mark.parametrize("how", ["gone", "forged"])
def test_without_what_was_known_the_last_signed_head_tells(love, time_machine, how):
    call_command("audit", "sign")
    look_at_clock()
    time_machine.move_to(clock.now() + YEAR)
    rows = QuerySet(Clock)  # as whoever writes in the database past Värna does
    rows.delete() if how == "gone" else rows.update(at=clock.now(), booted_at=None)
    assert has_leapt()
    assert look_at_clock()


def test_an_installation_that_begins_is_not_asked_about():
    assert not look_at_clock()
    assert not has_leapt()
