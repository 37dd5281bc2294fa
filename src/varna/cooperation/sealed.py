"""What is sealed of partners and of meetings with them. Pure."""

from dataclasses import dataclass

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class PartnerPerson(Shape):
    """Who it is that one meets at a partner, and how to reach them."""

    OLDEST = 0
    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Undertaking(Shape):
    """What somebody has taken on at a meeting, and who it is."""

    OLDEST = 0
    what: str = ""
    who: str = ""
