"""The reference pages are what the code says."""

from django.utils import translation

import pytest

import reference


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_reference_page_is_what_the_code_says(name):
    with translation.override("sv"):
        made = reference.PAGES[name]()
    kept = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert kept == made, "run: .venv/bin/python tests/reference.py"


def test_the_pages_hold_what_they_are_for():
    """The test above can fail: the pages are not empty."""
    assert "received --> triaged" in reference.case_states()
    assert "cases.Case" in reference.record_series()
    assert "/arenden/" in reference.access()
