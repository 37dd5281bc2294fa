"""From report to case: a new one, or one that is there already. Linked, never merged."""

import datetime as dt
import secrets
import uuid
from dataclasses import dataclass

from varna.cases.actions import circle, ground
from varna.cases.actions.assigning import give_to
from varna.cases.models import Case, LinkedReport
from varna.cases.queries import person_index
from varna.cases.rules.counting import Whom
from varna.cases.rules.judging import why_not_judge
from varna.cases.rules.number import number_from
from varna.cases.sealed import ExposedPerson
from varna.foundation.access import actions as access
from varna.foundation.access.rules import GrantReason
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.deeds import deed, held, leave, let, part, refuse, written
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.reports import actions as reports
from varna.reports.models import Report


@dataclass(frozen=True, slots=True)
class Opening:
    """What a handler writes when a case is opened."""

    label: str
    reason: str
    exposed_name: str = ""
    exposed_person: uuid.UUID | None = None
    exposed_role: str = ""
    whom: Whom | None = None


@deed("case.opened", keys_first=True)
def open_case(
    opening: Opening,
    *,
    handler: Account | None,
    by: Actor,
    at: dt.datetime,
    report: Report | None = None,
) -> Case:
    """Open a case, from a report or from something told by telephone. Keys before the case."""
    let(by.has(Role.HANDLER, Role.LEAD))
    case = Case(
        number=_free_number(),
        opened_at=at,
        received_at=report.received_at if report else at,
        whom=opening.whom or "",
    )
    writer = vault.writer(case.pk, *Compartment)
    writer.seal(case, "label", opening.label)
    person = str(opening.exposed_person) if opening.exposed_person else ""
    writer.seal(
        case,
        "exposed",
        ExposedPerson(opening.exposed_name, person, opening.exposed_role),
    )
    if opening.exposed_person:
        case.exposed_index = person_index(opening.exposed_person)
    with written():
        case.save(force_insert=True)
        access.announce(case.pk, for_duty=False, at=at)
        leave("case.opened", about=case.pk)
        if report is not None:
            report = held(Report.visible_to, report.pk)
            _link(case, report, opening.reason, by=by, at=at)
        if opening.exposed_person:
            _exposed_has_no_part(case, opening.exposed_person, at=at)
        if handler is not None:
            give_to(case, handler, reason=GrantReason.HANDLES, by=by, at=at)
        ground.reclock(case)
    return case


def _free_number() -> str:
    while True:
        number = number_from(secrets.token_bytes(4))
        if not Case.unscoped.filter(number=number).exists():
            return number


def _exposed_has_no_part(case: Case, person: uuid.UUID, *, at: dt.datetime) -> None:
    """Nobody handles their own case; what is their own they keep (security.md §3.5 a)."""
    access.keep_out(case.pk, at=at, person=person)


@deed("case.linked")
def link_to_case(case: Case, report: Report, reason: str, *, by: Actor, at: dt.datetime) -> None:
    """Add a report to a case that is there already; both stay what they were."""
    case, report = ground.held(case), held(Report.visible_to, report.pk)
    refuse(why_not_judge(case.state))
    _link(case, report, reason, by=by, at=at)
    ground.reclock(case)


@part("case.linked")
def _link(case: Case, report: Report, reason: str, *, by: Actor, at: dt.datetime) -> None:
    reports.mark_linked(report, at=at)
    link = LinkedReport(case=case, report=report.pk, at=at, by=by.account)
    vault.writer(case.pk).seal(link, "reason", reason)
    link.save(force_insert=True)
    # What is known of conflicts at the report holds for the case, before anybody is let in.
    lost = access.join(report.pk, case.pk, at=at)
    circle.lose(case, lost, by=by, at=at)
    leave("case.linked", about=case.pk, report=str(report.pk))


# ── a reporter comes back ─────────────────────────────────────────────────────────────────────
@deed("receipt.used")
def note_code(report: Report, *, by: Actor, at: dt.datetime) -> None:
    """Somebody has come back with the receipt code."""
    let(bool(by.system))
    leave("receipt.used", about=report.pk)


@deed("receipt.wrong")
def note_wrong_codes(tries: int, *, by: Actor, at: dt.datetime) -> None:
    """So many wrong codes have been tried since the last line. There is one a minute at most: a
    flood of them must not fill the log.
    """
    let(bool(by.system))
    leave("receipt.wrong", n=tries)
