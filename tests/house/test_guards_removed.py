"""Each guard in the actions is missed: taken away, the deeds' own tests say so.

Every `let`, `refuse` and `leave` that stands as a statement is taken out of its module, one at a
time, and every `held` asks for any row instead of those that the actor sees. The examples, the
strangers and the refusals must notice; with nothing taken away they must not. It takes minutes:
make test DEEP=1.
"""

import ast
import contextlib
import itertools
import os
from pathlib import Path

from django.db import transaction

import pytest

from house.examples import EXAMPLES, MORE, Rows, who
from house.test_deeds import ACTIONS, STRANGERS, lines, short
from house.test_refusals import OUTSIDERS, REFUSED, Doing
from varna.foundation import clock, deeds
from varna.foundation.deeds import Forbidden, WhyNot


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.skipif(not os.environ.get("VARNA_TEST_DEEP"), reason="make test DEEP=1"),
]
GUARDS = {"let", "refuse", "leave", "_let_owner", "let_administer", "let_keep"}


def called(node):
    """The name of what is called."""
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "attr", getattr(function, "id", ""))


class Without(ast.NodeTransformer):
    """The module without its guard number `place`."""

    def __init__(self, place):
        self.place, self.seen, self.what = place, -1, ""

    def _here(self, node):
        self.seen += 1
        if self.seen == self.place:
            self.what = f"{node.lineno}: {ast.unparse(node)[:90]}"
        return self.seen == self.place

    def visit_Expr(self, node):
        if called(node.value) in GUARDS and self._here(node):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_Call(self, node):
        scope = node.args[0] if node.args else None
        if called(node) == "held" and isinstance(scope, ast.Attribute) and self._here(node):
            open_one = f"lambda _actor, *, at: {ast.unparse(scope.value)}.unscoped.all()"
            node.args[0] = ast.parse(open_one, mode="eval").body
        return self.generic_visit(node)


def without(module, place):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    change = Without(place)
    changed = ast.fix_missing_locations(change.visit(tree))
    return (compile(changed, module.__file__, "exec"), change.what) if change.what else None


def put_in(module, code):
    """The module as the code says, also where something of it has been imported by name."""
    before = dict(vars(module))
    exec(code, vars(module))  # noqa: S102 (the house's own, with a guard less)
    now = {id(old): vars(module)[name] for name, old in before.items() if callable(old)}
    for other in ACTIONS:
        for name, held in list(vars(other).items()):
            if callable(held) and now.get(id(held), held) is not held:
                setattr(other, name, now[id(held)])


@contextlib.contextmanager
def taken_back():
    was = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(was)


# Taken away, nothing is different: why.
ALIKE = {
    "held(HelpRequest.visible_to, row.pk)": "whoever answers sees all, and was asked first",
}
# What other rooms' deeds stand on is noticed by those.
STOOD_ON = {"cases.ground", "cooperation.sealing", "evidence", "foundation.access",
            "foundation.accounts", "invitations.answering", "reports"}  # fmt: skip


def noticed(world, module, known):
    """The first of the examples that goes otherwise than it should. `known`: the lines that each
    left when nothing was taken away; filled when it is empty.
    """
    here = short(module.__name__)
    names = [n for n in EXAMPLES if n.rpartition(".")[0] == here or here in STOOD_ON]
    ways = [(full_of(name), number, make) for name in names
            for number, make in enumerate(makes_of(name))]  # fmt: skip
    faults = itertools.chain(
        (done_wrong(world, way, known) for way in ways),
        (let_in(world, deed, make) for deed, _number, make in ways),
        (not_kept_out(world, said) for said in OUTSIDERS),
        (not_refused(world, said) for said in REFUSED),
    )
    return next((fault for fault in faults if fault), "")


def full_of(name):
    return next(one for full, one in deeds.DEEDS.items() if short(full) == name)


def makes_of(name):
    return [EXAMPLES[name], *MORE.get(name, [])]


def done_wrong(world, way, known):
    deed, number, make = way
    try:
        with taken_back():
            example, before = make(Rows(world)), len(lines())
            at = example.at or clock.now()
            deed.do(*example.args, **example.named, by=who(world, example.by), at=at)
            left = sorted(lines()[before:])
    except Exception as fault:  # noqa: BLE001 (whatever it is, it is noticed)
        return f"{deed.name}: {fault!r}"
    expected = known.setdefault((deed.name, number), left)
    return "" if left == expected else f"{deed.name}: left {left}, not {expected}"


def not_kept_out(world, said):
    try:
        with taken_back():
            OUTSIDERS[said](Doing(world))
    except Forbidden:
        return ""
    except Exception as fault:  # noqa: BLE001
        return f"{said}: {fault!r}"
    return f"{said}: let in"


def let_in(world, deed, make):
    for stranger in STRANGERS.values():
        try:
            with taken_back():
                example = make(Rows(world))
                if example.anybody:
                    return ""
                args, named = example.args, dict(example.named)
                if example.stranger is not None:
                    args = example.stranger
                    named.pop("token", None)
                deed.do(*args, **named, by=stranger, at=example.at or clock.now())
        except Forbidden:
            continue
        except Exception as fault:  # noqa: BLE001
            return f"{deed.name}, a stranger: {fault!r}"
        return f"{deed.name}: a stranger did it"
    return ""


def not_refused(world, said):
    reason, deed = REFUSED[said]
    try:
        with taken_back():
            deed(Doing(world))
    except WhyNot as why:
        return "" if why.reason == reason else f"{said}: {why!r}"
    except Exception as fault:  # noqa: BLE001
        return f"{said}: {fault!r}"
    return f"{said}: not refused"


@pytest.mark.parametrize("module", ACTIONS, ids=lambda m: short(m.__name__))
def test_no_guard_is_taken_away_unnoticed(world, module):
    source = compile(Path(module.__file__).read_text(encoding="utf-8"), module.__file__, "exec")
    put_in(module, source)
    known = {}
    assert noticed(world, module, known) == "", "with nothing taken away"
    unnoticed, place = [], 0
    while found := without(module, place):
        code, what = found
        put_in(module, code)
        try:
            if what.partition(": ")[2] not in ALIKE and not noticed(world, module, known):
                unnoticed.append(what)
        finally:
            put_in(module, source)
        place += 1
    print(f"{short(module.__name__)}: {place} guards, {len(unnoticed)} unnoticed")
    assert unnoticed == []
