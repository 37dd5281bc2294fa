"""Who may see a report or case, and who must not: decided at the moment of reading."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from varna.foundation.access import words
from varna.foundation.access.models import Grant, GrantQuerySet, KeptOut, Matter
from varna.foundation.access.rules import (
    BY_ROLE,
    OWN,
    GrantReason,
    Relation,
    by_role,
    holds_for,
    reads,
)
from varna.foundation.access.tokens import token, unwrapped
from varna.foundation.accounts.models import Account, RoleGrant
from varna.foundation.accounts.queries import roles_of, those_who_lead, those_who_receive
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.codes import word_for
from varna.foundation.keys.rules import Compartment


def held_by(
    actor: Actor, relations: frozenset[Relation], *, at: dt.datetime, about: str = "pk"
) -> Q:
    """The one definition of what an actor may see: a condition on rows with an id `about`.

    What is one's own comes from its grants. What is for work comes from grants that go with a role
    one has, or from the role itself, and a conflict of interest beats both.
    """
    own = Q(**{f"{about}__in": _given(actor, relations & OWN, at=at)})
    if not relations - OWN:
        return own
    work = Q(**{f"{about}__in": _given(actor, relations - OWN - BY_ROLE, at=at)})
    mine = by_role(actor) & relations
    if mine:
        waiting = Matter.unscoped.filter(pk=OuterRef(about), within=None)
        work |= Q(Exists(waiting if Relation.LEAD in mine else waiting.filter(for_duty=True)))
    kept_out = kept_out_of(actor)
    if kept_out:
        work &= ~Q(**{f"{about}__in": kept_out})
    return own | work if relations & OWN else work


def _given(actor: Actor, relations: frozenset[Relation], *, at: dt.datetime) -> set[uuid.UUID]:
    wanted = [relation for relation in relations if holds_for(relation, actor.roles)]
    if actor.account is None or not wanted:
        return set()
    held = Grant.unscoped.in_force(at).filter(account=actor.account, relation__in=wanted)
    return {grant.about for grant in held.written()}


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody's relation to a report or case, in force: why, and from when to when."""

    id: uuid.UUID | None  # none: it comes with the role
    about: uuid.UUID
    account: uuid.UUID
    relation: Relation
    reason: str  # a code, which may have been retired
    since: dt.datetime
    until: dt.datetime | None
    shared: frozenset[Compartment] = frozenset()

    @property
    def reads(self) -> frozenset[Compartment]:
        return reads(self.relation, self.reason, self.shared)

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


def _by_role(about: uuid.UUID, role: RoleGrant) -> Holding:
    leads = role.role == Role.LEAD
    return Holding(
        None,
        about,
        role.account_id,
        Relation.LEAD if leads else Relation.TRIAGE,
        GrantReason.ROLE if leads else GrantReason.DUTY,
        role.since,
        role.until,
    )


def _in_force(about: uuid.UUID, at: dt.datetime) -> GrantQuerySet:
    return Grant.unscoped.in_force(at).filter(about=about)


def circle(about: uuid.UUID, *, at: dt.datetime) -> list[Holding]:
    """Everybody who may see it now: who receives it by role, then who was let in, in that order."""
    received = _by_their_role(about, at=at)
    given = [_holding(grant) for grant in _in_force(about, at).written()]
    roles = roles_of({one.account for one in given}, at=at)
    held = {account: frozenset(Role(role.role) for role in some) for account, some in roles.items()}
    given = [one for one in given if holds_for(one.relation, held.get(one.account, frozenset()))]
    workers = {role.account_id: role.account for role in received}
    for one in given:
        if one.relation not in OWN:
            workers[one.account] = roles[one.account][0].account
    kept_out = kept_out_among(about, workers.values())
    return [
        *(_by_role(about, role) for role in received if role.account_id not in kept_out),
        *(one for one in given if one.relation in OWN or one.account not in kept_out),
    ]


def _by_their_role(about: uuid.UUID, *, at: dt.datetime) -> list[RoleGrant]:
    """Whoever receives such a thing by role, conflicts not yet asked about: the leads, and those on
    duty if it is a report in no case.
    """
    matter = _matter(about)
    if matter is None or matter.within is not None:
        return []
    return those_who_receive(at=at) if matter.for_duty else those_who_lead(at=at)


def _receiving(about: uuid.UUID, *, at: dt.datetime) -> list[RoleGrant]:
    """Whoever sees it by role."""
    found = _by_their_role(about, at=at)
    kept_out = kept_out_among(about, [role.account for role in found])
    return [role for role in found if role.account_id not in kept_out]


def _matter(about: uuid.UUID) -> Matter | None:
    return next(Matter.unscoped.filter(pk=about).written(), None)


def root_of(about: uuid.UUID) -> uuid.UUID:
    """What it is opened through: a report in a case through the case, all else through itself."""
    matter = _matter(about)
    return about if matter is None else matter.root


def is_there(about: uuid.UUID) -> bool:
    """Whether there is such a report or case, as Värna has written it."""
    return _matter(about) is not None


def is_within(report: uuid.UUID, case: uuid.UUID) -> bool:
    """Whether the report has gone into this case."""
    matter = _matter(report)
    return matter is not None and matter.within == case


def holding(about: uuid.UUID, grant: uuid.UUID, *, at: dt.datetime) -> Holding | None:
    """One that was given; the id of another case's is nobody."""
    found = next(_in_force(about, at).filter(pk=grant).written(), None)
    return None if found is None else _holding(found)


