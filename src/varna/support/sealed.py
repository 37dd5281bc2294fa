"""What is sealed of measures and of contacts with the police. Pure."""

from dataclasses import dataclass

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class Content(Shape):
    """What a measure is and why. `code`: its own in the catalogue; `consent`: a code too."""

    OLDEST = 0
    what: str = ""
    reason: str = ""
    consent: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Outcome(Shape):
    """How the person finds what was done."""

    OLDEST = 0
    effect: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class PoliceReport(Shape):
    """A report to the police, and what has come of it. Days as they were written."""

    OLDEST = 0
    reported_on: str = ""
    reported_by: str = ""
    number: str = ""
    protected: str = ""
    contact: str = ""
    outcome: str = ""
