"""Lists of accounts, for whoever may see them; the policy of the page says who."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from allauth.mfa.models import Authenticator

from varna.foundation.accounts import rules
from varna.foundation.accounts.models import Account, PersonChange, RoleGrant, Session, Shift
from varna.foundation.accounts.rules import CHANGE_LIVES, Actor, Browser, Platform, Role
from varna.foundation.accounts.sessions import BEGAN, SEEN, WAYS, WITH, unsealed
from varna.foundation.tags import is_written


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One of somebody's sessions. `name`: the hash of its key, which opens nothing."""

    name: str
    began_at: dt.datetime
    seen_at: dt.datetime
    ways: frozenset[str]  # "code", "totp", "webauthn"
    browser: Browser
    platform: Platform


def sessions_of(account: Account, *, at: dt.datetime) -> list[SignedIn]:
    """Those that would be let in if they came now, the one that was used last first."""
    held = RoleGrant.objects.in_force(at).filter(account=account).values_list("role", flat=True)
    limits = rules.limits_for(frozenset(Role(role) for role in held))
    rows = Session.objects.filter(account=account.pk, expire_date__gt=at)
    found = [one for row in rows if (one := _signed_in(row)) is not None]
    return sorted(
        (
            one
            for one in found
            if not rules.is_over(
                limits,
                began_at=one.began_at,
                seen_at=one.seen_at,
                sessions_from=account.sessions_from,
                at=at,
            )
        ),
        key=lambda one: one.seen_at,
        reverse=True,
    )


def _signed_in(row: Session) -> SignedIn | None:
    known = unsealed(row.session_key, row.session_data)
    if BEGAN not in known or SEEN not in known:
        return None
    browser, platform = known.get(WITH, (Browser.OTHER, Platform.OTHER))
    ways = [way for way in known.get(WAYS, []) if isinstance(way, dict)]
    return SignedIn(
        name=row.session_key,
        began_at=dt.datetime.fromtimestamp(known[BEGAN], dt.UTC),
        seen_at=dt.datetime.fromtimestamp(known[SEEN], dt.UTC),
        ways=frozenset(way.get("type") or way.get("method", "") for way in ways),
        browser=Browser(browser),
        platform=Platform(platform),
    )


def accounts(search: str = "", *, at: dt.datetime) -> QuerySet[Account]:
    """Accounts by name, each with the roles in force as `held`."""
    found = Account.objects.prefetch_related(
        Prefetch("role_grants", RoleGrant.objects.in_force(at), to_attr="held")
    )
    for word in search.split():
        # SQLite compares å, ä and ö only as they are written: try both ways of writing them.
        found = found.filter(
            Q(name__icontains=word)
            | Q(name__icontains=word.lower())
            | Q(name__icontains=word.capitalize())
            | Q(email__icontains=word.lower())
        )
    return found


def roles_held(account: Account, *, at: dt.datetime) -> list[RoleGrant]:
    return _named(RoleGrant.objects.in_force(at).filter(account=account))


def roles_ended(account: Account, *, at: dt.datetime) -> list[RoleGrant]:
    return _named(RoleGrant.objects.filter(account=account, until__lte=at))


def _named(grants: Iterable[RoleGrant]) -> list[RoleGrant]:
    """The grants, each with the name of whoever gave it as `giver`."""
    found = list(grants)
    givers = Account.objects.in_bulk([grant.given_by for grant in found if grant.given_by])
    for grant in found:
        giver = givers.get(grant.given_by) if grant.given_by else None
        grant.giver = giver.name if giver else ""  # type: ignore[attr-defined]
    return found


def role_held(account: Account, grant: uuid.UUID, *, at: dt.datetime) -> RoleGrant | None:
    return RoleGrant.objects.in_force(at).filter(account=account, pk=grant).first()


def authenticators(account: Account) -> int:
    return int(Authenticator.objects.filter(user=account).count())


def one_for_each_role(*, at: dt.datetime) -> list[tuple[Role, Account]]:
    """For the demonstration: somebody in each role."""
    grants = RoleGrant.objects.in_force(at).filter(account__is_active=True)
    first: dict[Role, Account] = {}
    for grant in grants.select_related("account"):
        first.setdefault(Role(grant.role), grant.account)
    return [(role, first[role]) for role in Role if role in first]


def somebody_to_be(*, at: dt.datetime) -> list[tuple[Role, Account]]:
    """For the demonstration's sign-in: everybody who has a role, and one elected official."""
    held = RoleGrant.objects.in_force(at).filter(account__is_active=True).select_related("account")
    found = [(Role(grant.role), grant.account) for grant in held]
    officials = [one for one in found if one[0] is Role.OFFICIAL][:1]
    others = [one for one in found if one[0] is not Role.OFFICIAL]
    return sorted(others + officials, key=lambda one: list(Role).index(one[0]))


def scopes_of(account: Account, *, at: dt.datetime) -> set[uuid.UUID]:
    """The boards that somebody is the administration's contact for."""
    held = RoleGrant.objects.in_force(at).filter(account=account, role=Role.CONTACT)
    return {scope for scope in held.values_list("scope", flat=True) if scope}


def names_of(references: Iterable[str]) -> dict[str, str]:
    """Names by reference (`account:<id>`), for a page that says who did something."""
    wanted = {ref for ref in references if ref.startswith("account:")}
    ids = [uuid.UUID(ref.removeprefix("account:")) for ref in wanted]
    return {f"account:{pk}": name for pk, name in names(ids).items()}


