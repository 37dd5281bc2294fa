"""The same report as a Word file: headings, real tables with headings, and its language."""

import io
from collections.abc import Iterable, Sequence
from typing import cast

import docx as word
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Row

from varna.following.pages.report import Content
from varna.foundation.print.signs import legible, throughout


def docx(content: Content) -> bytes:
    content = cast("Content", throughout(content, legible))
    made = word.Document()
    _name(made, content)
    _speak(made, content["lang"])
    made.add_heading(content["title"], 0)
    made.add_paragraph(content["subtitle"], style="Subtitle")
    for paragraph in content["opening"]:
        made.add_paragraph(paragraph)
    _changes(made, content)
    made.add_heading(content["counted_title"], 1)
    _table(made, content["counted_head"], content["counted"])
    made.add_heading(content["figures_title"], 1)
    _table(made, content["figures_head"], content["figures"])
    made.add_heading(content["commitments_title"], 1)
    for section in content["sections"]:
        made.add_heading(section["heading"], 2)
        for name, value in section["facts"]:
            line = made.add_paragraph()
            line.add_run(f"{name}: ").bold = True
            line.add_run(value)
        if section["turns"]:
            _table(made, content["turns_head"], section["turns"])
        for heading, text in section["said"]:
            made.add_heading(heading, 3)
            made.add_paragraph(text)
    made.sections[0].footer.paragraphs[0].text = content["footer"]
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _changes(made: Document, content: Content) -> None:
    for change in content["changes"]:
        made.add_heading(change["title"], 1)
        if change["rows"]:
            _table(made, content["changed_head"], change["rows"])
        elif change["nothing"]:
            made.add_paragraph(change["nothing"])


def _name(made: Document, content: Content) -> None:
    made.core_properties.title = content["title"]
    made.core_properties.author = content["author"]
    made.core_properties.language = content["lang"]
    made.core_properties.comments = ""


def _speak(made: Document, language: str) -> None:
    """The language that a screen reader is to use."""
    properties = made.styles["Normal"].element.get_or_add_rPr()
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), {"sv": "sv-SE", "en": "en-GB"}[language])
    properties.append(lang)


def _table(made: Document, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = made.add_table(rows=1, cols=len(head), style="Light Grid Accent 1")
    _fill(table.rows[0], head)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 (python-docx has no name for it)
    for row in rows:
        _fill(table.add_row(), row)


def _fill(row: _Row, texts: Sequence[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text
