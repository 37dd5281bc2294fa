"""Roles, how strong a sign-in is, and which roles nobody may hold together. Pure."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any


class Role(StrEnum):
    """What kind of acts are possible. A role gives no case (security.md §3.1)."""

    OFFICIAL = "official"  # förtroendevald, politisk sekreterare
    HANDLER = "handler"  # handläggare
    LEAD = "lead"  # ledande handläggare
    CONTACT = "contact"  # förvaltningens kontakt
    ACCESS_ADMIN = "access_admin"  # behörighetsadministratör
    OPERATOR = "operator"  # drift; no content
    REGISTRAR = "registrar"  # registrator
    PLAN_OWNER = "plan_owner"  # planägare


class Strength(IntEnum):
    """How sure we are who it is. Only STRONG may read what somebody wrote."""

    NONE = 0
    CODE = 1  # the receipt code: one's own thread only
    MAIL = 2  # a one-time code by mail: may write, not read
    STRONG = 3  # passkey, or a code by mail with an authenticator app beside it


class Reason(StrEnum):
    """Why nothing is done with an account."""

    OWN_ACCOUNT = "own_account"  # nobody gives themselves a role, a key or another chance
    EMAIL_TAKEN = "email_taken"
    HELD_ALREADY = "held_already"
    APART = "apart"
    LAST_RECEIVER = "last_receiver"  # nobody would receive reports after it
    SECOND_ACCOUNT = "second_account"  # the person has one already: is it the same person?


# Nobody holds two of these (security.md §3.1 rule 9); handler and lead count as one.
APART = (
    frozenset({Role.HANDLER, Role.LEAD}),
    frozenset({Role.ACCESS_ADMIN}),
    frozenset({Role.OPERATOR}),
)


# These open nothing that others have written: an official has what is their own, and an operator
# sees that the system is well.
READ_NOTHING = frozenset({Role.OFFICIAL, Role.OPERATOR})


def reads(role: Role) -> bool:
    return role not in READ_NOTHING


def why_not_hold(held: frozenset[Role], wanted: Role) -> Role | None:
    """Answer a role already held that must be kept apart from the wanted one."""
    mine = next((group for group in APART if wanted in group), None)
    if mine is None:
        return None
    others = [role for group in APART if group is not mine for role in group]
    return next((role for role in others if role in held), None)


class WhyNotEnrol(StrEnum):
    """Why somebody may not add a passkey or an authenticator app just now."""

    NOT_STRONG = "not_strong"  # there is one already: show it first
    NO_PERMISSION = "no_permission"  # the access administrator has not let them


def why_not_enrol(
    strength: Strength,
    *,
    has_authenticator: bool,
    may_enrol_until: dt.datetime | None,
    at: dt.datetime,
) -> WhyNotEnrol | None:
    """Whoever reads somebody's mail must not be able to make a key that reads cases. Where there is
    no key to show, no session is strong enough to do without the permission: it was signed in with
    something that has been taken away.
    """
    if has_authenticator:
        return None if strength >= Strength.STRONG else WhyNotEnrol.NOT_STRONG
    if may_enrol_until is None or may_enrol_until <= at:
        return WhyNotEnrol.NO_PERMISSION
    return None


def takes_two(was: uuid.UUID | None, person: uuid.UUID) -> bool:
    """Whether it takes two access administrators to say that an account is this person's: to move
    it from one person to another may let in somebody who is kept out.
    """
    return was not in {None, person}


def digest_of(passkey: Mapping[str, Any]) -> str:
    """What a passkey is recognised by, shortened."""
    known = json.dumps(passkey["credential"], sort_keys=True)
    return hashlib.sha256(known.encode()).hexdigest()


CHANGE_LIVES = dt.timedelta(hours=24)  # what one administrator has asked for and nobody confirmed
ENROLMENT_LIVES = dt.timedelta(hours=24)


CODE_LIVES = dt.timedelta(minutes=10)
CODES_MOST = 5  # mails with a code to one account while a code lives


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lives without being used, and at most."""

    idle: dt.timedelta
    whole: dt.timedelta


