"""What is printed can be read by a screen reader, says what was written, and is the same twice."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from varna.foundation.print.press import NoSuchTemplateError, pdf


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
