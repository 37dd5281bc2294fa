"""Who may see a report or case, and who must not: asked of the grants, which only access writes."""

import datetime as dt
import hmac
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from varna.foundation.access import words
from varna.foundation.access.models import Grant, GrantQuerySet, KeptOut
from varna.foundation.access.rules import Relation
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Actor
from varna.foundation.codes import word_for
from varna.foundation.keys import rules as keys
from varna.foundation.keys.rules import Compartment
from varna.foundation.keys.store import keystore


def held_by(
    actor: Actor, relations: frozenset[Relation], *, at: dt.datetime, about: str = "pk"
) -> Exists:
    """The one definition of what an actor may see: an SQL condition on rows with an id `about`."""
    return Exists(
        Grant.unscoped.in_force(at).filter(
            about=OuterRef(about),
            account=actor.account or uuid.UUID(int=0),
            relation__in=[relation.value for relation in relations],
        )
    )


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody's relation to a report or case, in force: why, and from when to when."""

    id: uuid.UUID
    about: uuid.UUID
    account: uuid.UUID
    relation: Relation
    reason: str  # a code, which may have been retired
    since: dt.datetime
    until: dt.datetime | None
    compartments: frozenset[Compartment]  # what was shared

    @property
    def relation_label(self) -> str:
        return word_for(words.RELATIONS, self.relation)

    @property
    def reason_label(self) -> str:
        return word_for(words.GRANT_REASONS, self.reason)


def _holding(grant: Grant) -> Holding:
    return Holding(
        grant.pk,
        grant.about,
        grant.account,
        Relation(grant.relation),
        grant.reason,
        grant.since,
        grant.until,
        grant.shared_compartments(),
    )


def _in_force(about: uuid.UUID, at: dt.datetime) -> GrantQuerySet:
    return Grant.unscoped.in_force(at).filter(about=about)


def circle(about: uuid.UUID, *, at: dt.datetime) -> list[Holding]:
    """Everybody who may see it now, in the order in which they were let in."""
    return [_holding(grant) for grant in _in_force(about, at)]


def holding(about: uuid.UUID, grant: uuid.UUID, *, at: dt.datetime) -> Holding | None:
    """One of its circle; the id of another case's is nobody."""
    found = _in_force(about, at).filter(pk=grant).first()
    return None if found is None else _holding(found)


def holders(about: uuid.UUID, *relations: Relation, at: dt.datetime) -> set[uuid.UUID]:
    """The accounts that have one of these relations to it; none named: any."""
    found = _in_force(about, at)
    if relations:
        found = found.filter(relation__in=relations)
    return set(found.values_list("account", flat=True))


def holdings_of(
    account: uuid.UUID, abouts: Iterable[uuid.UUID], *, at: dt.datetime
) -> list[Holding]:
    """What somebody is to each of these."""
    found = Grant.unscoped.in_force(at).filter(about__in=list(abouts), account=account)
    return [_holding(grant) for grant in found]


# ── conflict of interest ──────────────────────────────────────────────────────────────────────
def token(about: uuid.UUID, who: uuid.UUID) -> bytes:
    """`who` is an account's or a person's id."""
    key = keystore().secret("index")
    return hmac.digest(key, keys.join("varna/kept-out/v1", about.bytes, who.bytes), "sha256")


def is_kept_out(about: uuid.UUID, account: Account) -> bool:
    return account.pk in kept_out_among(about, [account])


def kept_out_among(about: uuid.UUID, accounts: Iterable[Account]) -> set[uuid.UUID]:
    tokens = {}
    for account in accounts:
        tokens[token(about, account.pk)] = account.pk
        if account.person:
            tokens[token(about, account.person)] = account.pk
    found = KeptOut.unscoped.filter(token__in=list(tokens)).values_list("token", flat=True)
    return {tokens[bytes(one)] for one in found}
