"""What a visitor meets first: no link leads nowhere, and publiccode.yml says what the code says."""

import re
import tomllib
from pathlib import Path

from django.conf import settings

import pytest
import yaml


ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PUBLIC = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
MANDATORY = {
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_leads_nowhere(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_publiccode_has_what_it_must_have():
    assert set(PUBLIC) >= MANDATORY
    for said in PUBLIC["description"].values():
        assert len(said["shortDescription"]) <= 150
        assert 150 <= len(said["longDescription"]) <= 10_000


def test_publiccode_agrees_with_the_code():
    assert str(PUBLIC["softwareVersion"]) == PROJECT["version"]
    assert PUBLIC["legal"]["license"] == PROJECT["license"]
    assert PUBLIC["localisation"]["availableLanguages"] == [code for code, _ in settings.LANGUAGES]


def test_the_changelog_knows_this_version():
    assert f"## {PROJECT['version']}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_decision_has_its_headings():
    for page in sorted((ROOT / "docs/decisions").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]} "), page.name
        assert {"## Status", "## Decision", "## Consequences"} <= set(text.splitlines()), page.name
