"""Every deed, found by itself: strangers are refused, and what is done leaves its line."""

import ast
import importlib
import pkgutil
import uuid
from pathlib import Path

import pytest

import varna
from house.examples import EXAMPLES, MORE, Rows, who
from varna.foundation import clock, deeds
from varna.foundation.accounts.rules import ANONYMOUS, Actor, Strength
from varna.foundation.audit.models import Event
from varna.foundation.deeds import DeedError, Forbidden


pytestmark = pytest.mark.django_db
ACTIONS = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(varna.__path__, "varna.")
    if "actions" in found.name.split(".")
]


def short(name):
    return name.removeprefix("varna.").replace(".actions", "")


# Not what a test frames for itself, nor how the invented municipality is filled.
DEEDS = {
    short(name): one
    for name, one in deeds.DEEDS.items()
    if name.startswith("varna.") and "actions" in name.split(".")
}
CASES = [
    pytest.param(name, make, id=f"{name}{number or ''}")
    for name, makes in {n: [e, *MORE.get(n, [])] for n, e in EXAMPLES.items()}.items()
    for number, make in enumerate(makes)
]


@pytest.fixture
def rows(world):
    return Rows(world)


def lines():
    return list(Event.unscoped.order_by("pk").values_list("act", flat=True))


def test_every_deed_has_its_example():
    assert set(DEEDS) == set(EXAMPLES)


@pytest.mark.parametrize(("name", "make"), CASES)
def test_a_deed_is_done_by_whoever_may_and_leaves_its_line(rows, name, make, time_machine):
    example, one = make(rows), DEEDS[name]
    at = example.at or clock.now()
    before = len(lines())
    one.do(*example.args, **example.named, by=who(rows.world, example.by), at=at)
    assert set(lines()[before:]) & set(one.acts), lines()[before:]


STRANGERS = {
    "nobody": ANONYMOUS,
    "signed in": Actor(account=uuid.uuid4(), strength=Strength.STRONG),
}


@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_whoever_has_no_part_and_no_role_is_refused_and_writes_nothing(rows, name, stranger):
    example = EXAMPLES[name](rows)
    args, named = example.args, example.named
    if example.stranger is not None:
        args, named = example.stranger, {k: v for k, v in named.items() if k != "token"}
    if example.anybody:
        return
    before = lines()
    with pytest.raises(Forbidden):
        DEEDS[name].do(*args, **named, by=STRANGERS[stranger], at=example.at or clock.now())
    assert lines() == before


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_weak_sign_in_does_nothing_but_what_is_ones_own(rows, name):
    """The same person, by a code by mail: only what is declared weak can be done."""
    example = EXAMPLES[name](rows)
    if example.by == "system":
        return
    strong = who(rows.world, example.by)
    weak = Actor(strong.account, strong.person, strong.roles, Strength.MAIL)
    deed = DEEDS[name]
    if deed.weak:
        return
    with pytest.raises(Forbidden):
        deed.do(*example.args, **example.named, by=weak, at=example.at or clock.now())


def test_no_line_is_declared_that_no_example_leaves(rows):
    """Parts leave lines of their own; together the examples have seen them all."""
    declared = {act for one in DEEDS.values() for act in one.acts}
    left = set()
    for name, makes in {n: [e, *MORE.get(n, [])] for n, e in EXAMPLES.items()}.items():
        for make in makes:
            left |= _left_by(rows, DEEDS[name], make)
    parts = {act for one in deeds.PARTS.values() for act in one.acts}
    assert declared | parts <= left, (declared | parts) - left


def _left_by(rows, deed, make):
    from django.db import transaction

    was, before = transaction.savepoint(), len(lines())
    fresh = Rows(rows.world)
    example = make(fresh)
    deed.do(*example.args, **example.named, by=who(rows.world, example.by),
            at=example.at or clock.now())  # fmt: skip
    left = set(lines()[before:])
    transaction.savepoint_rollback(was)
    return left


@pytest.mark.parametrize("name", sorted(deeds.PARTS))
def test_a_part_of_a_deed_is_never_done_alone(name):
    with pytest.raises(DeedError, match="inside a deed"):
        deeds.PARTS[name].do()


# ── what stands in the actions is one of these, and nothing else ──────────────────────────────
WRITES = {"save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create",
          "update_or_create", "seal"}  # fmt: skip
# The floors that the frame itself stands on, or that send what has been asked for.
BELOW = {"varna.foundation.audit.actions", "varna.foundation.outbox.actions",
         "varna.foundation.notices.actions"}  # fmt: skip
# Not by anybody: sign-in notes what allauth has done.
SIGN_IN = {"noting_authenticators", "note_sign_in", "actor_of", "has_authenticator"}


def public_functions():
    for module in ACTIONS:
        if module.__name__ in BELOW:
            continue
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield module, node


def written_in(node):
    calls = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
    return {f.attr for f in calls if isinstance(f, ast.Attribute)} & WRITES


@pytest.mark.parametrize(
    ("module", "node"), [pytest.param(m, n, id=f"{short(m.__name__)}.{n.name}")
                         for m, n in public_functions()]
)  # fmt: skip
def test_whatever_writes_in_an_action_is_a_deed_a_part_or_upkeep(module, node):
    name = f"{module.__name__}.{node.name}"
    framed = name in deeds.DEEDS or name in deeds.PARTS or name in deeds.UPKEEP
    if framed or node.name in SIGN_IN:
        return
    assert not written_in(node), "what writes is a deed, a part of one, or upkeep"


def test_the_web_reaches_no_upkeep():
    source = Path(varna.__file__).parent
    names = {name.rpartition(".")[2] for name in deeds.UPKEEP}
    for path in source.rglob("views*/**/*.py"):
        called = {
            node.func.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert not called & names, path
