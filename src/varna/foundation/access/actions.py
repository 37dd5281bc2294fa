"""Give and end relations; keep out whoever has a conflict of interest. Nobody else writes a grant,
and none is given, ended, shortened or prolonged without a line.
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from varna.foundation.access.models import Grant, GrantQuerySet, KeptOut, Matter
from varna.foundation.access.queries import (
    is_kept_out,
    is_there,
    kept_out_among,
    written_of,
)
from varna.foundation.access.rules import OWN, GrantReason, Reason, Relation, holds_for
from varna.foundation.access.tokens import token, wrapped
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts import rules as accounts_rules
from varna.foundation.accounts.models import Account, RoleGrant
from varna.foundation.accounts.queries import accounts_of, change_asked, may_confirm
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.foundation.deeds import Forbidden, deed, leave, part, refuse
from varna.foundation.keys.rules import Compartment
from varna.foundation.tags import is_written


# ── what there is to receive ──────────────────────────────────────────────────────────────────
@part()
def announce(about: uuid.UUID, *, for_duty: bool, at: dt.datetime) -> None:
    """A report or a case is there. Who receives it is decided when it is read: every lead, and for
    a report (`for_duty`) whoever is on duty then.
    """
    Matter(id=about, since=at, for_duty=for_duty).save(force_insert=True)


@part("access.ended")
def join(report: uuid.UUID, case: uuid.UUID, *, at: dt.datetime) -> set[uuid.UUID]:
    """The report has gone into the case, and is opened through it from now on. Whoever is kept out
    of either is kept out of both; answer the accounts that lost the case by it.
    """
    matter = Matter.unscoped.get(pk=report)
    matter.within = case
    matter.save(update_fields=["within"])
    held = _not_ended(report, at).exclude(relation__in=OWN)
    ended = _stop(held, at)
    if ended:
        leave("access.ended", about=report, n=ended)
    return _end_for_those_kept_out(case, at=at)


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
    is never made shorter by it: it is given anew if it becomes longer, if somebody had taken it
    themselves, or if it is shared once more. Whoever is kept out is refused.
    """
    if relation not in OWN:
        if not is_there(about):
            raise Forbidden
        refuse(Reason.CONFLICT if is_kept_out(about, account) else None)
    theirs = _not_ended(about, at).filter(account=account.pk, relation=relation)
    held = next(theirs.written(), None)
    if held is not None and relation is not Relation.SHARED:
        taken = held.reason == GrantReason.TAKEN and reason is not GrantReason.TAKEN
        longer = held.until is not None and (until is None or until > held.until)
        if not longer and (not taken or until != held.until):
            return held.pk
        _stop(theirs.filter(pk=held.pk), at)
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


def _not_ended(about: uuid.UUID, at: dt.datetime) -> GrantQuerySet:
    return Grant.unscoped.not_ended(at).filter(about=about)


def _stop(held: GrantQuerySet, at: dt.datetime) -> int:
    """End these now, for good: what a closed case's reopening would bring back, too."""
    stopped = 0
    for grant in held.written():
        in_force = grant.until is None or grant.until > at
        if in_force or grant.shortened_at is not None:
            grant.shortened_at = grant.was_until = None
            grant.until = at if in_force else grant.until
            grant.save()
            stopped += 1
    return stopped


@part("access.ended")
def end(about: uuid.UUID, grant: uuid.UUID, *, at: dt.datetime) -> None:
    """End one relation; the id of another report's or case's ends nothing."""
    held = Grant.unscoped.filter(about=about, pk=grant)
    row = held.first()
    if row is not None and _stop(held, at):
        leave("access.ended", about=about, to=str(row.account), relation=row.relation)


# ── a case closes, and is opened again ────────────────────────────────────────────────────────
@part("access.shortened")
def shorten(about: uuid.UUID, *, at: dt.datetime, handlers_until: dt.datetime) -> None:
    """The case is closed: what is shared ends now, and whoever handles it without a last day gets
    one. Each grant remembers until when it was.
    """
    shortened = 0
    for grant in _not_ended(about, at).written():
        shared = grant.relation == Relation.SHARED
        if shared or (grant.relation == Relation.ASSIGNED and grant.until is None):
            grant.shortened_at, grant.was_until = at, grant.until
            grant.until = at if shared else handlers_until
            grant.save()
            shortened += 1
    if shortened:
        leave("access.shortened", about=about, n=shortened)


@part("access.restored")
def restore(about: uuid.UUID) -> None:
    """The case is opened again: what its closing shortened is as it was, and nothing else is."""
    restored = 0
    for grant in Grant.unscoped.filter(about=about, shortened_at__isnull=False).written():
        grant.until, grant.shortened_at, grant.was_until = grant.was_until, None, None
        grant.save()
        restored += 1
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
) -> set[uuid.UUID]:
    """Refuse a conflicted account or person from now on, as handler and as contact, whatever other
    account they have; end what they hold. Answer the accounts that lost something. What is their
    own matter they keep.
    """
    if account is not None:  # as it is now: somebody may just have said whose it is
        account = Account.objects.select_for_update().get(pk=account.pk)
        person = person or account.person
    theirs = {account.pk} if account else set()
    if person:
        theirs |= set(accounts_of(person).values_list("pk", flat=True))
    _write(about, theirs | ({person} if person else set()))
    lost = _end_for_those_kept_out(about, at=at, among=theirs)
    # Whom it concerns is not said: the log itself must not point anybody out.
    leave("access.kept_out", about=about, n=len(lost))
    return lost


