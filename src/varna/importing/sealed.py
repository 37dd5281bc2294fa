"""What is sealed of a file that was sent in. Pure."""

from dataclasses import dataclass

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class SealedFile(Shape):
    """Where the file lies, and the key that opens it, in base64."""

    OLDEST = 0
    id: str = ""
    key: str = ""
