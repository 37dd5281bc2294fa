"""Names as they are written, compared and sorted. Pure."""

import unicodedata


def tidy(text: str) -> str:
    """One way to write blanks and accents; a field of a single blank is empty."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """What is compared: capitals and small letters alike, å, ä and ö too (SQLite cannot)."""
    return tidy(text).casefold()


def split_name(text: str) -> tuple[str, str]:
    """Answer given and family name of "Anna Berg" or "Berg, Anna"."""
    whole = tidy(text)
    if "," in whole:
        family, _, given = whole.partition(",")
        return given.strip(), family.strip()
    given, _, family = whole.rpartition(" ")
    return given, family


def name_key(given: str, family: str) -> str:
    return fold(f"{given} {family}")


def sort_key(given: str, family: str) -> str:
    return fold(f"{family} {given}")
