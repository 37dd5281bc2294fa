"""What is sealed of a named contact. Pure."""

from dataclasses import dataclass

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class Reach(Shape):
    """How to reach a contact."""

    OLDEST = 0
    email: str = ""
    phone: str = ""
