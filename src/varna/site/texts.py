"""Compiles the texts: `python -m varna.site.texts`. A bare machine has no gettext."""

from pathlib import Path

import polib


LOCALE = Path(__file__).resolve().parent / "locale"


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def compile_texts() -> None:
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    compile_texts()
