"""Plain marks (Markdown) in an adopted text: as HTML for the screen, as blocks for the press.

Written HTML is shown as text, a picture is a link, and links lead only where links may. Headings
begin below the page's own.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token


TOP, LOWEST = 2, 6  # the page's title is the only heading of the first level
Block = dict[str, Any]


class _Renderer(RendererHTML):
    """Tables scroll by themselves on a narrow screen."""

    def table_open(self, *_rest: object) -> str:
        return '<div class="scroll" tabindex="0"><table>\n'

    def table_close(self, *_rest: object) -> str:
        return "</table></div>\n"


def _reader() -> MarkdownIt:
    marks = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    return marks.enable("table").disable("image")


def _parsed(marks: MarkdownIt, text: str) -> Sequence[Token]:
    """Without headings that say nothing, and the others in order."""
    tokens, kept, place = marks.parse(text), list[Token](), 0
    while place < len(tokens):
        if tokens[place].type == "heading_open" and not _says(tokens[place + 1]):
            place += 3  # opened, nothing, closed
            continue
        kept.append(tokens[place])
        place += 1
    return _lowered(kept)


def _says(inline: Token) -> bool:
    said = "".join(child.content for child in inline.children or [])
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in said)


def _lowered(tokens: Sequence[Token]) -> Sequence[Token]:
    """Headings one level after the other below the page's own, however they were written."""
    before = TOP - 1
    for token in tokens:
        if token.type == "heading_open":
            before = min(int(token.tag[1]) + 1, before + 1, LOWEST)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{before}"
    return tokens


def html(text: str) -> str:
    """Safe to show: what was written as HTML comes out as words."""
    marks = _reader()
    return str(marks.renderer.render(_parsed(marks, text), marks.options, {}))


def blocks(text: str) -> list[Block]:
    """Headings, paragraphs, lists, quotes and tables, for house.typ to set."""
    tokens = list(_parsed(_reader(), text))
    found, rest = _blocks(tokens, 0)
    assert rest == len(tokens)  # noqa: S101 (every mark that opens closes)
    return found


def _blocks(tokens: Sequence[Token], place: int, until: str = "") -> tuple[list[Block], int]:
    """The blocks from a place to the mark that closes them, and the place after it."""
    found: list[Block] = []
    while place < len(tokens):
        token = tokens[place]
        if token.type == until:
            return found, place + 1
        if token.type in {"fence", "code_block"}:
            found.append({"kind": "code", "text": token.content.rstrip("\n")})
        elif token.type == "hr":
            found.append({"kind": "rule"})
        elif token.type == "inline":
            found.append({"kind": "runs", "runs": runs(token.children or [])})
        elif token.nesting == 1:
            inner, place = _blocks(tokens, place + 1, token.type.replace("_open", "_close"))
            found.append(_block(token, inner))
            continue
        place += 1
    return found, place


def _block(token: Token, inner: list[Block]) -> Block:
    kind = token.type.removesuffix("_open")
    if kind in {"heading", "paragraph", "th", "td"}:
        return {"kind": kind, "level": _level(token), "runs": inner[0]["runs"] if inner else []}
    return {"kind": kind, "start": int(token.attrGet("start") or 1), "inner": inner}


def _level(token: Token) -> int:
    return int(token.tag[1]) - TOP + 1 if token.type == "heading_open" else 0


_STYLES = {"strong_open": "strong", "em_open": "em", "link_open": "link"}


def runs(tokens: Sequence[Token]) -> list[dict[str, str]]:
    """Words that stand together in one style, one after another."""
    found: list[dict[str, str]] = []
    open_styles: list[str] = []
    address = ""
    for token in tokens:
        if token.type in _STYLES:
            open_styles.append(_STYLES[token.type])
            address = str(token.attrGet("href") or "") if token.type == "link_open" else address
        elif token.nesting == -1:
            style = open_styles.pop()
            address = "" if style == "link" else address
        else:
            words = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            style = "code" if token.type == "code_inline" else " ".join(open_styles)
            found.append({"text": words, "style": style, "link": address})
    return found
