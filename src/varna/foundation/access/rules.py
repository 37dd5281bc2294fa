"""Which relation opens what. Pure; security.md §3.1 and access_matrix.csv are the source."""

from enum import StrEnum

from varna.foundation.accounts.rules import Actor, Strength
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
    SUBSTITUTE = "substitute"
    SECOND = "second"
    ADMINISTRATION = "administration"
    OWN = "own"


HANDLING = frozenset({Relation.TRIAGE, Relation.ASSIGNED, Relation.LEAD})
OWN = frozenset({Relation.REPORTER, Relation.EXPOSED})

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


class Reason(StrEnum):
    """Why not."""

    NO_RELATION = "no_relation"
    TOO_WEAK = "too_weak"
    OTHER_COMPARTMENT = "other_compartment"
    CONFLICT = "conflict"  # somebody with a conflict of interest is not let in


def why_not_open(
    actor: Actor,
    relations: frozenset[Relation],
    shared: frozenset[Compartment],
    wanted: frozenset[Compartment],
) -> Reason | None:
    """Answer why this actor may not read these compartments, or None.

    `relations` are the actor's own to this report or case, in force and without conflict; `shared`
    are the compartments that a grant to the administration names.
    """
    if not relations:
        return Reason.NO_RELATION
    # A one-time code by mail writes and does not read (security.md D8).
    if not actor.system and actor.strength not in {Strength.STRONG, Strength.CODE}:
        return Reason.TOO_WEAK
    readable = shared.union(*(READS[relation] for relation in relations))
    return None if wanted <= readable else Reason.OTHER_COMPARTMENT
