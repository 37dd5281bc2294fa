"""The command line as an operator meets it: what is missing is told in a paragraph."""

import os
import subprocess
import sys

from django.core.management import get_commands, load_command_class

import pytest


LIVE = {
    "ALLOWED_HOSTS": "varna.example.se",
    "SECRET_KEY": "not-secret-only-long-enough-0123456789-abcdefghijklmnop",
    "VARNA_KEY_PROVIDER": "env",
    "VARNA_ROOT_KEY": "dG9vIHNob3J0",
}


def said(tmp_path, *words, without=()):
    """What `varna` writes on its way out when a live installation lacks something."""
    inherited = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    live = {k: v for k, v in LIVE.items() if k not in without}
    done = subprocess.run(
        [sys.executable, "-m", "varna.site.command", *words],
        env=inherited | live | {"VARNA_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    return done.stderr


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("ALLOWED_HOSTS", ["check"]),
        ("SECRET_KEY", ["check"]),
        ("VARNA_KEY_PROVIDER", ["check"]),
        ("VARNA_ROOT_KEY", ["serve", "--prepare-only"]),
        ("VARNA_ROOT_KEY", ["keys", "check"]),
    ],
)
def test_what_is_missing_is_told_in_one_paragraph(tmp_path, missing, words):
    told = said(tmp_path, *words, without=[missing])
    assert missing in told
    assert "Traceback" not in told


def test_a_root_key_that_is_not_one_is_told(tmp_path):
    told = said(tmp_path, "serve", "--prepare-only")
    assert "32 byte" in told
    assert "Traceback" not in told


def test_help_is_given_anywhere_and_leaves_nothing_behind(tmp_path):
    inherited = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    done = subprocess.run(
        [sys.executable, "-m", "varna.site.command", "--help"],
        env=inherited, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "register" in done.stdout
    assert list(tmp_path.iterdir()) == []


def ran(tmp_path, *words, **more):
    inherited = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "-m", "varna.site.command", *words],
        env=inherited | more, cwd=tmp_path, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_version_is_told_anywhere(tmp_path):
    assert ran(tmp_path, "--version").stdout.startswith("varna 0.")


@pytest.mark.parametrize(
    "words", [["check", "vasteras-2018"], ["calendar", "vasteras-2018", "--election", "2026-09-13"]]
)
def test_a_plans_file_is_tried_where_nothing_is_installed(tmp_path, words):
    done = ran(tmp_path, "plan", *words)
    assert done.returncode == 0, done.stderr
    assert "Handlingsplan mot otillåten påverkan" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_it_answers_in_the_handbooks_language_or_the_one_that_is_set(tmp_path):
    assert "Inga fel. Åtaganden" in ran(tmp_path, "plan", "check", "vasteras-2018").stdout
    told = ran(tmp_path, "plan", "check", "vasteras-2018", VARNA_COMMAND_LANGUAGE="en").stdout
    assert "No faults. Commitments" in told
    refused = ran(tmp_path, "plan", "check", "vasteras-2018", VARNA_COMMAND_LANGUAGE="de")
    assert "one of en, sv" in refused.stderr


@pytest.mark.proves("L6")
def test_what_it_makes_is_for_nobody_else_whoever_starts_it(tmp_path):
    """Also where no unit file sets a umask."""
    var = tmp_path / "var"
    demo = {"VARNA_DEMO": "yes", "VARNA_VAR": str(var)}
    opening = ["account", "open", "a@example.se", "--name", "A", "--role", "operator"]
    was = os.umask(0o022)
    try:
        assert ran(tmp_path, "serve", "--prepare-only", "--port", "0", **demo).returncode == 0
        assert ran(tmp_path, *opening, **demo).returncode == 0
        assert ran(tmp_path, "audit", "sign", **demo).returncode == 0
    finally:
        os.umask(was)
    made = [path for path in (var, *var.rglob("*")) if path.stat().st_mode & 0o077]
    assert made == []
    assert (var / "checkpoints.txt").exists()
    assert (var / "varna.sqlite3").exists()


def test_a_file_of_checkpoints_that_was_never_made_is_told(tmp_path):
    demo = {"VARNA_DEMO": "yes", "VARNA_VAR": str(tmp_path / "var")}
    against = ["audit", "verify", "--against"]
    done = ran(tmp_path, *against, str(tmp_path / "checkpoints.txt"), **demo)
    assert done.returncode == 1
    assert "en tom logg har ingen" in done.stderr
    assert "Traceback" not in ran(tmp_path, *against, str(tmp_path), **demo).stderr


def test_no_command_of_ours_judges_the_pages_before_it_does_its_work():
    """What is wrong with the code is found by `make check`, not while a copy is waited for."""
    own = {n: app for n, app in get_commands().items() if str(app).startswith("varna.")}
    judging = {n for n, app in own.items() if load_command_class(app, n).requires_system_checks}
    assert len(own) > 5
    assert judging == set()
