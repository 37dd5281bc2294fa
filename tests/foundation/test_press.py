"""What is printed can be read by a screen reader, says what was written, and is the same twice."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from varna.foundation.print import signs
from varna.foundation.print.press import CannotBeSetError, NoSuchTemplateError, pdf


AT = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
BIN = Path(sys.executable).parent
SOURCE = b"""
#import "/foundation/print/typst/house.typ": *
#show: house
= #content.heading
#content.text
#facts(content.facts)
#listing(content.columns, content.rows)
"""
CONTENT = {
    "lang": "sv",
    "title": "Rapport om åtaganden",
    "heading": "Läget",
    "text": "Åäö ÅÄÖ é š ŋ – ”citat” § 112 #emph[inte märkt] *inte fet*",
    "facts": [["Antagen av", "Kommunstyrelsen"], ["Den", "3 mars 2026"]],
    "columns": ["Åtagande", "Läge", "Dag"],
    "rows": [[f"Rad {n}", "uppfyllt", "2026-10-14"] for n in range(80)],
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    path = tmp_path_factory.mktemp("print") / "printed.pdf"
    path.write_bytes(pdf(SOURCE, CONTENT, at=AT))
    return path


@pytest.mark.once
@pytest.mark.parametrize("judge", [["pdfua", "check"], ["outloud", "--fail-on", "error"]], ids=str)
def test_both_judges_find_it_accessible(printed, judge):
    done = subprocess.run(
        [BIN / judge[0], *judge[1:], printed], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.once
def test_it_says_its_title_language_and_rows(printed):
    with pikepdf.open(printed) as opened:
        assert str(opened.Root.Lang) == "sv"
        assert str(opened.docinfo["/Title"]) == "Rapport om åtaganden"
        headings = [
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.TH
        ]
    assert len(headings) == 3 + 80


@pytest.mark.once
@pytest.mark.proves("T15")
def test_marks_in_what_was_written_are_words(printed):
    said = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Åäö ÅÄÖ é š ŋ – ”citat” § 112 #emph[inte märkt] *inte fet*" in " ".join(said.split())
    assert "Rad 79" in said


@pytest.mark.once
def test_the_same_content_and_moment_give_the_same_file():
    assert pdf(SOURCE, CONTENT, at=AT) == pdf(SOURCE, CONTENT, at=AT)


@pytest.mark.once
def test_a_template_that_no_room_has_is_refused():
    with pytest.raises(NoSuchTemplateError):
        pdf("../../../etc/passwd", CONTENT, at=AT)


def _said(file):
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=file, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.once
def test_signs_that_the_fonts_lack_are_written_in_another_way():
    text = "A → B, ≥ 3, ☐ kvar, ﬁn H₂O, a\u2011b, \ufeffÅ, Привет, 👩\u200d👧, c\x01d\x0be"
    said = _said(pdf(SOURCE, {**CONTENT, "text": text}, at=AT))
    assert "A -> B, >= 3, [ ] kvar, fin H2O, a-b, Å, ??????, ??, cd e" in " ".join(said.split())


@pytest.mark.once
def test_lists_in_lists_have_marks_that_the_fonts_have():
    source = SOURCE + b"\n- a\n  - b\n    - c\n      - d\n"
    assert "d" in _said(pdf(source, CONTENT, at=AT))


@pytest.mark.once
def test_what_cannot_be_set_all_the_same_is_told_as_such():
    with pytest.raises(CannotBeSetError):
        pdf(SOURCE, {**CONTENT, "title": "\u200b"}, at=AT)


@pytest.mark.once
@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_list_of_signs_is_what_the_fonts_draw(style):
    font = TTFont(signs.DRAWN.with_name(f"VarnaPrint-{style}.ttf"))
    listed = set()
    for line in signs.DRAWN.read_text().split():
        first, last = line.split("-")
        listed |= set(range(int(first, 16), int(last, 16) + 1))
    assert listed == set(font.getBestCmap())


@pytest.mark.once
@given(st.text())
def test_any_text_becomes_drawable_and_stays_so(text):
    once = signs.drawable(text)
    assert signs.drawable(once) == once
