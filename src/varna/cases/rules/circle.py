"""With whom a case may be shared, and who may end somebody's part in it."""

import uuid
from collections.abc import Collection

from varna.cases.rules.steps import Reason
from varna.foundation.access.rules import Relation


def why_not_share(scopes: Collection[uuid.UUID], bodies: Collection[uuid.UUID]) -> Reason | None:
    """An administration's contact sees its own board's people only (security.md §3.1 rule 3).

    `scopes` are the boards the contact is appointed for, `bodies` those the exposed person sits in
    today.
    """
    if not bodies:
        return Reason.NOBODY_NAMED
    return None if set(scopes) & set(bodies) else Reason.OTHER_BOARD


def may_give(handler: uuid.UUID | None, by: uuid.UUID | None, *, leads: bool) -> bool:
    """Whoever leads gives a case to somebody, and so does whoever handles it; what nobody handles,
    anybody in its circle.
    """
    return leads or handler in {None, by}


def why_not_end(relation: Relation, *, own: bool, leads: bool) -> Reason | None:
    """A handler ends their own part and what has been shared; a colleague's is the lead's to end
    (access_matrix.csv: assign, reassign).
    """
    if own or leads or relation is Relation.SHARED:
        return None
    return Reason.NOT_YOURS_TO_END
