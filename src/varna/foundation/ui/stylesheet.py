"""The stylesheet as it is sent: the municipality's colour and the sheet in one file."""

import functools
import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from varna.foundation.ui import rules


SHEET = Path(__file__).parent / "static" / "ui" / "varna.css"


@dataclass(frozen=True, slots=True)
class Stylesheet:
    plain: bytes
    packed: bytes
    version: str


def stylesheet() -> Stylesheet:
    return _stylesheet(settings.BRAND_COLOUR)


@functools.lru_cache(maxsize=32)
def _stylesheet(colour: str) -> Stylesheet:
    written = re.sub(r"/\*.*?\*/\s*", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    plain = (rules.theme(colour) + "\n" + written).encode()
    version = hashlib.sha256(plain).hexdigest()[:12]
    return Stylesheet(plain, gzip.compress(plain, mtime=0), version)
