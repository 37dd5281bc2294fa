"""A new room is on every guard from its first day: one as bad as can be is refused, fault by fault.

The room in `bad_room/` is put into a copy of the code, and the guards are asked about that copy.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import varna


HERE = Path(__file__).parent
TESTS = HERE.parent
SITE = '    path("tema.css", ui.theme, name="theme"),\n'
WITH_IT = SITE + '    path("larande/", include("varna.learning.urls")),\n'


def asked(folder, *words):
    """What a guard says of the copy."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VARNA_", "PYTEST_", "COV_"))}
    said = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=kept
        | {"PYTHONPATH": str(folder), "VARNA_DEMO": "yes", "VARNA_VAR": str(folder / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    return said.returncode, said.stdout + said.stderr


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The code, with a room more that has no card."""
    folder = tmp_path_factory.mktemp("house")
    copy = folder / "varna"
    shutil.copytree(Path(varna.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    left_out = shutil.ignore_patterns("card.py", "__pycache__")
    shutil.copytree(HERE / "bad_room", copy / "learning", ignore=left_out)
    urls = copy / "site/urls.py"
    text = urls.read_text(encoding="utf-8")
    assert SITE in text
    urls.write_text(text.replace(SITE, WITH_IT), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def carded(house, tmp_path_factory):
    """A copy with its card: now it starts, and everything else is left to the guards."""
    folder = tmp_path_factory.mktemp("carded")
    shutil.copytree(house / "varna", folder / "varna")
    shutil.copy(HERE / "bad_room/card.py", folder / "varna/learning/room.py")
    return folder


def test_without_a_card_nothing_starts(house):
    code, said = asked(house, "-m", "varna.site.command", "check")
    assert code != 0
    assert "varna/learning has no card" in said


@pytest.fixture(scope="module")
def layers(carded):
    return asked(carded, str(TESTS / "contracts.py"))


@pytest.mark.parametrize(
    "fault",
    [
        "Keys, vault and audit alone use cryptography BROKEN",
        "A room's lines are left by its deeds BROKEN",
        "Inside a room: web over actions over data over rules BROKEN",
        "learning leans on what its card says BROKEN",
        "The rows of reports are its own BROKEN",
        "varna.learning.toolbox",
    ],
)
def test_the_contracts_refuse(layers, fault):
    code, said = layers
    assert code != 0
    assert fault in said


GUARDS = [
    "house/test_rooms.py::test_a_confidential_row_is_found_only_through_a_scope",
    "house/test_rooms.py::"
    "test_no_relation_opens_a_way_back_to_a_confidential_row_or_takes_it_along",
    "house/test_rooms.py::test_a_room_that_seals_says_why_anything_else_stands_in_clear",
    "house/test_rooms.py::test_every_model_stands_in_a_record_series_and_no_other_does",
    "house/test_rooms.py::test_a_card_names_what_is_there[learning]",
    "house/test_rooms.py::test_a_room_begins_with_its_word_in_both_languages[learning]",
    "house/test_rooms.py::test_the_map_knows_every_room_and_no_other",
    "house/test_deeds.py::test_every_deed_has_its_example",
    "house/test_deeds.py::"
    "test_whatever_writes_in_an_action_is_a_deed_a_part_or_upkeep[learning.remark]",
    "security/test_canaries.py::test_every_address_has_a_declared_policy_and_a_door_here",
    "architecture/test_glossary.py::test_the_glossary_knows_every_model[Remark]",
    "foundation/test_seal_names.py",
]


@pytest.fixture(scope="module")
def guards(carded):
    return asked(
        carded, "-m", "pytest", "-q", "-n", "0", "--rootdir", str(TESTS.parent),
        "-c", str(TESTS.parent / "pyproject.toml"), "--tb=line", "-p", "no:randomly",
        *(str(TESTS / guard) for guard in GUARDS),
    )  # fmt: skip


@pytest.mark.parametrize("guard", GUARDS)
def test_the_guards_refuse(guards, guard):
    code, said = guards
    failed = [line for line in said.splitlines() if line.startswith("FAILED ")]
    assert code != 0
    assert any(guard in line for line in failed), said[-3000:]
