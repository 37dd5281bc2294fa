"""What is sealed of a report, and of its thread. Pure."""

from dataclasses import dataclass
from typing import Any

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class Answers(Shape):
    """What the form's questions got for an answer, in the order in which they are shown."""

    OLDEST = 0
    happened: str = ""
    when: str = ""
    for_whom: str = ""
    exposed_name: str = ""
    role: str = ""
    kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    place: str = ""
    matter: str = ""
    worry: int | None = None
    done: str = ""
    support: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact(Shape):
    """How the reporter may be reached, if at all."""

    OLDEST = 0
    reach: str = ""
    detail: str = ""
    safely: str = ""


@dataclass(frozen=True, slots=True)
class Consents(Shape):
    """What the reporter agrees to share, by the consents' codes."""

    OLDEST = 0
    codes: tuple[str, ...] = ()

    @classmethod
    def earlier(cls, version: int, said: Any) -> object:  # noqa: ANN401, ARG003 (whatever was sealed)
        return {"codes": said}  # version 0 was a list and nothing else


@dataclass(frozen=True, slots=True)
class Message(Shape):
    """An entry of the thread: words, or the consent that was withdrawn."""

    OLDEST = 0
    text: str = ""
    withdrawn: str = ""
