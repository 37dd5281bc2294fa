"""The command line as an operator meets it: what is missing is told in a paragraph."""

import os
import subprocess
import sys

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
    assert "32 bytes" in told
    assert "Traceback" not in told


def test_help_is_given_anywhere_and_leaves_nothing_behind(tmp_path):
    inherited = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    done = subprocess.run(
        [sys.executable, "-m", "varna.site.command", "--help"],
        env=inherited, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "register" in done.stdout
    assert list(tmp_path.iterdir()) == []
