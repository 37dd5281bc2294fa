"""Who may see the case: add, share, end, and keep out whoever has a conflict of interest."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from varna.cases.actions import ground
from varna.cases.models import Case
from varna.cases.queries import person_index
from varna.cases.rules.circle import why_not_end, why_not_share
from varna.cases.rules.counting import Whom
from varna.cases.rules.steps import Reason
from varna.cases.sealed import ExposedPerson, PersonPointedOut
from varna.foundation.access import actions as access
from varna.foundation.access.queries import holding
from varna.foundation.access.rules import GrantReason, Relation
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.queries import is_same_person, scopes_of
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.deeds import Forbidden, deed, leave, let, part, refuse, unchanged
from varna.foundation.keys.rules import Compartment
from varna.foundation.notices import actions as notices
from varna.foundation.vault import service as vault


@deed("access.given")
def add(
    case: Case,
    account: Account,
    *,
    reason: GrantReason,
    by: Actor,
    at: dt.datetime,
    until: dt.datetime | None = None,
) -> None:
    """Let another handler in, for a reason and a time. Nobody lets in themselves, and one with a
    conflict is refused.
    """
    case = ground.held(case)
    refuse(Reason.ONESELF if is_same_person(account.pk, by) else None)
    refuse(Reason.DAY_HAS_BEEN if until is not None and until <= at else None)
    unchanged()  # when they are in already
    access.give(case.pk, account, Relation.ASSIGNED, reason=reason, by=by, at=at, until=until)
    notices.tell([account.pk], at=at)
    ground.tell_leads(case, by=by, at=at)


@deed("access.given")
def share(
    case: Case,
    account: Account,
    *,
    bodies: Collection[uuid.UUID],
    by: Actor,
    at: dt.datetime,
    until: dt.datetime,
    also_content: bool = False,
) -> uuid.UUID:
    """Share tasks with the administration's contact; what happened only if that is needed.

    `bodies` are those the exposed person sits in today; the contact must serve one of them.
    """
    case = ground.held(case)
    refuse(why_not_share(scopes_of(account, at=at), bodies))
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
    ground.tell_leads(case, by=by, at=at)
    return grant


@deed("access.ended")
def remove(case: Case, grant: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """End a part in the case: one's own, what has been shared, or, for whoever leads, a handler's.
    What comes with a role ends with the role.
    """
    case = ground.held(case)
    found = holding(case.pk, grant, at=at)
    if found is None:
        raise Forbidden
    refuse(why_not_end(found.relation, own=found.account == by.account, leads=by.has(Role.LEAD)))
    access.end(case.pk, grant, at=at)
    if found.relation is Relation.ASSIGNED:
        lose(case, {found.account}, by=by, at=at)
    else:
        ground.tell_leads(case, by=by, at=at)


@part()
def lose(case: Case, accounts: Collection[uuid.UUID], *, by: Actor, at: dt.datetime) -> None:
    """These handle the case no more: nobody is said to handle it who does not, and the leads are
    told.
    """
    if not accounts:
        return
    if case.handler in accounts:
        case.handler = None
        case.save(update_fields=["handler"])
    ground.tell_leads(case, by=by, at=at)


@deed("access.kept_out")
def keep_out(case: Case, account: Account, *, by: Actor, at: dt.datetime) -> None:
    """A conflict of interest, declared by oneself or found by a lead handler: the case and its
    reports are gone for that person, everywhere, from now on.
    """
    case = ground.held(case)
    let(by.account == account.pk or by.has(Role.LEAD))
    lost = access.keep_out(case.pk, at=at, account=account)
    lose(case, lost | {account.pk}, by=by, at=at)


@part("access.kept_out")
def _has_no_part(case: Case, person: uuid.UUID | None, *, by: Actor, at: dt.datetime) -> None:
    """Whoever the case is about does not work with it. The leads are told first, so that one who
    loses it hears of it too.
    """
    ground.tell_leads(case, by=by, at=at)
    if person is not None:
        lose(case, access.keep_out(case.pk, at=at, person=person), by=by, at=at)


@deed("case.pointed_out")
def point_out(
    case: Case, text: str, *, person: uuid.UUID | None, by: Actor, at: dt.datetime
) -> None:
    """Write who is pointed out. Somebody in the register loses every sight of the case at once."""
    row = ground.held(case)
    vault.writer(case.pk).seal(
        row, "pointed_out", PersonPointedOut(text, str(person) if person else "")
    )
    row.save(update_fields=["pointed_out"])
    leave("case.pointed_out", about=case.pk)
    _has_no_part(row, person, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Exposed:
    """Who is exposed. `person`: the id in the register, if they are in it."""

    whom: Whom | None
    name: str = ""
    role: str = ""
    person: uuid.UUID | None = None


@deed("case.exposed_named")
def name_exposed(case: Case, who: Exposed, *, by: Actor, at: dt.datetime) -> None:
    """Write who is exposed, or that nobody is. Somebody in the register loses sight of it as a
    handler at once.
    """
    row = ground.held(case)
    vault.writer(case.pk).seal(
        row, "exposed", ExposedPerson(who.name, str(who.person) if who.person else "", who.role)
    )
    row.exposed_index = person_index(who.person) if who.person else None
    row.whom = who.whom or ""
    row.save(update_fields=["exposed", "exposed_index", "whom"])
    leave("case.exposed_named", about=case.pk)
    _has_no_part(row, who.person, by=by, at=at)
