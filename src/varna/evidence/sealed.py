"""What is sealed of an original. Pure."""

from dataclasses import dataclass
from typing import cast

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class Description(Shape):
    """What the original is called and is, and the key that opens it, in base64. `raw_name`: what it
    was sent under, to the sign, which a page may not be able to show.
    """

    VERSION = 2
    OLDEST = 0
    name: str = ""
    size: int = 0
    sha256: str = ""
    key: str = ""
    kind: str = ""
    raw_name: str = ""

    @classmethod
    def earlier(cls, version: int, said: object) -> object:  # noqa: ARG003 (the same for all)
        """As it was sent, as far as anybody knows any more."""
        known = cast("dict[str, object]", said)
        return {**known, "raw_name": known.get("name", "")}
