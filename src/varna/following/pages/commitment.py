"""One promise: what, who, for whom, where in the plan; its turns, their proof and what was said."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from varna.following import queries, words
from varna.following.actions import may_confirm
from varna.following.models import Deviation, Statement
from varna.following.pages.mandate import Promised, Turn, promised, spoken_of
from varna.following.queries import Stand
from varna.following.rules.picture import key_of
from varna.foundation.accounts.queries import names
from varna.foundation.accounts.rules import Actor
from varna.foundation.notices.queries import reminded_of
from varna.plan.rules.standings import Standing
from varna.plan.rules.terms import Does, PlanFile, Words
from varna.plan.words import in_language
from varna.standing.rules.proofs import BY_WORD
from varna.standing.rules.status import Row, needs_reason
from varna.training.queries import offers
from varna.training.rules import Offer, figures


# What shows a proof in its own room: the address's name, and whether it takes the row's id.
_PAGES = {
    "session": "training:session",
    "meeting": "cooperation:meeting",
    "version": "documents:version",
    "partner": "cooperation:partner",
    "planned": "training:session",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A proof as it is shown: what it is, and its own page where there is one."""

    text: str | Promise
    address: str = ""


@dataclass(frozen=True, slots=True)
class TurnPage:
    """One occurrence, with proof, reasons and reminders."""

    turn: Turn
    key: str
    evidence: list[Evidence]
    reasons: list[Deviation]
    asks: bool
    states: bool
    beside: str  # what is shown beside the figure and never counted
    reminded: list[dt.date]
    reached: str = ""  # how many it was made known to
    withdrawn: str = ""  # by which version, adopted when


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement and who made it."""

    statement: Statement
    name: str
    confirmed_by: str = ""
    may_confirm: bool = False


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    promised: Promised
    to: str
    together: str
    note: str
    basis: str
    modal: str | Promise
    proof: str | Promise
    source: str
    lacks: list[str]
    too_small: list[str]
    turns: list[TurnPage]
    spoken: list[Spoken]
    answers: list[str]  # names of those who answer for the role


def rows_of(found: Stand, commitment: str) -> list[Row]:
    return [row for row in found.rows if row.commitment.id == commitment]


def find_row(found: Stand, commitment: str, key: str) -> Row | None:
    return next((row for row in rows_of(found, commitment) if key_of(row) == key), None)


def about(row: Row) -> str:
    """What reminders of an occurrence are kept under."""
    return f"commitment:{row.commitment.id}:{key_of(row)}"


def page(rows: Sequence[Row], *, by: Actor, at: dt.datetime) -> CommitmentPage:
    shown = promised(rows)
    plan, one = rows[-1].version.plan, rows[-1].commitment
    now = spoken_of(rows)
    said = list(queries.statements_of(one.id))
    reasons = list(queries.deviations_of(one.id))
    accounts = queries.responsible_for([one.by])[one.by]
    confirming = [row.confirmed_by for row in said]
    known = names([*accounts, *confirming, *(row.by for row in [*said, *reasons])])
    sessions = {offer.reference: offer for offer in offers()} if _trains(rows) else {}
    for reason in reasons:
        reason.name = known.get(reason.by, "")  # type: ignore[attr-defined]
    return CommitmentPage(
        shown,
        _group(plan, one.for_),
        _group(plan, one.with_),
        _words(one.note),
        one.law or _("the plan, under the heading %s") % one.anchor,
        words.MODALS[one.modal],
        words.PROOFS[one.does],
        words.source(now),
        words.lacks(now),
        words.too_small(now),
        [_turn(turn, reasons, sessions, at) for turn in shown.turns],
        [
            Spoken(
                row,
                known.get(row.by, ""),
                known.get(row.confirmed_by, ""),
                may_confirm(by, row, at=at),
            )
            for row in said
        ],
        [known[account] for account in accounts if account in known],
    )


def _trains(rows: Sequence[Row]) -> bool:
    return rows[-1].commitment.does is Does.OFFER_TRAINING


def _beside(row: Row, sessions: dict[str, Offer]) -> str:
    """Who accepted, came and knows: four figures, of which only the offer proves anything."""
    mine = [sessions[one] for one in row.figure.evidence if one in sessions]
    if not mine:
        return ""
    told = figures(mine)
    return _("Accepted %(accepted)d, attended %(attended)d, known %(known)d") % {
        "accepted": told.accepted,
        "attended": told.attended,
        "known": told.known,
    }


# What always is to hold has no last day: an explanation of it is asked for anew after a while.
STANDS_FOR = dt.timedelta(days=90)


def _answers(one: Deviation, row: Row, at: dt.datetime) -> bool:
    """Whether what was said still answers why."""
    return row.occurrence.due_on is not None or at - one.at < STANDS_FOR


def _turn(
    turn: Turn, reasons: list[Deviation], sessions: dict[str, Offer], at: dt.datetime
) -> TurnPage:
    row = turn.row
    mine = [one for one in reasons if one.key == row.key]
    return TurnPage(
        turn,
        key_of(row),
        [] if row.hidden else [evidence(reference) for reference in row.figure.evidence[:10]],
        mine,
        needs_reason(row.standing) and not any(_answers(one, row, at) for one in mine),
        row.proof is None and may_be_stated(row),
        _beside(row, sessions),
        reminded_of(about(row)),
        _reached(row),
        _withdrawn(row),
    )


def may_be_stated(row: Row) -> bool:
    """Where Värna counts, a word would say nothing: there it can only be explained."""
    waits = {Standing.UPCOMING, Standing.WITHDRAWN}
    return row.commitment.does in BY_WORD and row.standing not in waits


def _reached(row: Row) -> str:
    """Asked, and confirmed, are two figures."""
    if row.reached is None or not row.reached.of:
        return ""
    told = {"asked": row.reached.done, "confirmed": row.figure.done, "of": row.reached.of}
    return _("Asked %(asked)d of %(of)d, confirmed %(confirmed)d") % told


def _withdrawn(row: Row) -> str:
    version = row.withdrawn_by
    if version is None:
        return ""
    day = formats.date_format(version.from_on, "j F Y")
    return _("Taken away by version %(version)s, followed from %(day)s") % {
        "version": version.plan.version, "day": day,
    }  # fmt: skip


def _words(said: Words | None) -> str:
    return in_language(said) if said else ""


def _group(plan: PlanFile, name: str | None) -> str:
    return in_language(plan.groups[name].title) if name else ""


def evidence(reference: str) -> Evidence:
    """In words, and with the way to it when that room has a page."""
    kind, _colon, key = reference.partition(":")
    key = key.rpartition(":")[2]  # planned:<turn>:session:<id>
    text = words.EVIDENCE.get(kind, reference)
    if kind not in _PAGES:
        return Evidence(text)
    try:
        return Evidence(text, reverse(_PAGES[kind], args=[uuid.UUID(key)]))
    except (NoReverseMatch, ValueError):
        return Evidence(text)
