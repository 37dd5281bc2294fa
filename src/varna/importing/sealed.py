"""What is sealed of a file that was sent in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class SealedFile(Shape):
    """Where the file lies, and the key that opens it, in base64."""

    OLDEST = 0
    id: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Was(Shape):
    """What columns of a row said before an import, and what it made of them."""

    was: Mapping[str, str] = field(default_factory=dict)
    became: Mapping[str, str] = field(default_factory=dict)
