"""Give and end relations; keep out whoever has a conflict of interest. Nobody else writes a grant,
and none is given, ended, shortened or prolonged without a line.
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import F, Q

from varna.foundation.access.models import Grant, GrantQuerySet, KeptOut
from varna.foundation.access.queries import is_kept_out, kept_out_among, token
from varna.foundation.access.rules import HANDLING, OWN, GrantReason, Reason, Relation
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts.models import Account, RoleGrant
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.deeds import deed, leave, part, refuse
from varna.foundation.keys.rules import Compartment


# What each role opens, and closes when it ends.
OPENED_BY = {
    Role.LEAD: Relation.LEAD,
    Role.HANDLER: Relation.TRIAGE,
    Role.CONTACT: Relation.SHARED,
}


@part("access.given")
def give(
    about: uuid.UUID,
    account: Account,
    relation: Relation,
    *,
    reason: GrantReason,
    by: Actor,
    at: dt.datetime,
    until: dt.datetime | None = None,
    compartments: Iterable[Compartment] = (),
) -> uuid.UUID:
    """Let somebody see a report or case; answer the grant. A relation that is already in force
    stays as it is, and what is shared once more is shared anew. Whoever is kept out is refused.
    """
    if relation not in OWN and is_kept_out(about, account):
        refuse(Reason.CONFLICT)
    held = _not_ended(about, at).filter(account=account.pk, relation=relation).first()
    if held is not None and relation is not Relation.SHARED:
        return held.pk
    grant = Grant.unscoped.create(
        about=about,
        account=account.pk,
        relation=relation,
        reason=reason,
        given_by=by.reference,
        since=at,
        until=until,
        compartments=",".join(str(int(c)) for c in sorted(set(compartments))),
    )
    leave(
        "access.given",
        about=about,
        to=str(account.pk),
        relation=relation.value,
        reason=reason.value,
    )
    return grant.pk


@part("access.given")
def open_to_duty(
    about: uuid.UUID, *, by: Actor, at: dt.datetime, lead_only: bool = False
) -> list[uuid.UUID]:
    """Give a new report to whoever is on duty, and every lead handler their part in it.

    Answer the accounts that can now see it. The list is made row by row, so that taking somebody
    out of it leaves nothing behind that tells why.
    """
    roles = [Role.LEAD] if lead_only else [Role.LEAD, Role.HANDLER]
    held = list(
        RoleGrant.objects.in_force(at)
        .filter(role__in=roles, account__is_active=True)
        .select_related("account")
    )
    kept_out = kept_out_among(about, [grant.account for grant in held])
    rows = [
        Grant(
            about=about,
            account=grant.account_id,
            given_by=by.reference,
            since=at,
            relation=Relation.LEAD if grant.role == Role.LEAD else Relation.TRIAGE,
            reason=GrantReason.ROLE if grant.role == Role.LEAD else GrantReason.DUTY,
        )
        for grant in held
        if grant.account_id not in kept_out and (grant.role == Role.LEAD or grant.on_duty)
    ]
    Grant.unscoped.bulk_create(rows)
    leave("access.given", about=about, n=len(rows), reason=GrantReason.DUTY.value)
    return [row.account for row in rows]


def _not_ended(about: uuid.UUID, at: dt.datetime) -> GrantQuerySet:
    return Grant.unscoped.not_ended(at).filter(about=about)


def _stop(held: GrantQuerySet, at: dt.datetime) -> int:
    """End these now, for good: what a closed case's reopening would bring back, too."""
    coming_back = held.filter(shortened_at__isnull=False).update(shortened_at=None, was_until=None)
    return held.not_ended(at).update(until=at) or coming_back


@part("access.ended")
def end(about: uuid.UUID, grant: uuid.UUID, *, at: dt.datetime) -> None:
    """End one relation; the id of another report's or case's ends nothing."""
    held = Grant.unscoped.filter(about=about, pk=grant)
    row = held.first()
    if row is not None and _stop(held, at):
        leave("access.ended", about=about, to=str(row.account), relation=row.relation)


@part("access.ended")
def end_all(about: uuid.UUID, relation: Relation, *, at: dt.datetime) -> None:
    """Nobody has this relation to it any more."""
    ended = _stop(Grant.unscoped.filter(about=about, relation=relation), at)
    if ended:
        leave("access.ended", about=about, relation=relation.value, n=ended)


