"""Nothing is larger than one can hold in the head: rooms, files, and what a function asks for."""

import ast
from pathlib import Path

import pytest

import varna


SOURCE = Path(varna.__file__).parent
ROOM, FILE, ASKED = 2_500, 400, 6
# Larger, and why it is not divided further.
LARGER_ROOMS = {
    "cases": "one confidentiality: steps, judging, the circle, talk and closing",
    "importing": "one walk: a file is read, matched, looked at, written and taken back",
    "following": "the same rows told in seven ways, from a picture to a calendar",
}
FRAME = {"by", "at"}  # who and when: every deed's, and no part of what it is about


def modules(folder):
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def rooms():
    """Every room; the foundation floor by floor."""
    for folder in sorted(path for path in SOURCE.iterdir() if path.is_dir()):
        yield from (
            [folder]
            if folder.name != "foundation"
            else sorted(floor for floor in folder.iterdir() if floor.is_dir())
        )


@pytest.mark.parametrize("room", list(rooms()), ids=lambda room: room.name)
def test_a_room_can_be_read_in_a_day(room):
    size = sum(map(lines, modules(room)))
    assert (size > ROOM) is (room.name in LARGER_ROOMS), f"{room.name} has {size} lines"


@pytest.mark.parametrize("path", modules(SOURCE), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_is_about_one_thing_and_a_function_asks_for_few(path):
    assert lines(path) <= FILE
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            framed = {one.arg for one in node.args.kwonlyargs} & FRAME
            asked = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            assert len(asked) - len(framed) <= ASKED, f"{node.name} asks for too much at once"
