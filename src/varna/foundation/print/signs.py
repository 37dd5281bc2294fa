"""Which signs can be printed, and what stands for those that cannot: a file that is set in type or
opened in Word must not fall over what somebody pasted.
"""

import functools
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any


# What the fonts that come along can draw, as ranges of code points.
DRAWN = Path(__file__).parent / "fonts" / "signs.txt"
UNKNOWN = "?"
BREAKS = dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n")
INSTEAD = {
    "‐": "-", "‑": "-", "‒": "–", "―": "–",
    "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~",
    "✓": "x", "✔": "x", "✗": "-", "☐": "[ ]", "☑": "[x]", "☒": "[x]",
    "‣": "•", "●": "•", "▪": "•", "■": "•", "◦": "–", "○": "–",
}  # fmt: skip


def legible(text: str) -> str:
    """Without what no XML may hold: control signs, byte order marks, halves of a sign."""
    lines = text.replace("\r\n", "\n").translate(BREAKS)
    return "".join(sign for sign in lines if sign in "\n\t" or not _is_control(sign))


def drawable(text: str) -> str:
    """Only signs that the fonts have; others in a way that they can, or as a question mark."""
    composed = unicodedata.normalize("NFC", legible(text))
    return "".join(sign if sign in _drawn() else _instead(sign) for sign in composed)


def throughout(content: Any, clean: Callable[[str], str]) -> Any:  # noqa: ANN401 (as JSON)
    """Every text in a structure, cleaned."""
    if isinstance(content, str):
        return clean(content)
    if isinstance(content, dict):
        return {key: throughout(value, clean) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [throughout(one, clean) for one in content]
    return content


def _is_control(sign: str) -> bool:
    return sign in "\ufeff\ufffe\uffff" or unicodedata.category(sign) in {"Cc", "Cs"}


@functools.cache
def _drawn() -> frozenset[str]:
    found = set("\n\t")
    for line in DRAWN.read_text(encoding="ascii").split():
        first, last = (int(code, 16) for code in line.split("-"))
        found |= {chr(code) for code in range(first, last + 1)}
    return frozenset(sign for sign in found if unicodedata.category(sign) != "Cf")


def _instead(sign: str) -> str:
    if sign in INSTEAD:
        return INSTEAD[sign]
    if unicodedata.category(sign) in {"Mn", "Mc", "Me", "Cf"}:  # not seen by itself
        return ""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain and set(plain) <= _drawn() else UNKNOWN
