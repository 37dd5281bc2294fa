"""With whom a case may be shared."""

import uuid
from collections.abc import Collection

from varna.cases.rules.steps import Reason


def why_not_share(scopes: Collection[uuid.UUID], bodies: Collection[uuid.UUID]) -> Reason | None:
    """An administration's contact sees its own board's people only (security.md §3.1 rule 3).

    `scopes` are the boards the contact is appointed for, `bodies` those the exposed person sits in
    today.
    """
    if not bodies:
        return Reason.NOBODY_NAMED
    return None if set(scopes) & set(bodies) else Reason.OTHER_BOARD
