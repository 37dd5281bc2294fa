"""The advice that comes along: one short page for each situation, in three languages."""

import datetime as dt
import functools
from pathlib import Path

from django.utils.translation import get_language

from varna.documents.rules.marks import html
from varna.documents.words import ADVICE


FOLDER = Path(__file__).parent / "advice"
LANGUAGES = ("sv", "en", "fi")
SHIPPED_ON = dt.date(2026, 11, 22)  # when the words were last gone through


def language() -> str:
    """The reader's language, where the advice is written in it."""
    wanted = get_language() or "sv"
    return wanted if wanted in LANGUAGES else "sv"


@functools.cache
def written(name: str, language: str) -> tuple[str, str]:
    """The heading, and the rest as HTML. Only names that ADVICE has."""
    if name not in ADVICE or language not in LANGUAGES:
        raise KeyError(name)
    text = (FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    return first.removeprefix("# "), html(rest.replace("\n## ", "\n# "))
