"""What is done with accounts: their roles, passkeys and apps, and sessions."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import QuerySet

from allauth.mfa.models import Authenticator

from varna.foundation.accounts import queries, rules
from varna.foundation.accounts.models import (
    Account,
    KeyTag,
    PersonChange,
    RoleGrant,
    Session,
    Shift,
)
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.foundation.audit import actions as audit
from varna.foundation.deeds import (
    Forbidden,
    WhyNot,
    deed,
    leave,
    let,
    moment,
    part,
    refuse,
    unchanged,
)
from varna.foundation.tags import is_written


Key = tuple[int, str]  # a passkey or an app: its id and its kind


class Apart(WhyNot):
    """The role must be kept apart from `held`, which is held already."""

    def __init__(self, held: Role) -> None:
        super().__init__(rules.Reason.APART)
        self.held = held


def let_administer(account: Account | None, by: Actor) -> None:
    """Let an access administrator, or the command line; nobody has their own account in hand."""
    let(bool(by.system) or by.has(Role.ACCESS_ADMIN))
    if account is not None and queries.is_same_person(account.pk, by):
        refuse(rules.Reason.OWN_ACCOUNT)


def let_holder(by: Actor, *roles: Role) -> uuid.UUID:
    """Let whoever holds one of these roles (none named: anybody signed in); answer the account."""
    let(by.account is not None and (not roles or by.has(*roles)))
    assert by.account is not None  # noqa: S101 (it was just asked)
    return by.account


def actor_of(account: Account, *, strength: Strength, at: dt.datetime) -> Actor:
    """Who this account is now: what Värna has not written, of it or of its roles, gives nothing."""
    if not is_written(account):
        return Actor(account=account.pk)
    held = list(RoleGrant.objects.in_force(at).filter(account=account).written())
    handler = [role for role in held if role.role == Role.HANDLER]
    return Actor(
        account=account.pk,
        person=account.person,
        roles=frozenset(Role(role.role) for role in held),
        strength=strength,
        on_duty=queries.is_on_duty(handler, at=at),
    )


@deed("account.opened")
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
    let_administer(None, by)
    address = email.strip().lower()
    if Account.objects.filter(email=address).exists():
        refuse(rules.Reason.EMAIL_TAKEN)
    account = Account(
        email=address, name=name.strip(), title=title.strip(), person=person, created_at=at
    )
    account.set_unusable_password()
    account.save()
    leave("account.opened", about=account.pk)
    return account


@part("role.given")
def give_role(
    account: Account,
    role: Role,
    *,
    by: Actor,
    at: dt.datetime,
    scope: uuid.UUID | None = None,
    until: dt.datetime | None = None,
) -> RoleGrant:
    held = actor_of(account, strength=Strength.NONE, at=at).roles
    same = RoleGrant.objects.in_force(at).filter(account=account, role=role, scope=scope)
    if same.exists():
        refuse(rules.Reason.HELD_ALREADY)
    clash = rules.why_not_hold(held, role)
    if clash is not None:
        raise Apart(clash)
    grant = RoleGrant.objects.create(
        account=account, role=role, scope=scope, given_by=by.account, since=at, until=until
    )
    leave("role.given", about=account.pk, role=role.value)
    return grant


@part("role.ended")
def end_role(grant: RoleGrant, *, at: dt.datetime) -> None:
    """Whoever loses a role that reads signs in anew, with what the account still may."""
    grant.until = at
    grant.save(update_fields=["until"])
    leave("role.ended", about=grant.account_id, role=grant.role)
    if rules.reads(Role(grant.role)):
        end_sessions(grant.account, at=at)


@part("account.sessions_ended")
def end_sessions(account: Account, *, at: dt.datetime) -> None:
    """No session that has begun counts any more, whoever holds it and wherever it is. None is
    spared: one that was signed in with what is now taken away looks like any other.
    """
    account.sessions_from = max(at, account.sessions_from or at)
    account.save(update_fields=["sessions_from"])
    # The moment would be enough, but for a clock that steps back and a sign-in that is just done.
    Session.objects.filter(account=account.pk).delete()
    leave("account.sessions_ended", about=account.pk)


@deed("account.sessions_ended", weak=True)
def sign_out_everywhere(account: Account, *, by: Actor, at: dt.datetime) -> None:
    """End all of one's own sessions, the one that asks too. However weakly it was signed in:
    whoever has nothing but a mailbox must be able to put somebody else out.
    """
    let(by.account == account.pk)
    end_sessions(account, at=at)


@deed("session.ended", weak=True)
def end_session(account: Account, name: str, *, by: Actor, at: dt.datetime) -> None:
    """End one of one's own sessions; one that is not there, or is another's, ends nothing."""
    let(by.account == account.pk)
    if Session.objects.filter(account=account.pk, session_key=name).delete()[0]:
        leave("session.ended", about=account.pk)
    else:
        unchanged()


@deed("account.locked")
def lock_account(account: Account, *, by: Actor, at: dt.datetime, knowingly: bool = False) -> None:
    """Nobody comes in; roles stay written for whoever asks later."""
    let_administer(account, by)
    leave_somebody(account, knowingly=knowingly, by=by, at=at)
    account.is_active = False
    account.locked_at = at
    account.save(update_fields=["is_active", "locked_at"])
    leave("account.locked", about=account.pk)
    end_sessions(account, at=at)


@deed("account.unlocked")
def unlock_account(account: Account, *, by: Actor, at: dt.datetime) -> None:
    """They may sign in anew. What was signed in before the lock stays ended."""
    let_administer(account, by)
    account.is_active = True
    account.locked_at = None
    account.save(update_fields=["is_active", "locked_at"])
    leave("account.unlocked", about=account.pk)


@deed("account.may_enrol")
def let_enrol(account: Account, *, by: Actor, at: dt.datetime) -> int:
    """Let somebody whose identity has been checked add a first passkey or app within a day.

    What they had before is taken away: it is lost, or somebody else has it. So is every session
    that it has opened. Answer how many passkeys and apps there were.
    """
    let_administer(account, by)
    account.may_enrol_until = at + rules.ENROLMENT_LIVES
    account.save(update_fields=["may_enrol_until"])
    removed = int(Authenticator.objects.filter(user=account).delete()[0])
    KeyTag.unscoped.filter(account=account.pk).delete()
    leave("account.may_enrol", about=account.pk, removed=removed)
    end_sessions(account, at=at)
    return removed


@contextmanager
def noting_authenticators(
    account: Account, *, began_at: dt.datetime | None, by: Actor, at: dt.datetime
) -> Iterator[Account]:
    """Hold the account while a passkey or app comes or goes inside, and note what did. The account
    is answered as it now is; one whose sessions have ended since `began_at` is not there.
    """
    with transaction.atomic():
        held = Account.objects.select_for_update().get(pk=account.pk)
        ended = held.sessions_from
        if began_at is None or (ended is not None and began_at <= ended):
            raise Forbidden
        before = _authenticators(held)
        yield held
        after = _authenticators(held)
        if before != after:
            note_authenticators(held, added=after - before, removed=before - after, by=by, at=at)


@deed("sign_in.added", "sign_in.removed", weak=True)
def note_authenticators(
    account: Account, *, added: set[Key], removed: set[Key], by: Actor, at: dt.datetime
) -> None:
    """Leave a line for each passkey or app that has come or gone. One that comes uses up the
    permission to add a first; one that goes takes every session with it, this one too: which of
    them it had signed in is not to be guessed at.
    """
    let(by.account == account.pk)
    for what, changed in (("added", added), ("removed", removed)):
        for _key, kind in sorted(changed):
            leave(f"sign_in.{what}", about=account.pk, kind=kind)
    _tag(account, added, removed)
    if added and account.may_enrol_until is not None:
        account.may_enrol_until = None
        account.save(update_fields=["may_enrol_until"])
    if removed:
        end_sessions(account, at=at)


def _authenticators(account: Account) -> set[Key]:
    return set(Authenticator.objects.filter(user=account).values_list("pk", "type"))


def _tag(account: Account, added: set[Key], removed: set[Key]) -> None:
    """Remember the passkeys that were added here, and forget those that are gone."""
    KeyTag.unscoped.filter(key__in=[key for key, _kind in removed]).delete()
    for row in _passkeys(account).filter(pk__in=[key for key, _kind in added]):
        KeyTag(key=row.pk, account=account.pk, digest=rules.digest_of(row.data)).save()


def _passkeys(account: Account) -> QuerySet[Authenticator]:
    held: QuerySet[Authenticator] = Authenticator.objects.filter(user=account)
    return held.filter(type=Authenticator.Type.WEBAUTHN)


def _genuine(account: Account) -> set[int]:
    """The passkeys and apps that were added here, and are as they were."""
    tags = KeyTag.unscoped.filter(account=account.pk).written()
    digests = {tag.key: tag.digest for tag in tags}
    passkeys = list(_passkeys(account))
    forged = {row.pk for row in passkeys if digests.get(row.pk) != rules.digest_of(row.data)}
    return {key for key, _kind in _authenticators(account)} - forged


def note_sign_in(
    account: Account, ways: list[str], keys: Iterable[int] = (), *, at: dt.datetime
) -> None:
    """Leave the line. A key that was taken away while it was being shown signs nobody in."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        if not set(keys) <= _genuine(account):
            raise Forbidden
        audit.record(
            "signed_in",
            by=Actor(account=account.pk),
            at=at,
            about=account.pk,
            ways=sorted(set(ways)),
        )