def holders(about: uuid.UUID, *relations: Relation, at: dt.datetime) -> set[uuid.UUID]:
    """The accounts that have one of these relations to it; none named: any."""
    return {
        one.account for one in circle(about, at=at) if not relations or one.relation in relations
    }


def holdings_of(actor: Actor, abouts: Iterable[uuid.UUID], *, at: dt.datetime) -> list[Holding]:
    """What somebody is to each of these, a conflict of interest taken away."""
    if actor.account is None:
        return []
    wanted = list(abouts)
    kept_out = kept_out_of(actor)
    given = Grant.unscoped.in_force(at).filter(about__in=wanted, account=actor.account)
    found = [
        _holding(grant)
        for grant in given.written()
        if holds_for(Relation(grant.relation), actor.roles)
        and (grant.relation in OWN or grant.about not in kept_out)
    ]
    return found + _received_by(actor, wanted, kept_out)


def _received_by(
    actor: Actor, abouts: list[uuid.UUID], kept_out: Collection[uuid.UUID]
) -> list[Holding]:
    mine = by_role(actor)
    if not mine or actor.account is None:
        return []
    found = []
    for matter in Matter.unscoped.filter(pk__in=abouts, within=None).written():
        if matter.pk in kept_out:
            continue
        for relation in mine:
            leads = relation is Relation.LEAD
            if leads or matter.for_duty:
                reason = GrantReason.ROLE if leads else GrantReason.DUTY
                found.append(
                    Holding(None, matter.pk, actor.account, relation, reason, matter.since, None)
                )
    return found


# ── conflict of interest: one question, about account and person, report and case, together ────
def written_of(who: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """What these ids stand as kept out of, to the word; what hangs together with it is not said."""
    rows = KeptOut.unscoped.filter(who__in=[token(one) for one in who])
    return {unwrapped(bytes(row.about), bytes(row.who)) for row in rows.written()}


def kept_out_of(actor: Actor) -> frozenset[uuid.UUID]:
    """Every report and case that this actor must not handle."""
    return _kept_out(actor.account, actor.person)


def _kept_out(*who: uuid.UUID | None) -> frozenset[uuid.UUID]:
    """What an account and its person must not handle."""
    return _with_what_belongs(written_of(one for one in who if one))


def _with_what_belongs(abouts: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """A case and its reports are one: whoever is kept out of one is kept out of all."""
    if not abouts:
        return frozenset()
    cases = {m.root for m in Matter.unscoped.filter(pk__in=abouts)} | set(abouts)
    reports = Matter.unscoped.filter(within__in=cases).values_list("pk", flat=True)
    return frozenset(cases | set(reports))


def is_kept_out(about: uuid.UUID, account: Account) -> bool:
    return account.pk in kept_out_among(about, [account])


def kept_out_among(about: uuid.UUID, accounts: Iterable[Account]) -> set[uuid.UUID]:
    """Those of the accounts that must not handle it."""
    names: dict[bytes, set[uuid.UUID]] = {}
    for account in accounts:
        for who in (account.pk, account.person):
            if who:
                names.setdefault(token(who), set()).add(account.pk)
    rows = KeptOut.unscoped.filter(who__in=list(names))
    of = {(bytes(row.who), unwrapped(bytes(row.about), bytes(row.who))) for row in rows.written()}
    if not of:
        return set()
    family = _with_what_belongs([about])
    return {account for who, one in of if one in family for account in names[who]}


# ── is there somebody who receives? ───────────────────────────────────────────────────────────
def receivers(about: uuid.UUID, *, at: dt.datetime) -> set[uuid.UUID]:
    """The accounts that receive this report or case by their role, as it stands now."""
    return {role.account_id for role in _receiving(about, at=at)}


def has_reader(about: uuid.UUID, *, at: dt.datetime) -> bool:
    """Whether somebody who can sign in may read it for work; once in a case, through the case."""
    root = root_of(about)
    return bool(receivers(root, at=at) or _given_to_somebody(root, at=at))


def _given_to_somebody(about: uuid.UUID, *, at: dt.datetime) -> bool:
    found = holders(about, Relation.ASSIGNED, at=at)
    return Account.objects.in_force().filter(pk__in=found).exists()


def without_reader(*, at: dt.datetime) -> set[uuid.UUID]:
    """Reports and cases that nobody can open: nobody receives them, and nobody was given them who
    still may. A report in a case is counted with its case.
    """
    waiting = _unreceived(at=at)
    given = Grant.unscoped.in_force(at).filter(relation=Relation.ASSIGNED)
    maybe = set(given.values_list("about", flat=True)) & waiting if waiting else set()
    return waiting - {about for about in maybe if _given_to_somebody(about, at=at)}


def _unreceived(*, at: dt.datetime) -> set[uuid.UUID]:
    """What every one of those who receive is kept out of; all of it, where nobody receives."""
    found = those_who_receive(at=at)
    kept_out = {role.account_id: _kept_out(role.account_id, role.account.person) for role in found}
    leads = [kept_out[role.account_id] for role in found if role.role == Role.LEAD]
    every = [kept_out[role.account_id] for role in found]
    roots = Matter.unscoped.filter(within=None)
    return _out_of_all(roots.filter(for_duty=True).values_list("pk", flat=True), every) | (
        _out_of_all(roots.filter(for_duty=False).values_list("pk", flat=True), leads)
    )


def _out_of_all(
    abouts: Iterable[uuid.UUID], kept_out: list[frozenset[uuid.UUID]]
) -> set[uuid.UUID]:
    if not kept_out:
        return set(abouts)
    of_all = frozenset.intersection(*kept_out)
    return {about for about in abouts if about in of_all} if of_all else set()
