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
    COMPANY = "company"  # bolag, stiftelse
    JOINT = "joint"  # kommunalförbund
    OTHER = "other"  # presidium, råd, referensgrupp, samverkan …: counts nobody


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


# Kommunallagen (2017:725) 4:1 names those who sit in these, and in nothing else.
OFFICES = frozenset({
    BodyKind.COUNCIL, BodyKind.EXECUTIVE, BodyKind.BOARD, BodyKind.COMMITTEE,
    BodyKind.PREPARATORY, BodyKind.AUDIT,
})  # fmt: skip
# The council elects to these as well, and 4:1 does not name them.
OUTSIDE = frozenset({BodyKind.COMPANY, BodyKind.JOINT})
ELECTED_BY_LAW = (Group.ELECTED, Group.DEPUTY, Group.AUDITOR)


class Position(StrEnum):
    CHAIR = "chair"
    FIRST_VICE = "first_vice"
    SECOND_VICE = "second_vice"
    VICE = "vice"


class WhyNotSaid(StrEnum):
    SECOND_COUNCIL = "second_council"  # a municipality has one


@dataclass(frozen=True, slots=True)
class Role:
    """What a role's words mean. No group: kept in the register, counted nowhere."""

    group: Group | None = None
    position: Position | None = None
    full_time: bool = False


class NoOffice(StrEnum):
    """Why a role counts nobody: it is no elected office, whoever appoints to it."""

    WEDDINGS = "weddings"  # vigselförrättare: 4 kap. 3 § äktenskapsbalken, by the county board
    FUNERALS = "funerals"  # borgerlig officiant
    GUARDIAN = "guardian"  # god man, förvaltare: föräldrabalken
    COURT = "court"  # nämndeman, jurymember: rättegångsbalken, tryckfrihetsförordningen
    PROXY = "proxy"  # ombud: speaks for the municipality at a meeting
    ADJUNCT = "adjunct"  # adjungerad: may be present
    CONTACT = "contact"  # kontaktperson
    BODY = "body"  # a role in a body that counts nobody
    UNREAD = "unread"  # words that are not known


_NO_OFFICE: tuple[tuple[str, NoOffice], ...] = (
    (r"vigsel", NoOffice.WEDDINGS),
    (r"begravning|officiant", NoOffice.FUNERALS),
    (r"god man|gode män|förvaltare\b|överförmyndarens ställföreträdare", NoOffice.GUARDIAN),
    (r"nämndem[aä]n|jury", NoOffice.COURT),
    (r"ombud", NoOffice.PROXY),
    (r"adjunger", NoOffice.ADJUNCT),
    (r"kontaktperson|kontaktpolitiker", NoOffice.CONTACT),
)
# The first line that matches decides.
_GROUPS: tuple[tuple[str, Group], ...] = (
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
# An office by itself (4:1 with 4:2), also where a register gathers them in a body of their own.
_COMMISSIONER = re.compile(r"kommunalråd|oppositionsråd|borgarråd")
_FULL_TIME = re.compile(r"kommunalråd|oppositionsråd|borgarråd|heltid")


def no_office(text: str) -> NoOffice | None:
    """Why nobody is counted for a role of these words, or None."""
    words = fold(text)
    return next((why for pattern, why in _NO_OFFICE if re.search(pattern, words)), None)


def counts_nobody(text: str, kind: BodyKind) -> NoOffice | None:
    """Why nobody is counted for this role in a body of this kind, or None."""
    if read_role(text, kind).group:
        return None
    if why := no_office(text):
        return why
    return NoOffice.BODY if kind is BodyKind.OTHER else NoOffice.UNREAD


@functools.lru_cache(maxsize=4096)
def read_role(text: str, kind: BodyKind = BodyKind.BOARD) -> Role:
    """Read "Ledamot och 1:e vice ordförande", "Suppleant", "Lekmannarevisor" …

    Elected officials are members and deputies of the council, boards and preparatory committees,
    those who serve full time or a considerable part of it, and the auditors: kommunallagen
    (2017:725) 4:1 and 4:2. The board of a company and the assembly of a joint authority are not
    named there, and are a group of their own; in a body of any other kind nobody is counted, but
    for commissioners.
    """
    words = fold(text)
    group = None
    if no_office(text) is None:
        group = next((group for pattern, group in _GROUPS if re.search(pattern, words)), None)
    if group not in ELECTED_BY_LAW:
        return Role(group)
    if kind is BodyKind.OTHER and not _COMMISSIONER.search(words):
        return Role()
    if group is Group.AUDITOR:
        return Role(group)
    position = None
    if group is Group.ELECTED:
        position = next((p for pattern, p in _POSITIONS if re.search(pattern, words)), None)
    if kind in OUTSIDE:
        return Role(Group.COMPANY_BOARD, position)
    return Role(group, position, full_time=bool(_FULL_TIME.search(words)))


# The narrower word stands first: a committee of the executive board is a committee, and what
# gathers around a council or a board (presidium, råd, referensgrupp …) is none itself.
_KINDS: tuple[tuple[str, BodyKind], ...] = (
    (
        r"presidi|referensgrupp|samverkan|samråd|valberedning|arbetsgrupp|styrgrupp|nätverk"
        r"|gruppledar|partigrupp|kansli|(?<!om)råd(et)?\b|alfabetisk|förening|fond(en)?\b|kollegi",
        BodyKind.OTHER,
    ),
    (r"kommunalförbund|förbundsfullmäktige|förbundsdirektion|förbundsstyrelse", BodyKind.JOINT),
    (r"\bab\b|aktiebolag|bolag(et)?\b|stiftelse", BodyKind.COMPANY),
    (r"förbund(et)?\b", BodyKind.JOINT),
    (r"utskott", BodyKind.COMMITTEE),
    (r"revision|revisorer", BodyKind.AUDIT),
    (r"beredning", BodyKind.PREPARATORY),
    (r"(ungdoms|elev|barn)fullmäktige", BodyKind.OTHER),
    (r"fullmäktige", BodyKind.COUNCIL),
    (r"nämnd", BodyKind.BOARD),
    (r"(kommun|stads|region)styrelse|\bstyrelsen\b", BodyKind.EXECUTIVE),
)


def body_kind(name: str) -> BodyKind:
    """What a body may be, by its name: a guess, until somebody has said so."""
    words = fold(name)
    return next((kind for pattern, kind in _KINDS if re.search(pattern, words)), BodyKind.OTHER)