def names(accounts: Iterable[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    """Names by account; what has no account has no name."""
    rows = Account.objects.filter(pk__in={pk for pk in accounts if pk})
    return dict(rows.values_list("pk", "name"))


def change_asked(account: Account, *, at: dt.datetime) -> PersonChange | None:
    """That the account is to be somebody else's: asked for by one administrator, a day at most."""
    lately = at - CHANGE_LIVES
    asked = PersonChange.unscoped.filter(account=account.pk, asked_at__gt=lately, asked_at__lte=at)
    return next(asked.written(), None)


def may_confirm(asked: PersonChange, by: Actor, *, at: dt.datetime) -> bool:
    """Whether this administrator is a second one: somebody else than the first, who was one before
    it was asked for, and not by the first one's hand; and the first one still is.
    """
    admins = RoleGrant.objects.in_force(at).filter(role=Role.ACCESS_ADMIN)
    first = any(admins.filter(account=asked.asked_by, account__is_active=True).written())
    mine = admins.filter(account=by.account, since__lt=asked.asked_at).written()
    second = any(role.given_by != asked.asked_by for role in mine)
    return first and second and not is_same_person(asked.asked_by, by)


def accounts_of(person: uuid.UUID) -> QuerySet[Account]:
    return Account.objects.filter(person=person)


def is_same_person(account: uuid.UUID | None, actor: Actor) -> bool:
    """Whether the actor is this account's holder, by this account or by another."""
    if account is None or account == actor.account:
        return account is not None
    return (
        actor.person is not None
        and Account.objects.filter(pk=account, person=actor.person).exists()
    )


def holders(*roles: Role, at: dt.datetime) -> frozenset[uuid.UUID]:
    """The accounts that hold one of these roles."""
    held = RoleGrant.objects.in_force(at).filter(role__in=roles, account__is_active=True)
    return frozenset(held.values_list("account_id", flat=True))


def is_on_duty(handler: Iterable[RoleGrant], *, at: dt.datetime) -> bool:
    """Whether these, one account's roles as a handler, say that it takes new reports: it has said
    so itself, or has its turn.
    """
    held = list(handler)
    return any(role.on_duty for role in held) or bool(held and held[0].account_id in in_turn(at=at))


def in_turn(*, at: dt.datetime) -> set[uuid.UUID]:
    """Whoever has a turn of duty now, and whoever stands in."""
    now = Shift.unscoped.filter(since__lte=at, until__gt=at).written()
    return {one for shift in now for one in (shift.account, shift.substitute) if one}


def shifts(*, at: dt.datetime) -> list[Shift]:
    """The turns that have not ended, the first one first."""
    return list(Shift.unscoped.filter(until__gt=at).order_by("since").written())


def shifts_of(ids: Iterable[uuid.UUID]) -> list[Shift]:
    return list(Shift.unscoped.filter(pk__in=list(ids)).order_by("since").written())


def in_shift(shift: uuid.UUID) -> set[uuid.UUID]:
    """Whoever has this turn, and whoever stands in."""
    return {one for row in shifts_of([shift]) for one in (row.account, row.substitute) if one}


def has_shift_between(
    since: dt.datetime, until: dt.datetime, *, but: uuid.UUID | None = None
) -> bool:
    found = Shift.unscoped.filter(since__lt=until, until__gt=since)
    return (found.exclude(pk=but) if but else found).exists()


def is_last_receiver(account: uuid.UUID, *, at: dt.datetime) -> bool:
    """Whether nobody receives reports any more once this account does not."""
    return {role.account_id for role in those_who_receive(at=at)} == {account}


def those_who_receive(*, at: dt.datetime) -> list[RoleGrant]:
    """The roles by which somebody receives reports now: leads, and handlers on duty, who can sign
    in. Each with its account.
    """
    turns = in_turn(at=at)
    return [
        role
        for role in _held(at, Role.LEAD, Role.HANDLER)
        if role.role == Role.LEAD or role.on_duty or role.account_id in turns
    ]


def those_who_lead(*, at: dt.datetime) -> list[RoleGrant]:
    """The roles by which somebody leads now, and can sign in. Each with its account."""
    return list(_held(at, Role.LEAD))


def _held(at: dt.datetime, *roles: Role) -> Iterator[RoleGrant]:
    held = RoleGrant.objects.in_force(at).filter(role__in=roles, account__is_active=True)
    if not settings.DEMO:  # where nobody signs in by a button, whoever has no key reads nothing
        held = held.filter(account__in=Authenticator.objects.values("user"))
    return (role for role in held.select_related("account").written() if is_written(role.account))


def roles_of(accounts: Iterable[uuid.UUID], *, at: dt.datetime) -> dict[uuid.UUID, list[RoleGrant]]:
    """The roles that each account has now, each with its account."""
    found: dict[uuid.UUID, list[RoleGrant]] = {}
    held = RoleGrant.objects.in_force(at).filter(account__in=list(accounts))
    for role in held.select_related("account").written():
        found.setdefault(role.account_id, []).append(role)
    return found


def staff(*, at: dt.datetime) -> QuerySet[Account]:
    """Accounts with any role in force but that of an elected official."""
    held = RoleGrant.objects.in_force(at).exclude(role=Role.OFFICIAL)
    return Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("name")


def holds(account: uuid.UUID, roles: Iterable[Role], *, at: dt.datetime) -> bool:
    """Whether an account is in force and has any of these roles."""
    held = RoleGrant.objects.in_force(at).filter(account=account, role__in=list(roles))
    return held.filter(account__is_active=True).exists()


def known_by_accounts(ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those people who have an account, and those bodies that somebody is the contact of."""
    people = Account.objects.filter(person__in=ids).values_list("person", flat=True)
    bodies = RoleGrant.objects.filter(scope__in=ids).values_list("scope", flat=True)
    return {one for one in (*people, *bodies) if one is not None}
