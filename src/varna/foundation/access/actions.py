"""Give and end relations; keep out whoever has a conflict of interest."""

import datetime as dt
import hmac
import uuid
from collections.abc import Iterable

from django.db import transaction

from varna.foundation.access.models import Grant, GrantReason, KeptOut
from varna.foundation.access.rules import HANDLING, Relation
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts.models import Account, RoleGrant
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.audit import actions as audit
from varna.foundation.keys import rules as keys
from varna.foundation.keys.rules import Compartment
from varna.foundation.keys.store import keystore


class ConflictError(Exception):
    """Somebody with a conflict of interest cannot be given this report or case."""


def _token(about: uuid.UUID, who: uuid.UUID) -> bytes:
    """`who` is an account's or a person's id."""
    key = keystore().secret("index")
    return hmac.digest(key, keys.join("varna/kept-out/v1", about.bytes, who.bytes), "sha256")


def is_kept_out(about: uuid.UUID, account: Account) -> bool:
    names = [_token(about, account.pk)]
    if account.person:
        names.append(_token(about, account.person))
    return KeptOut.unscoped.filter(token__in=names).exists()


@transaction.atomic
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
) -> Grant:
    """Let somebody see a report or case. A relation that is already in force stays as it is."""
    if relation in HANDLING | {Relation.SHARED} and is_kept_out(about, account):
        raise ConflictError
    held = (
        Grant.unscoped.not_ended(at)
        .filter(about=about, account=account.pk, relation=relation)
        .first()
    )
    if held is not None and relation is not Relation.SHARED:
        return held
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
    audit.record(
        "access.given",
        by=by,
        at=at,
        about=about,
        to=str(account.pk),
        relation=relation.value,
        reason=reason.value,
    )
    return grant


@transaction.atomic
def end(grant: Grant, *, by: Actor, at: dt.datetime) -> None:
    grant.until = at
    grant.save(update_fields=["until"])
    audit.record(
        "access.ended",
        by=by,
        at=at,
        about=grant.about,
        to=str(grant.account),
        relation=grant.relation,
    )


@transaction.atomic
def open_to_duty(
    about: uuid.UUID, *, by: Actor, at: dt.datetime, lead_only: bool = False
) -> list[uuid.UUID]:
    """Give a new report to whoever is on duty, and every lead handler their part in it.

    Answer the accounts that can now see it. The list is made row by row, so that taking somebody
    out of it leaves nothing behind that tells why.
    """
    roles = [Role.LEAD] if lead_only else [Role.LEAD, Role.HANDLER]
    held = (
        RoleGrant.objects.in_force(at)
        .filter(role__in=roles, account__is_active=True)
        .select_related("account")
    )
    kept_out = _kept_out_among(about, [grant.account for grant in held])
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
    return [row.account for row in rows]


def _kept_out_among(about: uuid.UUID, accounts: list[Account]) -> set[uuid.UUID]:
    tokens = {}
    for account in accounts:
        tokens[_token(about, account.pk)] = account.pk
        if account.person:
            tokens[_token(about, account.person)] = account.pk
    found = KeptOut.unscoped.filter(token__in=list(tokens)).values_list("token", flat=True)
    return {tokens[bytes(token)] for token in found}


@transaction.atomic
def keep_out(
    about: uuid.UUID,
    *,
    by: Actor,
    at: dt.datetime,
    account: Account | None = None,
    person: uuid.UUID | None = None,
) -> list[uuid.UUID]:
    """End what a conflicted account or person holds as handler or contact, and refuse it from now
    on. Answer the accounts that lost something. What is their own matter they keep.
    """
    names = [who for who in (account.pk if account else None, person) if who]
    KeptOut.unscoped.bulk_create(
        [KeptOut(token=_token(about, who), since=at) for who in names], ignore_conflicts=True
    )
    theirs = (
        set(Account.objects.filter(person=person).values_list("pk", flat=True)) if person else set()
    )
    if account:
        theirs.add(account.pk)
    held = (
        Grant.unscoped.not_ended(at)
        .filter(about=about, account__in=theirs)
        .exclude(relation__in=[Relation.REPORTER, Relation.EXPOSED])
    )
    lost = sorted(set(held.values_list("account", flat=True)))
    held.update(until=at)
    # Whom it concerns is not said: the log itself must not point anybody out.
    audit.record("access.kept_out", by=by, at=at, about=about, n=len(lost))
    return lost


@transaction.atomic
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
    given = accounts.give_role(account, role, by=by, at=at, scope=scope, until=until)
    if role is Role.LEAD:
        # Also what nobody handles any more: a case whose handlers are all kept out waits for this.
        known = set(
            Grant.unscoped.filter(
                relation__in=[relation.value for relation in HANDLING]
            ).values_list("about", flat=True)
        )
        Grant.unscoped.bulk_create(
            [
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
        )
    return given


@transaction.atomic
def retire(grant: RoleGrant, *, by: Actor, at: dt.datetime) -> None:
    """End a role, and what it opened. Cases somebody handles in person are reassigned by hand."""
    accounts.end_role(grant, by=by, at=at)
    opened = {
        Role.LEAD: Relation.LEAD,
        Role.HANDLER: Relation.TRIAGE,
        Role.CONTACT: Relation.SHARED,
    }
    relation = opened.get(Role(grant.role))
    if relation is not None:
        Grant.unscoped.not_ended(at).filter(account=grant.account_id, relation=relation).update(
            until=at
        )


@transaction.atomic
def link_person(account: Account, person: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """Say who an account's holder is; what that person is kept out of ends for the account."""
    accounts.name_person(account, person, by=by, at=at)
    account.person = person
    held = (
        Grant.unscoped.not_ended(at)
        .filter(account=account.pk)
        .exclude(relation__in=[Relation.REPORTER, Relation.EXPOSED])
    )
    for grant in held:
        if is_kept_out(grant.about, account):
            end(grant, by=by, at=at)
