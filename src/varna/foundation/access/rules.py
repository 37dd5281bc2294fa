"""Which relation opens what. Pure; security.md §3.1 and access_matrix.csv are the source."""

from enum import StrEnum

from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.foundation.keys.rules import Compartment


class Relation(StrEnum):
    """What somebody is to one report or case."""

    REPORTER = "reporter"  # anmälare
    EXPOSED = "exposed"  # den utsatta
    TRIAGE = "triage"  # takes new reports
    ASSIGNED = "assigned"  # handlägger ärendet
    LEAD = "lead"  # leder arbetet
    SHARED = "shared"  # delat med förvaltningen


class GrantReason(StrEnum):
    """Why somebody was let in."""

    DUTY = "duty"
    ROLE = "role"
    HANDLES = "handles"
    TAKEN = "taken"  # took it themselves
    SUBSTITUTE = "substitute"
    SECOND = "second"
    ADMINISTRATION = "administration"
    OWN = "own"


HANDLING = frozenset({Relation.TRIAGE, Relation.ASSIGNED, Relation.LEAD})
OWN = frozenset({Relation.REPORTER, Relation.EXPOSED})
# These come with a role, at the moment of reading. All others are given, one by one.
BY_ROLE = frozenset({Relation.TRIAGE, Relation.LEAD})

# What is given for work holds only for whoever has a role that goes with it.
_GOES_WITH = {
    Relation.ASSIGNED: frozenset({Role.HANDLER, Role.LEAD}),
    Relation.SHARED: frozenset({Role.CONTACT}),
}


def holds_for(relation: Relation, roles: frozenset[Role]) -> bool:
    """Whether a relation that was given still means something, now that these are the roles."""
    return relation in OWN or not _GOES_WITH[relation].isdisjoint(roles)


def by_role(actor: Actor) -> frozenset[Relation]:
    """What somebody is to everything that waits to be received, and who leads to every case."""
    relations = set()
    if actor.has(Role.LEAD):
        relations.add(Relation.LEAD)
    if actor.on_duty:
        relations.add(Relation.TRIAGE)
    return frozenset(relations)


_ALL = frozenset(Compartment)
# What each relation may read. What more the administration may read stands in its grant.
READS: dict[Relation, frozenset[Compartment]] = {
    Relation.REPORTER: frozenset(
        {Compartment.CONTENT, Compartment.PROTECTION, Compartment.EVIDENCE}
    ),
    Relation.EXPOSED: frozenset({Compartment.CONTENT}),
    Relation.TRIAGE: _ALL - {Compartment.HEALTH},
    Relation.ASSIGNED: _ALL,
    Relation.LEAD: _ALL - {Compartment.HEALTH},
    Relation.SHARED: frozenset({Compartment.TASK}),
}


def reads(
    relation: Relation, reason: str, shared: frozenset[Compartment]
) -> frozenset[Compartment]:
    """What one relation opens. What the handler was told in confidence about health is for whoever
    was given the case, not for whoever took it.
    """
    readable = READS[relation] | shared
    return readable - {Compartment.HEALTH} if reason == GrantReason.TAKEN else readable


class Reason(StrEnum):
    """Why not."""

    NO_RELATION = "no_relation"
    TOO_WEAK = "too_weak"
    OTHER_COMPARTMENT = "other_compartment"
    CONFLICT = "conflict"  # somebody with a conflict of interest is not let in


def why_not_open(
    actor: Actor,
    relations: frozenset[Relation],
    readable: frozenset[Compartment],
    wanted: frozenset[Compartment],
) -> Reason | None:
    """Answer why this actor may not read these compartments, or None.

    `relations` are the actor's own to this report or case, in force and without conflict;
    `readable` is what they open together.
    """
    if not relations:
        return Reason.NO_RELATION
    # A one-time code by mail writes and does not read (security.md D8).
    if not actor.system and actor.strength not in {Strength.STRONG, Strength.CODE}:
        return Reason.TOO_WEAK
    return None if wanted <= readable else Reason.OTHER_COMPARTMENT
