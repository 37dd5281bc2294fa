"""`varna register`: shows before it changes, and says why not."""

import io

from django.core.management import CommandError, call_command
from django.utils import translation

import pytest

import registers
from varna.foundation import clock
from varna.importing.models import Import, ImportState
from varna.organisation.models import Person


pytestmark = pytest.mark.django_db
ROWS = [
    ["Åsa", "Berg", "asa@x.example", "", "-", "Valnämnden", "Ledamot", "2026-01-01", "", ""],
    ["Bo", "Ek", "", "", "-", "Valnämnden", "Ledamot", "snart", "", ""],
]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def a_file(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(registers.csv_of(ROWS))
    return path


def run(*words):
    out = io.StringIO()
    call_command("register", *map(str, words), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_without_apply_it_only_shows(a_file):
    said = run("import", a_file)
    assert "New: 1" in said
    assert "Line 3: The date cannot be read. Write YYYY-MM-DD. (From)" in said
    assert "Nothing has been changed" in said
    assert not Person.unscoped.exists()


def test_applied_twice_the_second_changes_nothing(a_file):
    assert "Applied." in run("import", a_file, "--apply", "--yes")
    said = run("import", a_file, "--apply", "--yes")
    assert ("New: 0" in said, "Unchanged: 1" in said) == (True, True)
    assert Person.unscoped.count() == 1


def test_while_another_file_is_written_it_says_so_and_changes_nothing(a_file):
    now = clock.now()
    Import.unscoped.create(state=ImportState.WRITING, moved_at=now, made_at=now, size=1)
    with pytest.raises(CommandError, match="Another file is being written"):
        run("import", a_file, "--apply", "--yes")
    assert not Person.unscoped.exists()


def test_it_does_not_apply_unasked(a_file, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="--yes"):
        run("import", a_file, "--apply")
    assert not Person.unscoped.exists()


def test_columns_can_be_said(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Vem;Var;Vad\nBo Ek;Valnämnden;Ledamot\n")
    with pytest.raises(CommandError, match="whole name"):
        run("import", path)
    said = run("import", path, "--apply", "--yes", "--mapping", "name=Vem", "body=2", "role=vad")
    assert "New: 1" in said
    assert Person.unscoped.get().name == "Bo Ek"
    assert "Unchanged: 1" in run("import", path), "the choice is remembered"


@pytest.mark.parametrize(
    ("words", "fault"),
    [(["shoe=Namn"], "no field called shoe"), (["name=Skor"], "no such column")],
)
def test_a_column_that_is_not_there_is_told(a_file, words, fault):
    with pytest.raises(CommandError, match=fault):
        run("import", a_file, "--mapping", *words)


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"Namn;Organ\nBo;=1\n", "Line 2: The file holds a formula"), (b"", "no rows")],
)
def test_a_bad_file_is_refused(tmp_path, content, fault):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=fault):
        run("import", path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        run("import", tmp_path / "none.csv")


def test_show_counts_on_a_day(a_file):
    run("import", a_file, "--apply", "--yes")
    assert "1  elected officials" in run("show", "--day", "2026-01-01")
    assert "0  elected officials" in run("show", "--day", "2025-12-31")
    with pytest.raises(CommandError, match="cannot be read"):
        run("show", "--day", "i dag")
