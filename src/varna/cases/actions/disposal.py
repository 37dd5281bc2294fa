"""Destroying keys is a decision: one asks, another confirms, and it stands before it is done.

Nothing destroys keys on anybody's word alone, and nothing that the database says does so unless
Värna has written it: a disposal carries a tag.
"""

import datetime as dt
import uuid
from contextlib import suppress
from typing import Protocol

from varna.cases.models import Case, Disposal
from varna.cases.queries import reports_of
from varna.cases.retention import CASES
from varna.cases.rules.disposal import (
    STANDS,
    Ended,
    WhyNotDestroy,
    why_not_ask,
    why_not_carry_out,
    why_not_confirm,
)
from varna.evidence import actions as evidence
from varna.foundation import clock
from varna.foundation.access.queries import is_within
from varna.foundation.accounts.queries import holders, is_same_person
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.audit.destroying import destroys
from varna.foundation.deeds import (
    Forbidden,
    WhyNot,
    deed,
    held,
    leave,
    let,
    locked,
    refuse,
    upkeep,
    written,
)
from varna.foundation.keys.store import keystore
from varna.foundation.notices import actions as notices
from varna.foundation.tags import is_written
from varna.foundation.vault import service as vault
from varna.reports.models import Report
from varna.reports.retention import REPORTS


class Said(Protocol):
    """What a second person, or somebody who regrets, says of a disposal."""

    def __call__(self, disposal: Disposal, *, by: Actor, at: dt.datetime) -> None: ...


@deed("disposal.asked")
def ask(about: uuid.UUID, decision: str, *, by: Actor, at: dt.datetime) -> Disposal:
    """A lead handler asks that a case, or a report that became none, is destroyed. `decision`: the
    reference of the decision on disposal (arkivlagen 10 §).
    """
    let(by.has(Role.LEAD))
    what = ended(_held(about))
    asked = Disposal.unscoped.standing().filter(about=about).exists()
    refuse(why_not_ask(what, decision, clock.day_of(at), asked=asked))
    row = Disposal(about=about, decision=decision.strip(), asked_by=by.account, asked_at=at)
    row.save(force_insert=True)
    leave("disposal.asked", about=about, disposal=str(row.pk))
    notices.tell(holders(Role.REGISTRAR, at=at) - {by.account}, at=at)
    return row


def ended(what: Case | Report) -> Ended:
    """How far it is from being disposed of."""
    series, at = (CASES, what.closed_at) if isinstance(what, Case) else (REPORTS, what.set_aside_at)
    on = clock.day_of(at) if at else None
    return Ended(on is not None, series.over_on(on) if on else None, what.shredded_at is not None)


def _held(about: uuid.UUID) -> Case | Report:
    try:
        return held(Case.visible_to, about)
    except Forbidden:
        return held(Report.visible_to, about)


@deed("disposal.confirmed")
def confirm(disposal: Disposal, *, by: Actor, at: dt.datetime) -> None:
    """A registrar who is somebody else, and not kept out of it, says the same."""
    let(by.has(Role.REGISTRAR))
    row = held(Disposal.standing_to, disposal.pk)
    own, said = is_same_person(row.asked_by, by), row.confirmed_at is not None
    what = ended(_locked(row.about))
    refuse(why_not_confirm(what, row.decision, clock.day_of(at), own=own, said=said))
    row.confirmed_by, row.confirmed_at = by.account, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    leave("disposal.confirmed", about=row.about, disposal=str(row.pk))
    if row.asked_by:
        notices.tell([row.asked_by], at=at)


def _locked(about: uuid.UUID) -> Case | Report:
    try:
        return locked(Case.unscoped, about)
    except Forbidden:
        return locked(Report.unscoped, about)


@deed("disposal.withdrawn")
def withdraw(disposal: Disposal, *, by: Actor, at: dt.datetime) -> None:
    """Whoever may ask or confirm takes it back, for as long as it has not been done."""
    row = held(Disposal.standing_to, disposal.pk)
    refuse(WhyNotDestroy.DESTROYED if row.carried_out_at else None)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    leave("disposal.withdrawn", about=row.about, disposal=str(row.pk))


@deed("keys.shredded", keys_first=True)
def carry_out(disposal: Disposal, *, by: Actor, at: dt.datetime) -> int:
    """Destroy the keys of the case, its reports and their evidence. Nobody can read them again, in
    this database or in any copy of it.

    The decision stood in the database before: a stop in the midst of it is followed by the same.
    """
    let(bool(by.system))
    with written():
        row = locked(Disposal.unscoped.standing(), disposal.pk)
        what, day = _locked(row.about), clock.day_of(at)
        stands_from = row.confirmed_at if is_by_two(row) else None
        refuse(why_not_carry_out(ended(what), row.decision, at, on=day, stands_from=stands_from))
        _mark_destroyed(what, at)
        row.carried_out_at = at
        row.save(update_fields=["carried_out_at"])
        whose = _owners(row.about)
        destroyed = vault.shred(whose, about=row.about)
    for owner in whose:
        evidence.remove_all(owner)
    return destroyed


def is_by_two(row: Disposal) -> bool:
    """Whether Värna has written that two people said it."""
    two = {row.asked_by, row.confirmed_by} - {None}
    return is_written(row) and len(two) == 2


def _owners(about: uuid.UUID) -> list[uuid.UUID]:
    """Whose keys go with it: its own, and those of a case's reports. That a report has gone into
    the case is asked of what Värna has written with a tag: a link that somebody else has put in the
    database destroys nothing.
    """
    case = Case.unscoped.filter(pk=about).first()
    linked = reports_of(case) if case else []
    return [about, *(report for report in linked if is_within(report, about))]


def _mark_destroyed(what: Case | Report, at: dt.datetime) -> None:
    what.shredded_at = at
    if isinstance(what, Case):
        what.exposed_index = None
        what.save(update_fields=["shredded_at", "exposed_index"])
    else:
        what.save(update_fields=["shredded_at"])


@upkeep
@destroys
def carry_out_what_stands(*, at: dt.datetime) -> int:
    """Destroy what has been decided and has stood its time."""
    rows = Disposal.unscoped.standing().filter(confirmed_at__lte=at - STANDS, carried_out_at=None)
    destroyed = 0
    for row in list(rows.written()):
        with suppress(WhyNot):  # opened again meanwhile: the page says so, until it is taken back
            destroyed += carry_out(row, by=Actor(system="disposal"), at=at)
    return destroyed


@upkeep
def shred_again(*, at: dt.datetime) -> int:
    """Destroy keys that an old keystore brought back: the database remembers what was done."""
    destroyed = 0
    for row in Disposal.unscoped.exclude(carried_out_at=None).written():
        if any(keystore().has_keys(owner) for owner in _owners(row.about)):
            destroyed += _shred_again(row, by=Actor(system="shred-journal"), at=at)
    return destroyed


@deed("keys.shredded")
def _shred_again(row: Disposal, *, by: Actor, at: dt.datetime) -> int:
    let(bool(by.system))
    return vault.shred(_owners(row.about), about=row.about)
