"""Where the "of" of each row comes from, who vouched for it, and what makes it too small. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from varna.plan.rules.calendar import months_after
from varna.plan.rules.terms import Commitment, Does, PlanFile
from varna.standing.rules.facts import Lack, Register, RegisterFact, World


# How many months a register that somebody must vouch for may rest on the last time.
FRESH_MONTHS: Mapping[Register, int] = {Register.PEOPLE: 6, Register.BODIES: 6}
# What is counted in them is somebody or something: none of it is no figure. (So with what has been
# learnt: without a closed case there was nothing to learn from.)
COUNTED = frozenset({Register.PEOPLE, Register.BODIES, Register.PARTNERS})
PARTY_SECURITY = "party-security"
_OF: Mapping[Does, tuple[Register, ...]] = {
    Does.OFFER_TRAINING: (Register.PEOPLE, Register.BODIES),
    Does.CONFIRM_EACH: (Register.PEOPLE,),
    Does.REVISE_DOCUMENT: (Register.DOCUMENTS,),
    Does.ADOPT_DOCUMENT: (Register.DOCUMENTS,),
    Does.REPORT: (Register.DOCUMENTS,),
    Does.LEARN: (Register.CASES,),
    Does.ASSESS: (Register.CASES,),
    Does.OFFER_SUPPORT: (Register.CASES,),
    Does.OFFER_OCCUPATIONAL_HEALTH: (Register.CASES,),
    Does.EVALUATE: (Register.CASES,),
    Does.ANSWER_REQUEST: (Register.REQUESTS,),
    Does.PLAN_TRAINING: (Register.SESSIONS,),
    Does.COMPARE_TERMS: (Register.HOUSE,),
    Does.KEEP_RECORDS: (Register.HOUSE,),
    Does.MEASURE: (Register.WORDS,),
    Does.ATTEST: (Register.WORDS,),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where an "of" comes from on a day: its registers, and the oldest word for any of them."""

    registers: tuple[Register, ...]
    verified_on: dt.date | None = None
    by: str = ""
    lacks: tuple[Lack, ...] = ()


def registers_of(plan: PlanFile, one: Commitment) -> tuple[Register, ...]:
    group = plan.groups[one.for_] if one.for_ else None
    if one.does is Does.MAKE_KNOWN and group:
        bodies = (Register.BODIES,) if group.units or group.assignments else ()
        return (*((Register.PEOPLE,) if group.assignments else ()), *bodies)
    if one.does is Does.NAME_CONTACT:
        counted = plan.roles[one.by].each or (group and group.units)
        return (Register.BODIES,) if counted else (Register.CONTACTS,)
    if one.does in {Does.INVITE_PARTNERS, Does.KEEP_CONTACT}:
        parties = PARTY_SECURITY in plan.groups[one.with_ or ""].organisations
        return (Register.PARTNERS, *((Register.PEOPLE, Register.BODIES) if parties else ()))
    return _OF[one.does]


def source_of(plan: PlanFile, one: Commitment, world: World, day: dt.date, of: int) -> Source:
    """As it was known on a day; what a register has lacked since later does not touch it."""
    registers = registers_of(plan, one)
    known = {fact.register: fact for fact in world.registers}
    facts = [known.get(name, RegisterFact(name)) for name in registers]
    vouched = [fact for fact in facts if fact.register in FRESH_MONTHS]
    days = [_last(fact, day) for fact in vouched]
    oldest = min((at for at in days if at), default=None) if all(days) else None
    lacks = {lack for fact in facts for lack in _lacking(fact, day)}
    if not of and (COUNTED & set(registers) or one.does is Does.LEARN):
        lacks.add(Lack.EMPTY)
    by = next((fact.by for fact in vouched if fact.by), "")
    return Source(registers, oldest, by, tuple(sorted(lacks)))


def _last(fact: RegisterFact, day: dt.date) -> dt.date | None:
    return max((on for on in fact.verified if on <= day), default=None)


def _lacking(fact: RegisterFact, day: dt.date) -> Iterator[Lack]:
    yield from (lack for lack, since in fact.lacks.items() if since <= day)
    months = FRESH_MONTHS.get(fact.register)
    if months is None:
        return
    last = _last(fact, day)
    if last is None:
        yield Lack.UNVERIFIED
    elif months_after(last, months) < day:
        yield Lack.OLD
