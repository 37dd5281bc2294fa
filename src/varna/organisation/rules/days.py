"""A day as people and registers write it. Pure."""

import datetime as dt
import re


_DATE = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")


def read_date(text: str) -> dt.date | None:
    """Answer the day, or None where nothing stands; raise ValueError for what is no day."""
    if not text:
        return None
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return dt.date(int(found[1]), int(found[3]), int(found[4]))
