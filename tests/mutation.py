"""Would a test notice? Rules are changed one small thing at a time, and their tests are run.

    python tests/mutation.py [SECONDS [SEED]]

What is changed: a function of a `rules` module or of the access floor, by one comparison, `and` or
`or`, `not`, number, `continue` or answer. Only tests that import the changed module and need no
database are run. Each module's tests are first run with nothing changed, and must pass. A sample,
bounded in time: the seed says which.
"""

import ast
import contextlib
import copy
import importlib
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path


HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
PATTERNS = ("varna/**/rules.py", "varna/**/rules/*.py", "varna/foundation/access/limits.py")
LONGEST = 60  # seconds for one change; whoever waits for ever has noticed
VAR = Path(tempfile.mkdtemp(prefix="varna-mutation-"))
OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


def changes(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    """What can be done to a node; each is done to a copy of it."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
        yield lambda one: one.ops.__setitem__(0, OTHER[type(one.ops[0])]())
    elif isinstance(node, ast.BinOp) and type(node.op) in OTHER:
        yield lambda one: setattr(one, "op", OTHER[type(one.op)]())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield lambda one: setattr(one, "op", other())
        for place in range(len(node.values)):
            yield lambda one, place=place: _left_out(one, place)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield lambda one: setattr(one, "value", one.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield lambda one: setattr(one, "value", not one.value)
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield lambda one: setattr(one, "test", ast.UnaryOp(ast.Not(), one.test))


def _left_out(node: ast.BoolOp, place: int) -> None:
    """One of the conditions is always met."""
    node.values[place] = ast.Constant(isinstance(node.op, ast.And))


def mutants(path: Path) -> list[tuple[int, int]]:
    """(which node, which change) of everything inside functions."""
    found = []
    for number, node in enumerate(_inside(ast.parse(path.read_text(encoding="utf-8")))):
        found += [(number, change) for change, _ in enumerate(changes(node))]
    return found


def _inside(tree: ast.AST) -> list[ast.AST]:
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    seen, found = set(), []
    for function in functions:
        for statement in function.body:
            for node in ast.walk(statement):
                if id(node) not in seen:
                    seen.add(id(node))
                    found.append(node)
    return found


def changed(path: Path, number: int, change: int) -> tuple[types.CodeType, int, str]:
    """The module's code with one change, the line, and how it reads now."""
    tree = copy.deepcopy(ast.parse(path.read_text(encoding="utf-8")))
    node = _inside(tree)[number]
    list(changes(node))[change](node)
    ast.fix_missing_locations(tree)
    return compile(tree, str(path), "exec"), node.lineno, ast.unparse(node)[:70]


def put_in(module: types.ModuleType, code: types.CodeType) -> None:
    """Give each function of the module its code from the changed one, wherever it is held."""

    def codes(inside: types.CodeType, before: str = "") -> Iterator[tuple[str, types.CodeType]]:
        for one in inside.co_consts:
            if isinstance(one, types.CodeType):
                yield f"{before}{one.co_name}", one
                yield from codes(one, f"{before}{one.co_name}.")

    for name, new in codes(code):
        held: object = module
        for part in name.split("."):
            held = getattr(held, "__dict__", {}).get(part)
        for step in ("fget", "__func__", "__wrapped__"):
            held = getattr(held, step, held)
        if isinstance(held, types.FunctionType):
            held.__code__ = new


def tests_of(name: str) -> list[str]:
    """The files of tests that import the module, or something out of it."""
    package, _, last = name.rpartition(".")
    wanted = re.compile(
        rf"from {re.escape(name)}[. ]|import {re.escape(name)}\b"
        rf"|from {re.escape(package)} import [^\n]*\b{last}\b"
    )
    helpers = {p.stem for p in HERE.rglob("*.py") if wanted.search(p.read_text())}
    through = re.compile(rf"^from ({'|'.join(sorted(helpers)) or '-'}) import", re.MULTILINE)
    return [
        str(path)
        for path in sorted(HERE.rglob("test_*.py"))
        if not {"journeys", "faults"} & set(path.parts)
        and (wanted.search(path.read_text()) or through.search(path.read_text()))
    ]


def passes(name: str, code: types.CodeType | None) -> bool:
    """Run the module's tests in a copy of this process, with the change if there is one."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST)
        shutil.rmtree(VAR, ignore_errors=True)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        answer = 3
        with contextlib.suppress(BaseException):
            import pytest

            if code is not None:
                put_in(importlib.import_module(name), code)
            words = ["-x", "-q", "-p", "no:randomly", "-p", "no:xdist", "-m", "once"]
            answer = int(pytest.main([*words, *tests_of(name)]))
        os._exit(answer)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def prepare() -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "varna.site.settings", "VARNA_DEMO": "yes"}
    os.environ |= {"VARNA_VAR": str(VAR), "EMAIL_URL": "memorymail://"}
    import django

    django.setup()


def to_try(dice: random.Random) -> dict[str, tuple[Path, list[tuple[int, int]]]]:
    """The modules whose tests pass unchanged, and their changes in random order."""
    found = {}
    for path in sorted({path for one in PATTERNS for path in SOURCE.glob(one)}):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        waiting = mutants(path)
        dice.shuffle(waiting)
        if waiting and passes(name, None):
            found[name] = (path, waiting)
        elif waiting:
            print(f"not tried, for no tests without a database pass: {name}", flush=True)
    return found


def main(seconds: int, seed: int) -> int:
    prepare()
    ends = time.monotonic() + seconds
    waiting = to_try(random.Random(seed))
    totals = {name: [0, 0] for name in waiting}
    while waiting and time.monotonic() < ends:
        name = min(waiting, key=lambda one: sum(totals[one]))  # all modules are tried alike
        path, left = waiting[name]
        code, line, reads = changed(path, *left.pop())
        survived = passes(name, code)
        totals[name][survived] += 1
        if survived:
            print(f"survived  {path.relative_to(SOURCE)}:{line}  {reads}", flush=True)
        if not left:
            del waiting[name]
    for name, (killed, survived) in totals.items():
        print(f"{killed:4} killed {survived:4} survived  {name}")
    killed, survived = (sum(one[place] for one in totals.values()) for place in (0, 1))
    share = 100 * killed // max(1, killed + survived)
    print(f"{killed} killed, {survived} survived: {share} % (seed {seed})")
    return 0


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *(600, random.SystemRandom().randrange(10**6))[len(given) :]))
