"""Kinds of bodies, groups of people, and how a role written in free text is read. Pure."""

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from varna.organisation.rules.names import fold


class BodyKind(StrEnum):
    COUNCIL = "council"  # kommunfullmäktige
    EXECUTIVE = "executive"  # kommunstyrelsen
    BOARD = "board"  # nämnd
    COMMITTEE = "committee"  # utskott
    PREPARATORY = "preparatory"  # beredning
    AUDIT = "audit"  # kommunrevisionen
    COMPANY = "company"  # bolag, stiftelse, förbund
    OTHER = "other"


class Group(StrEnum):
    """Whom the plan counts. Somebody may be in several groups at once."""

    ELECTED = "elected"  # ledamot
    DEPUTY = "deputy"  # ersättare
    AUDITOR = "auditor"  # revisor
    FULL_TIME = "full_time"  # kommunalråd och andra på heltid
    POLITICAL_SECRETARY = "political_secretary"  # politisk sekreterare
    BOARD_SECRETARY = "board_secretary"  # nämndsekreterare
    CANDIDATE = "candidate"  # kandidat, blivande förtroendevald
    COMPANY_BOARD = "company_board"  # i ett bolags styrelse


class Position(StrEnum):
    CHAIR = "chair"
    FIRST_VICE = "first_vice"
    SECOND_VICE = "second_vice"
    VICE = "vice"


@dataclass(frozen=True, slots=True)
class Role:
    """What a role's words mean. No group: kept in the register, counted nowhere."""

    group: Group | None = None
    position: Position | None = None
    full_time: bool = False


# The first line that matches decides, so what is no elected office stands first.
_GROUPS: tuple[tuple[str, Group | None], ...] = (
    (r"vigsel|borgerlig begravning|god man|nämndem[aä]n|jury|ombud|adjunger|kontaktperson", None),
    (r"politisk\w* sekreterare|political secretar", Group.POLITICAL_SECRETARY),
    (r"sekreterare|secretary", Group.BOARD_SECRETARY),
    (r"revisor|auditor", Group.AUDITOR),
    (r"kandidat|candidate", Group.CANDIDATE),
    (r"ersättare|suppleant|deputy", Group.DEPUTY),
    (r"ledamot|ordförande|kommunalråd|oppositionsråd|borgarråd|member|chair", Group.ELECTED),
)
_POSITIONS: tuple[tuple[str, Position], ...] = (
    (r"(1|i|första|förste|1st|first)(:?[ea])?\.? *vice", Position.FIRST_VICE),
    (r"(2|ii|andra|andre|2nd|second)(:?[ea])?\.? *vice", Position.SECOND_VICE),
    (r"vice", Position.VICE),
    (r"ordförande|chair", Position.CHAIR),
)
_FULL_TIME = re.compile(r"kommunalråd|oppositionsråd|borgarråd|heltid")


@functools.lru_cache(maxsize=4096)
def read_role(text: str, kind: BodyKind = BodyKind.BOARD) -> Role:
    """Read "Ledamot och 1:e vice ordförande", "Suppleant", "Lekmannarevisor" …

    Elected officials are members and deputies of the council, boards and preparatory committees,
    those who serve full time or a considerable part of it, and the auditors: kommunallagen
    (2017:725) 4:1 and 4:2. A company's board is not named there, and is a group of its own.
    """
    words = fold(text)
    group = next((group for pattern, group in _GROUPS if re.search(pattern, words)), None)
    if group not in {Group.ELECTED, Group.DEPUTY}:
        return Role(group)
    position = None
    if group is Group.ELECTED:
        position = next((p for pattern, p in _POSITIONS if re.search(pattern, words)), None)
    if kind is BodyKind.COMPANY:
        return Role(Group.COMPANY_BOARD, position)
    return Role(group, position, full_time=bool(_FULL_TIME.search(words)))


# A committee of the executive board is a committee: the narrower word stands first.
_KINDS: tuple[tuple[str, BodyKind], ...] = (
    (r"utskott", BodyKind.COMMITTEE),
    (r"beredning", BodyKind.PREPARATORY),
    (r"\bab\b|aktiebolag|bolaget?\b|stiftelse|förbund\b|förbundet\b", BodyKind.COMPANY),
    (r"revision|revisorer", BodyKind.AUDIT),
    (r"fullmäktige", BodyKind.COUNCIL),
    (r"nämnd", BodyKind.BOARD),
    (r"kommunstyrelse|\bstyrelsen\b", BodyKind.EXECUTIVE),
)


def body_kind(name: str) -> BodyKind:
    """What a body is, by its name."""
    words = fold(name)
    return next((kind for pattern, kind in _KINDS if re.search(pattern, words)), BodyKind.OTHER)