# ── a case closes, and is opened again ────────────────────────────────────────────────────────
@part("access.shortened")
def shorten(about: uuid.UUID, *, at: dt.datetime, handlers_until: dt.datetime) -> None:
    """The case is closed: what is shared ends now, and whoever handles it without a last day gets
    one. Each grant remembers until when it was.
    """
    held = _not_ended(about, at)
    ended = held.filter(relation=Relation.SHARED).update(
        shortened_at=at, was_until=F("until"), until=at
    )
    ended += held.filter(relation=Relation.ASSIGNED, until=None).update(
        shortened_at=at, was_until=None, until=handlers_until
    )
    if ended:
        leave("access.shortened", about=about, n=ended)


@part("access.restored")
def restore(about: uuid.UUID) -> None:
    """The case is opened again: what its closing shortened is as it was, and nothing else is."""
    shortened = Grant.unscoped.filter(about=about, shortened_at__isnull=False)
    restored = shortened.update(until=F("was_until"), shortened_at=None, was_until=None)
    if restored:
        leave("access.restored", about=about, n=restored)


# ── conflict of interest ──────────────────────────────────────────────────────────────────────
@part("access.kept_out")
def keep_out(
    about: uuid.UUID,
    *,
    at: dt.datetime,
    account: Account | None = None,
    person: uuid.UUID | None = None,
) -> list[uuid.UUID]:
    """End what a conflicted account or person holds as handler or contact, and refuse it from now
    on. Answer the accounts that lost something. What is their own matter they keep.
    """
    names = [who for who in (account.pk if account else None, person) if who]
    KeptOut.unscoped.bulk_create(
        [KeptOut(token=token(about, who), since=at) for who in names], ignore_conflicts=True
    )
    theirs = (
        set(Account.objects.filter(person=person).values_list("pk", flat=True)) if person else set()
    )
    if account:
        theirs.add(account.pk)
    held = _for_work(theirs).filter(about=about)
    lost = sorted(set(held.not_ended(at).values_list("account", flat=True)))
    _stop(held, at)
    # Whom it concerns is not said: the log itself must not point anybody out.
    leave("access.kept_out", about=about, n=len(lost))
    return lost


def _for_work(accounts: Iterable[uuid.UUID]) -> GrantQuerySet:
    return Grant.unscoped.filter(account__in=list(accounts)).exclude(relation__in=OWN)


# ── roles ─────────────────────────────────────────────────────────────────────────────────────
@deed("role.given", "access.given")
def appoint(
    account: Account,
    role: Role,
    *,
    by: Actor,
    at: dt.datetime,
    scope: uuid.UUID | None = None,
    until: dt.datetime | None = None,
) -> RoleGrant:
    """Give a role, and with a lead handler's what every lead handler sees."""
    accounts.let_administer(account, by)
    given = accounts.give_role(account, role, by=by, at=at, scope=scope, until=until)
    if role is Role.LEAD:
        # Also what nobody handles any more: a case whose handlers are all kept out waits for this.
        known = set(
            Grant.unscoped.filter(
                relation__in=[relation.value for relation in HANDLING]
            ).values_list("about", flat=True)
        )
        rows = [
            Grant(
                about=about,
                account=account.pk,
                relation=Relation.LEAD,
                reason=GrantReason.ROLE,
                given_by=by.reference,
                since=at,
            )
            for about in known
            if not is_kept_out(about, account)
        ]
        Grant.unscoped.bulk_create(rows)
        leave("access.given", about=account.pk, relation=Relation.LEAD.value, n=len(rows))
    return given


@deed("role.ended", "access.ended")
def retire(grant: RoleGrant, *, by: Actor, at: dt.datetime) -> None:
    """End a role, and what it opened. Cases somebody handles in person are reassigned by hand."""
    accounts.let_administer(grant.account, by)
    accounts.end_role(grant, at=at)
    relation = OPENED_BY.get(Role(grant.role))
    if relation is not None:
        ended = _stop(Grant.unscoped.filter(account=grant.account_id, relation=relation), at)
        leave("access.ended", about=grant.account_id, relation=relation.value, n=ended)


@deed("account.person", "access.ended")
def link_person(account: Account, person: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """Say who an account's holder is; what that person is kept out of ends for the account."""
    accounts.let_administer(account, by)
    accounts.name_person(account, person)
    for grant in _for_work([account.pk]).filter(
        Q(until=None) | Q(until__gt=at) | Q(shortened_at__isnull=False)
    ):
        if is_kept_out(grant.about, account):
            end(grant.about, grant.pk, at=at)
