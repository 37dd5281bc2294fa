"""What is sealed of somebody in the register. Pure."""

from dataclasses import dataclass

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class Contact(Shape):
    """How to reach somebody."""

    OLDEST = 0
    email: str = ""
    phone: str = ""
