"""What is sealed of an original. Pure."""

from dataclasses import dataclass

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class Description(Shape):
    """What the original is called and is, and the key that opens it, in base64."""

    OLDEST = 0
    name: str = ""
    size: int = 0
    sha256: str = ""
    key: str = ""
    kind: str = ""