AT_WORK = SessionLimits(idle=dt.timedelta(minutes=15), whole=dt.timedelta(hours=10))
OFFICIALS = SessionLimits(idle=dt.timedelta(minutes=30), whole=dt.timedelta(hours=12))
RECEIPTS = SessionLimits(idle=dt.timedelta(minutes=20), whole=dt.timedelta(hours=1))


def limits_for(roles: frozenset[Role]) -> SessionLimits:
    """Those who can see other people's matters have the shorter session."""
    return OFFICIALS if roles <= {Role.OFFICIAL} else AT_WORK


def is_over(
    limits: SessionLimits,
    *,
    began_at: dt.datetime,
    seen_at: dt.datetime,
    sessions_from: dt.datetime | None,
    at: dt.datetime,
) -> bool:
    """`sessions_from`: what began at that moment or before it is over, however new."""
    if sessions_from is not None and began_at <= sessions_from:
        return True
    return at - seen_at >= limits.idle or at - began_at >= limits.whole


class Browser(StrEnum):
    """What somebody signs in with, as coarsely as they know it themselves."""

    CHROME = "chrome"
    EDGE = "edge"
    FIREFOX = "firefox"
    OPERA = "opera"
    SAFARI = "safari"
    SAMSUNG = "samsung"
    OTHER = "other"


class Platform(StrEnum):
    ANDROID = "android"
    APPLE_PHONE = "apple_phone"  # iPhone or iPad
    LINUX = "linux"
    MAC = "mac"
    WINDOWS = "windows"
    OTHER = "other"


# The first that a browser's own line holds: nearly all of them also call themselves Safari, those
# that are made from Chrome also Chrome, and Android also Linux.
BROWSERS = (
    (("Edg/", "EdgA/", "EdgiOS/"), Browser.EDGE),
    (("OPR/", "OPT/"), Browser.OPERA),
    (("SamsungBrowser/",), Browser.SAMSUNG),
    (("Firefox/", "FxiOS/"), Browser.FIREFOX),
    (("Chrome/", "CriOS/"), Browser.CHROME),
    (("Safari/",), Browser.SAFARI),
)
PLATFORMS = (
    (("iPhone", "iPad"), Platform.APPLE_PHONE),
    (("Android",), Platform.ANDROID),
    (("Windows",), Platform.WINDOWS),
    (("Macintosh", "Mac OS X"), Platform.MAC),
    (("Linux", "X11"), Platform.LINUX),
)


def browser_of(line: str) -> Browser:
    """`line`: what the browser calls itself (User-Agent)."""
    return next((one for signs, one in BROWSERS if any(s in line for s in signs)), Browser.OTHER)


def platform_of(line: str) -> Platform:
    return next((one for signs, one in PLATFORMS if any(s in line for s in signs)), Platform.OTHER)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is looking or acting: an account, the holder of a receipt code, or a part of the
    system. Everything that is read is scoped by one of these.
    """

    account: uuid.UUID | None = None
    person: uuid.UUID | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    strength: Strength = Strength.NONE
    report: uuid.UUID | None = None
    system: str = ""
    on_duty: bool = False  # a handler who takes new reports, now

    @property
    def reference(self) -> str:
        if self.system:
            return f"system:{self.system}"
        if self.account:
            return f"account:{self.account}"
        if self.report:
            return f"receipt:{self.report}"
        return "anonymous"

    @property
    def is_strong(self) -> bool:
        """Whether they may do what changes something for others."""
        return bool(self.system) or self.strength is Strength.STRONG

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def reads_as(self, *roles: Role) -> bool:
        """Whether one of these roles opens something to read: none does for a mailbox alone."""
        return self.strength is Strength.STRONG and self.has(*roles)


ANONYMOUS = Actor()


def system(purpose: str) -> Actor:
    """The system itself, for a purpose that the audit log names."""
    return Actor(system=purpose, strength=Strength.NONE)
