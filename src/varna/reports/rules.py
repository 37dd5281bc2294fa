"""What a report holds, and the receipt code. Pure; the plan's definitions and domain.md §1.7."""

import datetime as dt
import hashlib
import hmac
from enum import StrEnum

from varna.foundation.keys.rules import derive


class State(StrEnum):
    """Where a report is on its way to a handler."""

    NEW = "new"  # ny
    LINKED = "linked"  # kopplad till ett ärende
    SET_ASIDE = "set_aside"  # lagd åt sidan, med skäl


class Lane(StrEnum):
    NORMAL = "normal"
    QUARANTINE = "quarantine"  # a flood: read after the others, never refused


class ForWhom(StrEnum):
    ME = "me"
    ON_BEHALF = "on_behalf"
    RELATIVE = "relative"
    WITNESS = "witness"


class Kind(StrEnum):
    """The five forms in the plan's definition of otillåten påverkan; unsure is an answer."""

    HARASSMENT = "harassment"  # trakasserier, stalkning, förföljelse
    EXTORTION = "extortion"  # utpressning eller annan brottslig press
    THREAT = "threat"  # hot om våld
    VIOLENCE = "violence"  # våld mot person eller egendom
    CORRUPTION = "corruption"  # otillbörligt erbjudande
    UNSURE = "unsure"


class Channel(StrEnum):
    SOCIAL_MEDIA = "social_media"
    EMAIL = "email"
    TEXT_MESSAGE = "text_message"
    PHONE = "phone"
    LETTER = "letter"
    HOME_VISIT = "home_visit"
    MEETING = "meeting"
    STREET = "street"
    THIRD_PARTY = "third_party"
    PUBLIC_TEXT = "public_text"
    OTHER = "other"


class Reach(StrEnum):
    """How we may reach the reporter. Not at all is an answer."""

    CODE = "code"  # the reporter comes back with the code
    PHONE = "phone"
    EMAIL = "email"
    NOT = "not"


class Support(StrEnum):
    TALK = "talk"
    POLICE_HELP = "police_help"
    HOME_SAFETY = "home_safety"
    MEETING_SAFETY = "meeting_safety"
    LEGAL = "legal"
    HEALTH = "health"
    FAMILY = "family"
    LOG_ONLY = "log_only"


class Consent(StrEnum):
    """What the reporter agrees to share; each can be withdrawn."""

    POLICE = "police"
    PARTY = "party"
    ADMINISTRATION = "administration"
    LEARNING = "learning"


class NotNow(StrEnum):
    """Why a report cannot be put aside, taken up or linked."""

    TAKEN = "taken"  # somebody else was first


class Reason(StrEnum):
    """Why a report is put aside without a case."""

    NOT_OURS = "not_ours"  # concerns something else
    EMPTY = "empty"  # nothing in it
    FLOOD = "flood"  # one of many alike
    TEST = "test"


# ── the receipt code: 23 random characters and one that checks them (security.md §2.6) ──────────
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
CODE_LENGTH = 24
_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\u00a0": "", "–": ""})


def _check_character(body: str) -> str:
    # Odd weights have an inverse modulo 32, so that every single wrong character is noticed.
    total = sum((2 * n + 1) * ALPHABET.index(char) for n, char in enumerate(body))
    return ALPHABET[total % 32]


def code_from(randomness: bytes) -> str:
    """Make a receipt code of at least 15 random bytes: 115 bits and a check character."""
    number = int.from_bytes(randomness[:15], "big") >> 5
    body = "".join(ALPHABET[(number >> (5 * n)) & 31] for n in range(CODE_LENGTH - 1))
    return body + _check_character(body)


def normalised(written: str) -> str | None:
    """Read a code as somebody wrote it; None when it cannot be one."""
    code = written.strip().upper().translate(_LIKE)
    if len(code) != CODE_LENGTH or any(char not in ALPHABET for char in code):
        return None
    return code if _check_character(code[:-1]) == code[-1] else None


def grouped(code: str) -> str:
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def lookup_of(code: str, pepper: bytes) -> bytes:
    """What is stored of a code: it finds the report and does not give the code back."""
    prk = hmac.digest(pepper, b"varna/receipt/v1" + code.encode(), "sha256")
    return hashlib.sha256(derive(prk, "lookup")).digest()


# ── when the reporter hears from us ───────────────────────────────────────────────────────────
REPLAY_SHOWS_CODE = dt.timedelta(hours=1)


def may_show_code_again(received_at: dt.datetime, at: dt.datetime) -> bool:
    """A form sent twice shows the same code; a page found open much later does not."""
    return at - received_at <= REPLAY_SHOWS_CODE
