"""What an access administrator does with accounts and roles."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from allauth.mfa.models import Authenticator

from varna.foundation.accounts import rules
from varna.foundation.accounts.models import Account, RoleGrant
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.foundation.audit import actions as audit
from varna.foundation.deeds import let


class ApartError(Exception):
    """The role must be kept apart from one that is already held."""

    def __init__(self, held: Role) -> None:
        super().__init__(held)
        self.held = held


class EmailTakenError(Exception):
    """Another account already has this address."""


class HeldAlreadyError(Exception):
    """The role is held already."""


class OwnAccountError(Exception):
    """Nobody gives themselves a role, a key or another chance."""


def _refuse_own(account: Account, by: Actor) -> None:
    if by.account == account.pk:
        raise OwnAccountError


def let_holder(by: Actor, *roles: Role) -> uuid.UUID:
    """Let whoever holds one of these roles (none named: anybody signed in); answer the account."""
    let(by.account is not None and (not roles or by.has(*roles)))
    assert by.account is not None  # noqa: S101 (it was just asked)
    return by.account


def actor_of(account: Account, *, strength: Strength, at: dt.datetime) -> Actor:
    roles = RoleGrant.objects.in_force(at).filter(account=account).values_list("role", flat=True)
    return Actor(
        account=account.pk,
        person=account.person,
        roles=frozenset(Role(role) for role in roles),
        strength=strength,
    )


@transaction.atomic
def open_account(
    *,
    email: str,
    name: str,
    by: Actor,
    at: dt.datetime,
    title: str = "",
    person: uuid.UUID | None = None,
) -> Account:
    """Let somebody sign in. The address is kept as it will be looked up: in small letters."""
    address = email.strip().lower()
    if Account.objects.filter(email=address).exists():
        raise EmailTakenError
    account = Account(
        email=address, name=name.strip(), title=title.strip(), person=person, created_at=at
    )
    account.set_unusable_password()
    account.save()
    audit.record("account.opened", by=by, at=at, about=account.pk)
    return account


@transaction.atomic
def give_role(
    account: Account,
    role: Role,
    *,
    by: Actor,
    at: dt.datetime,
    scope: uuid.UUID | None = None,
    until: dt.datetime | None = None,
) -> RoleGrant:
    _refuse_own(account, by)
    held = actor_of(account, strength=Strength.NONE, at=at).roles
    same = RoleGrant.objects.in_force(at).filter(account=account, role=role, scope=scope)
    if same.exists():
        raise HeldAlreadyError
    clash = rules.why_not_hold(held, role)
    if clash is not None:
        raise ApartError(clash)
    grant = RoleGrant.objects.create(
        account=account, role=role, scope=scope, given_by=by.account, since=at, until=until
    )
    audit.record("role.given", by=by, at=at, about=account.pk, role=role.value)
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Actor, at: dt.datetime) -> None:
    _refuse_own(grant.account, by)
    grant.until = at
    grant.save(update_fields=["until"])
    audit.record("role.ended", by=by, at=at, about=grant.account_id, role=grant.role)


@transaction.atomic
def lock_account(account: Account, *, by: Actor, at: dt.datetime) -> None:
    """End every session at the next request; roles stay written for whoever asks later."""
    _refuse_own(account, by)
    account.is_active = False
    account.locked_at = at
    account.save(update_fields=["is_active", "locked_at"])
    audit.record("account.locked", by=by, at=at, about=account.pk)


@transaction.atomic
def unlock_account(account: Account, *, by: Actor, at: dt.datetime) -> None:
    _refuse_own(account, by)
    account.is_active = True
    account.locked_at = None
    account.save(update_fields=["is_active", "locked_at"])
    audit.record("account.unlocked", by=by, at=at, about=account.pk)


@transaction.atomic
def let_enrol(account: Account, *, by: Actor, at: dt.datetime) -> int:
    """Let somebody whose identity has been checked add a first passkey or app within a day.

    What they had before is taken away: it is lost, or somebody else has it. Answer how many.
    """
    _refuse_own(account, by)
    account.may_enrol_until = at + rules.ENROLMENT_LIVES
    account.save(update_fields=["may_enrol_until"])
    removed = int(Authenticator.objects.filter(user=account).delete()[0])
    audit.record("account.may_enrol", by=by, at=at, about=account.pk, removed=removed)
    return removed


@contextmanager
def noting_authenticators(account: Account, *, at: dt.datetime) -> Iterator[None]:
    """Leave a line for each passkey or app that comes or goes inside, in its own transaction. One
    that comes uses up the permission to add a first.
    """
    with transaction.atomic():
        before = _authenticators(account)
        yield
        after = _authenticators(account)
        for what, changed in (("added", after - before), ("removed", before - after)):
            for _key, kind in sorted(changed):
                audit.record(
                    f"sign_in.{what}",
                    by=Actor(account=account.pk),
                    at=at,
                    about=account.pk,
                    kind=kind,
                )
        if after - before and account.may_enrol_until is not None:
            account.may_enrol_until = None
            account.save(update_fields=["may_enrol_until"])


def _authenticators(account: Account) -> set[tuple[int, str]]:
    return set(Authenticator.objects.filter(user=account).values_list("pk", "type"))


def note_sign_in(account: Account, ways: list[str], *, at: dt.datetime) -> None:
    audit.record(
        "signed_in", by=Actor(account=account.pk), at=at, about=account.pk, ways=sorted(set(ways))
    )


def has_authenticator(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account).exists())


@transaction.atomic
def name_person(account: Account, person: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """Write who the account's holder is in the register."""
    _refuse_own(account, by)
    account.person = person
    account.save(update_fields=["person"])
    audit.record("account.person", by=by, at=at, about=account.pk)


@transaction.atomic
def take_duty(account: Account, *, on_duty: bool, by: Actor, at: dt.datetime) -> None:
    """A handler takes new reports, or not for now (holiday, illness); what is there stays."""
    held = RoleGrant.objects.in_force(at).filter(account=account, role=Role.HANDLER)
    held.update(on_duty=on_duty)
    audit.record("duty.taken" if on_duty else "duty.left", by=by, at=at, about=account.pk)
