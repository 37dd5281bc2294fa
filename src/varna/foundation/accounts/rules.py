"""Roles, how strong a sign-in is, and which roles nobody may hold together. Pure."""

import uuid
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


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


# Nobody holds two of these (security.md §3.1 rule 9); handler and lead count as one.
APART = (
    frozenset({Role.HANDLER, Role.LEAD}),
    frozenset({Role.ACCESS_ADMIN}),
    frozenset({Role.OPERATOR}),
)


def why_not_hold(held: frozenset[Role], wanted: Role) -> Role | None:
    """Answer a role already held that must be kept apart from the wanted one."""
    mine = next((group for group in APART if wanted in group), None)
    if mine is None:
        return None
    others = [role for group in APART if group is not mine for role in group]
    return next((role for role in others if role in held), None)


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

    @property
    def reference(self) -> str:
        if self.system:
            return f"system:{self.system}"
        if self.account:
            return f"account:{self.account}"
        if self.report:
            return f"receipt:{self.report}"
        return "anonymous"

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


ANONYMOUS = Actor()


def system(purpose: str) -> Actor:
    """The system itself, for a purpose that the audit log names."""
    return Actor(system=purpose, strength=Strength.NONE)
