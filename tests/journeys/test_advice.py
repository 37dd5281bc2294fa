"""Each piece of advice fits on one printed page, in each language."""

import io

import pikepdf
import pytest

from varna.documents.words import ADVICE


pytestmark = pytest.mark.once


@pytest.mark.parametrize("language", ["", "/en", "/fi"])
def test_advice_fits_on_one_printed_page(visit, language):
    page = visit(phone=False)
    for name in ADVICE:
        page.goto(f"{language}/rad/{name}/")
        margin = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
        printed = page.pdf(format="A4", margin=margin)
        with pikepdf.open(io.BytesIO(printed)) as opened:
            assert len(opened.pages) == 1, f"{language} {name}"