def has_authenticator(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account).exists())


def has_app(account: Account) -> bool:
    apps = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP)
    return bool(apps.exists())


@part("account.person")
def name_person(account: Account, person: uuid.UUID) -> None:
    """Write who the account's holder is in the register. A new holder signs in anew."""
    somebody_else = account.person not in {None, person}
    account.person = person
    account.save(update_fields=["person"])
    leave("account.person", about=account.pk)
    if somebody_else:
        end_sessions(account, at=moment())


@part("account.person_asked")
def ask_for_change(
    account: Account, person: uuid.UUID, *, asked_by: uuid.UUID, at: dt.datetime
) -> None:
    """Write that somebody has asked for it; the newest wish replaces an earlier one."""
    PersonChange.unscoped.filter(account=account.pk).delete()
    PersonChange(account=account.pk, person=person, asked_by=asked_by, asked_at=at).save()
    leave("account.person_asked", about=account.pk)


@part()
def change_is_made(account: Account) -> None:
    PersonChange.unscoped.filter(account=account.pk).delete()


@part()
def set_shift(
    pk: uuid.UUID | None,
    account: uuid.UUID,
    substitute: uuid.UUID | None,
    *,
    since: dt.datetime,
    until: dt.datetime,
) -> uuid.UUID:
    """Write a turn of duty, or change one; the room of duty has asked its rules."""
    shift = Shift.unscoped.get(pk=pk) if pk else Shift()
    shift.account, shift.substitute = account, substitute
    shift.since, shift.until = since, until
    shift.save()
    return shift.pk


@part()
def end_shift(pk: uuid.UUID) -> None:
    Shift.unscoped.filter(pk=pk).delete()


@part()
def leave_somebody(account: Account, *, knowingly: bool, by: Actor, at: dt.datetime) -> None:
    """Refuse to leave reports with nobody who receives them, unless it is done knowingly."""
    if not knowingly and not by.system and queries.is_last_receiver(account.pk, at=at):
        refuse(rules.Reason.LAST_RECEIVER)


@deed("duty.taken", "duty.left")
def take_duty(
    account: Account, *, on_duty: bool, by: Actor, at: dt.datetime, knowingly: bool = False
) -> None:
    """A handler takes new reports, or not for now (holiday, illness); what is there stays. The last
    who receives is told so first.
    """
    let(bool(by.system) or (by.account == account.pk and by.has(Role.HANDLER)))
    if not on_duty:
        leave_somebody(account, knowingly=knowingly, by=by, at=at)
    for role in RoleGrant.objects.in_force(at).filter(account=account, role=Role.HANDLER):
        role.on_duty = on_duty
        role.save(update_fields=["on_duty"])
    leave("duty.taken" if on_duty else "duty.left", about=account.pk)
