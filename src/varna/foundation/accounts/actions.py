"""What is done with accounts: their roles, passkeys and apps, and sessions."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from allauth.mfa.models import Authenticator

from varna.foundation.accounts import rules, totp
from varna.foundation.accounts.models import Account, RoleGrant, SentCode, Session
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.foundation.accounts.totp import CodeReason
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
    upkeep,
)
from varna.foundation.keys import rules as keys
from varna.foundation.keys.store import keystore


Key = tuple[int, str]  # a passkey or an app: its id and its kind
CODE = "varna/mailed-code/v1"
APP = "varna/totp/v2"  # what an app's secret is wrapped for, with its account


class Apart(WhyNot):
    """The role must be kept apart from `held`, which is held already."""

    def __init__(self, held: Role) -> None:
        super().__init__(rules.Reason.APART)
        self.held = held


def let_administer(account: Account | None, by: Actor) -> None:
    """Let an access administrator, or the command line; nobody has their own account in hand."""
    let(bool(by.system) or by.has(Role.ACCESS_ADMIN))
    if account is not None and by.account == account.pk:
        refuse(rules.Reason.OWN_ACCOUNT)


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
def lock_account(account: Account, *, by: Actor, at: dt.datetime) -> None:
    """Nobody comes in; roles stay written for whoever asks later."""
    let_administer(account, by)
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
    if added and account.may_enrol_until is not None:
        account.may_enrol_until = None
        account.save(update_fields=["may_enrol_until"])
    if removed:
        end_sessions(account, at=at)


def _authenticators(account: Account) -> set[Key]:
    return set(Authenticator.objects.filter(user=account).values_list("pk", "type"))


# ── a code by mail ────────────────────────────────────────────────────────────────────────────
def code_to_send(account: Account, made: str, *, at: dt.datetime) -> tuple[str, bool]:
    """The code that whoever asks must write, and whether to mail it.

    It is a fresh one (`made`) up to a limit, which the whole installation shares. Above it nothing
    more is mailed, and the newest code that has been is asked for: whoever asks again and again in
    somebody's name fills a mailbox a little, and keeps nobody out.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)  # of two at once, one makes the row
        row = SentCode.objects.filter(account=account.pk).first()
        if row is None or at - row.since >= rules.CODE_LIVES:
            used = "" if row is None else row.used
            row = SentCode(account=account.pk, since=at, count=0, used=used)
        elif row.count >= rules.CODES_MOST and _digest(newest := _opened(row)) != row.used:
            return newest, False
        row.code, row.sent_at, row.count = _sealed_code(account.pk, made), at, row.count + 1
        row.save()
        return made, True


def use_code(account: Account, code: str, *, at: dt.datetime) -> bool:
    """Whether this code is still good: it is good once, in whichever browser, and for as long as
    its mail says.
    """
    with transaction.atomic():
        row = SentCode.objects.select_for_update().filter(account=account.pk).first()
        if row is None or row.used == _digest(code):
            return False
        if _opened(row) == code and at - row.sent_at > rules.CODE_LIVES:
            return False
        row.used = _digest(code)
        row.save(update_fields=["used"])
        return True


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _sealed_code(account: uuid.UUID, code: str) -> str:
    sealed = keys.seal(keystore().secret("sign-in"), code.encode(), CODE, account.bytes)
    return sealed.hex()


def _opened(row: SentCode) -> str:
    sealed = bytes.fromhex(row.code)
    return keys.unseal(keystore().secret("sign-in"), sealed, CODE, row.account.bytes).decode()


# ── an authenticator app ──────────────────────────────────────────────────────────────────────
def add_app(account: Account, secret: str, *, last: int) -> None:
    """Keep an app's secret, wrapped for this account only. `last`: the counter of the code that was
    written when it was added.
    """
    Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data=_wrapped(account.pk, secret, last)
    )


def take_code(account: Account, code: str, *, at: dt.datetime) -> Authenticator:
    """Answer the app that showed this code, which is good once: the row remembers, and is held
    while it is asked, so that no two workers take the same.
    """
    with transaction.atomic():
        app = _app_of(account)
        if app is None:
            raise WhyNot(CodeReason.WRONG)
        found = _taken(app, code, at=at)
        if isinstance(found, CodeReason):
            raise WhyNot(found)
        app.data["last"] = found
        app.save(update_fields=["data"])
    return app


def _app_of(account: Account) -> Authenticator | None:
    held = Authenticator.objects.select_for_update().filter(user=account)
    return held.filter(type=Authenticator.Type.TOTP).first()


def _wrapped(account: uuid.UUID, secret: str, last: int) -> dict[str, Any]:
    key = keystore().secret("sign-in")
    return {"wrapped": keys.wrap(key, secret.encode(), APP, account.bytes).hex(), "last": last}


def _taken(app: Authenticator, code: str, *, at: dt.datetime) -> int | CodeReason:
    key, wrapped = keystore().secret("sign-in"), bytes.fromhex(app.data["wrapped"])
    try:
        secret = keys.unwrap(key, wrapped, APP, app.user_id.bytes).decode()
    except keys.BrokenError:  # another account's, or wrapped with another key
        return CodeReason.WRONG
    return totp.taken(secret, code, last=app.data["last"], at=at)


@upkeep
def bind_apps() -> int:
    """Wrap for its account what an older version wrapped for any. Done before anybody is served;
    afterwards nothing reads the old form. Answer how many there were.
    """
    key, bound = keystore().secret("sign-in"), 0
    with transaction.atomic():
        apps = Authenticator.objects.select_for_update().filter(type=Authenticator.Type.TOTP)
        for app in apps:
            if "secret" in app.data:
                old = bytes.fromhex(app.data["secret"])
                secret = keys.unwrap(key, old, "varna/totp/v1").decode()
                app.data = _wrapped(app.user_id, secret, 0)
                app.save(update_fields=["data"])
                bound += 1
    return bound


def note_sign_in(
    account: Account, ways: list[str], keys: Iterable[int] = (), *, at: dt.datetime
) -> None:
    """Leave the line. A key that was taken away while it was being shown signs nobody in."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        if not set(keys) <= {key for key, _kind in _authenticators(account)}:
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


@deed("duty.taken", "duty.left")
def take_duty(account: Account, *, on_duty: bool, by: Actor, at: dt.datetime) -> None:
    """A handler takes new reports, or not for now (holiday, illness); what is there stays."""
    let(bool(by.system) or (by.account == account.pk and by.has(Role.HANDLER)))
    held = RoleGrant.objects.in_force(at).filter(account=account, role=Role.HANDLER)
    held.update(on_duty=on_duty)
    leave("duty.taken" if on_duty else "duty.left", about=account.pk)
