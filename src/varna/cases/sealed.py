"""What is sealed of a case. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from varna.foundation.vault.shapes import Shape


@dataclass(frozen=True, slots=True)
class ExposedPerson(Shape):
    """Who is exposed. `person`: the id in the register, if they are in it."""

    OLDEST = 0
    name: str = ""
    person: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class PersonPointedOut(Shape):
    """Who is pointed out, in words. `person`: the id in the register, if they are in it."""

    OLDEST = 0
    text: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen of one thing that the assessment asks for; a part of the reasoning."""

    answer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reasoning(Shape):
    """What an assessment says and rests on. `observations` and `questions` by their codes."""

    OLDEST = 0
    overall: str = ""
    took_part: str = ""
    observations: Mapping[str, Observation] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result(Shape):
    """What came of the case. `content`: whether the person was, as a code; `told`: the reporter."""

    OLDEST = 0
    done: str = ""
    helped: str = ""
    content: str = ""
    told: str = ""
