"""Set content in type. Templates lie in the rooms' `templates`, beside their pages; what is written
in the content is shown as text and never read as marks.
"""

import datetime as dt
import functools
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from django.template.utils import get_app_template_dirs

import pikepdf
import typst

from varna.foundation.print.signs import drawable, throughout


FLOOR = Path(__file__).parent
PACKAGE = FLOOR.parents[1]  # templates import /foundation/print/typst/house.typ from here


class NoSuchTemplateError(Exception):
    """No room has a template with this name."""


class CannotBeSetError(Exception):
    """The press refuses the content."""


def pdf(template: str | bytes, content: Mapping[str, Any], *, at: dt.datetime) -> bytes:
    """A PDF/UA-1 file; typst refuses what is not (a figure without words, a missing title).

    `template` is a name such as "documents/adopted.typ", or a source in bytes. `content` becomes
    JSON, in signs that the fonts have, and needs what house.typ asks for: lang and title. The same
    content and moment give the same bytes.
    """
    source = template if isinstance(template, bytes) else _found(template).read_bytes()
    press = typst.Compiler(
        source,
        root=PACKAGE,
        font_paths=_fonts(),
        sys_inputs={"content": _as_json(content)},
    )
    try:
        set_in_type = press.compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=at.replace(microsecond=0)
        )
    except typst.TypstError as fault:
        raise CannotBeSetError from fault
    return _with_row_headings(cast("bytes", set_in_type))


def _as_json(content: Mapping[str, Any]) -> str:
    """Only with signs that can be set: one that the fonts lack would stop the press."""
    plain = json.loads(json.dumps(content, default=str))
    return json.dumps(throughout(plain, drawable), ensure_ascii=False)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FLOOR / "fonts"]
    )


def _found(template: str) -> Path:
    for folder in get_app_template_dirs("templates"):
        path = (Path(folder) / template).resolve()
        if path.is_file() and path.is_relative_to(PACKAGE):
            return path
    raise NoSuchTemplateError(template)


def _with_row_headings(file: bytes) -> bytes:
    """The first cell of each row says what the row is about; typst has no way to say so yet."""
    with pikepdf.open(io.BytesIO(file)) as opened:
        tree = opened.Root.get("/StructTreeRoot")
        for row in _rows(tree) if tree is not None else ():
            cells = list(_children(row))
            # In two columns the headings above say enough; more would be headings than cells.
            if len(cells) > 2 and (first := cells[0]).get("/S") == pikepdf.Name.TD:
                first.S = pikepdf.Name.TH
                first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        made = io.BytesIO()
        opened.save(made, deterministic_id=True)
    return made.getvalue()


def _rows(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.get("/S") == pikepdf.Name.TR:
            yield one
        waiting += _children(one)


def _children(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The structure elements below this one; numbers and references to marked content are not."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