def _write(about: uuid.UUID, whom: Iterable[uuid.UUID]) -> None:
    rows = []
    for one in whom:
        who = token(one)
        row = KeptOut(who=who, about=wrapped(about, who))
        # One that somebody has damaged keeps nobody out, and must not stand in the way of ours.
        there = KeptOut.unscoped.filter(who=row.who, about=row.about).first()
        if there is not None and not is_written(there):
            there.delete()
        rows.append(row)
    KeptOut.unscoped.bulk_create(rows, ignore_conflicts=True)


@part("access.ended")
def _end_for_those_kept_out(
    about: uuid.UUID, *, at: dt.datetime, among: set[uuid.UUID] | None = None
) -> set[uuid.UUID]:
    """End what those who are kept out still hold for work; answer their accounts."""
    held = Grant.unscoped.filter(about=about).exclude(relation__in=OWN)
    whose = set(held.values_list("account", flat=True)) if among is None else among
    kept_out = kept_out_among(about, Account.objects.filter(pk__in=whose))
    theirs = held.filter(account__in=kept_out)
    lost = set(theirs.not_ended(at).values_list("account", flat=True))
    ended = _stop(theirs, at)
    if ended and among is None:
        leave("access.ended", about=about, n=ended)
    return lost


# ── roles, and who an account's holder is ─────────────────────────────────────────────────────
@deed("role.given")
def appoint(
    account: Account,
    role: Role,
    *,
    by: Actor,
    at: dt.datetime,
    scope: uuid.UUID | None = None,
    until: dt.datetime | None = None,
) -> RoleGrant:
    """Give a role. What it opens, it opens for as long as it is held, and what an earlier one had
    opened does not come back with it.
    """
    accounts.let_administer(account, by)
    roles = accounts.actor_of(account, strength=Strength.NONE, at=at).roles
    for relation in (Relation.ASSIGNED, Relation.SHARED):
        if not holds_for(relation, roles):
            _stop(Grant.unscoped.filter(account=account.pk, relation=relation), at)
    return accounts.give_role(account, role, by=by, at=at, scope=scope, until=until)


@deed("role.ended", "access.ended")
def retire(grant: RoleGrant, *, by: Actor, at: dt.datetime, knowingly: bool = False) -> None:
    """End a role. What was shared with a contact ends with it, and does not come back by itself."""
    accounts.let_administer(grant.account, by)
    if grant.role in {Role.HANDLER, Role.LEAD}:
        accounts.leave_somebody(grant.account, knowingly=knowingly, by=by, at=at)
    accounts.end_role(grant, at=at)
    if grant.role == Role.CONTACT:
        held = Grant.unscoped.filter(account=grant.account_id, relation=Relation.SHARED)
        ended = _stop(held, at)
        leave("access.ended", about=grant.account_id, relation=Relation.SHARED.value, n=ended)


@deed("account.person", "account.person_asked", "access.ended")
def link_person(
    account: Account,
    person: uuid.UUID,
    *,
    by: Actor,
    at: dt.datetime,
    another_account: bool = False,
) -> bool:
    """Say who an account's holder is. To move it from one person to another takes two access
    administrators: the first asks, and the second who says the same does it. Answer whether it is
    done. `another_account`: the person has one already, and should have this too.

    No conflict is lost by it: what the account or the person is kept out of, both are kept out of,
    with every other account of that person.
    """
    accounts.let_administer(account, by)
    others = accounts_of(person).exclude(pk=account.pk)
    if others.exists() and not (another_account or by.system):
        refuse(accounts_rules.Reason.SECOND_ACCOUNT)
    if by.account and accounts_rules.takes_two(account.person, person):
        asked = change_asked(account, at=at)
        if asked is None or asked.person != person or not may_confirm(asked, by, at=at):
            accounts.ask_for_change(account, person, asked_by=by.account, at=at)
            return False
    accounts.change_is_made(account)
    _carry_conflicts(account, person, at=at)
    return True


@part("account.person", "access.ended")
def _carry_conflicts(account: Account, person: uuid.UUID, *, at: dt.datetime) -> None:
    accounts.name_person(account, person)
    known = {account.pk, person}
    everybody = known | set(accounts_of(person).values_list("pk", flat=True))
    for about in written_of(known):
        _write(about, everybody)
    held = Grant.unscoped.filter(account=account.pk).exclude(relation__in=OWN)
    for about in set(held.values_list("about", flat=True)):
        _end_for_those_kept_out(about, at=at)
