"""Who may see the case: add, share, end, and keep out whoever has a conflict of interest."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from varna.cases.actions import ground
from varna.cases.models import Case
from varna.cases.queries import person_index, reports_of
from varna.cases.rules.circle import why_not_share
from varna.foundation.access import actions as access
from varna.foundation.access.models import Grant, GrantReason
from varna.foundation.access.rules import Relation
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.queries import scopes_of
from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.foundation.keys.rules import Compartment
from varna.foundation.notices import actions as notices
from varna.foundation.vault import service as vault


@transaction.atomic
def add(
    case: Case,
    account: Account,
    *,
    reason: GrantReason,
    by: Actor,
    at: dt.datetime,
    until: dt.datetime | None = None,
) -> Grant:
    """Let another handler in, for a reason and a time; raises access.ConflictError."""
    grant = access.give(
        case.pk, account, Relation.ASSIGNED, reason=reason, by=by, at=at, until=until
    )
    notices.tell([account.pk], at=at)
    return grant


@transaction.atomic
def share(
    case: Case,
    account: Account,
    *,
    bodies: Collection[uuid.UUID],
    by: Actor,
    at: dt.datetime,
    until: dt.datetime,
    also_content: bool = False,
) -> Grant:
    """Share tasks with the administration's contact; what happened only if that is needed.

    `bodies` are those the exposed person sits in today; the contact must serve one of them.
    """
    ground.refuse(why_not_share(scopes_of(account, at=at), bodies))
    compartments = [Compartment.TASK, *([Compartment.CONTENT] if also_content else [])]
    grant = access.give(
        case.pk,
        account,
        Relation.SHARED,
        reason=GrantReason.ADMINISTRATION,
        by=by,
        at=at,
        until=until,
        compartments=compartments,
    )
    notices.tell([account.pk], at=at)
    return grant


@transaction.atomic
def remove(case: Case, grant: Grant, *, by: Actor, at: dt.datetime) -> None:
    access.end(grant, by=by, at=at)
    if case.handler == grant.account and grant.relation == Relation.ASSIGNED:
        row = ground.locked(case)
        row.handler = None
        row.save(update_fields=["handler"])


@transaction.atomic
def keep_out(
    case: Case,
    *,
    by: Actor,
    at: dt.datetime,
    account: Account | None = None,
    person: uuid.UUID | None = None,
) -> None:
    """A conflict of interest, declared or found: the case and its reports are gone for that
    person, everywhere, from now on.
    """
    row = ground.locked(case)
    lost = set()
    for about in [case.pk, *reports_of(case)]:
        lost |= set(access.keep_out(about, by=by, at=at, account=account, person=person))
    if row.handler in lost:
        row.handler = None
        row.save(update_fields=["handler"])
    leads = Grant.unscoped.in_force(at).filter(about=case.pk, relation=Relation.LEAD)
    notices.tell(leads.values_list("account", flat=True), at=at)


@transaction.atomic
def point_out(
    case: Case, text: str, *, person: uuid.UUID | None, by: Actor, at: dt.datetime
) -> None:
    """Write who is pointed out. Somebody in the register loses every sight of the case at once."""
    row = ground.locked(case)
    vault.writer(case.pk).seal(
        row, "pointed_out", {"text": text, "person": str(person) if person else ""}
    )
    row.save(update_fields=["pointed_out"])
    audit.record("case.pointed_out", by=by, at=at, about=case.pk)
    if person is not None:
        keep_out(case, by=by, at=at, person=person)


@transaction.atomic
def name_exposed(
    case: Case, *, name: str, role: str, person: uuid.UUID | None, by: Actor, at: dt.datetime
) -> None:
    """Write who is exposed. Somebody in the register loses sight of it as a handler at once."""
    row = ground.locked(case)
    vault.writer(case.pk).seal(
        row, "exposed", {"name": name, "role": role, "person": str(person) if person else ""}
    )
    row.exposed_index = person_index(person) if person else None
    row.save(update_fields=["exposed", "exposed_index"])
    audit.record("case.exposed_named", by=by, at=at, about=case.pk)
    if person is not None:
        keep_out(case, by=by, at=at, person=person)
