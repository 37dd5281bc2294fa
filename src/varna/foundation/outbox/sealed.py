"""What is sealed of a mail that waits to be sent. Pure."""

from dataclasses import dataclass

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class Letter(Shape):
    """A mail with words of its own. `once`: the same twice is one mail. A calendar file goes
    beside the text, with the method that it names. A sign-in code is put into words when it is
    sent, in the language of whoever asked for it.
    """

    OLDEST = 0
    once: str = ""
    to: str = ""
    subject: str = ""
    text: str = ""
    calendar: str = ""
    method: str = ""
    code: str = ""
    language: str = ""
