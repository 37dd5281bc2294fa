"""The demonstration's plan: half a mandate behind it, and every standing somewhere in it.

The plan that comes with Värna, with elections moved to the invented municipality's own, and four
commitments more: one waits for something, one is older than the use of Värna, one was kept late,
one was taken away.
"""

import datetime as dt
import uuid

from django.db import transaction

from varna.documents import queries as documents
from varna.following import actions, queries, sweeps
from varna.following.models import (
    Consideration,
    Deviation,
    Report,
    Responsible,
    Statement,
    TermsLine,
    TermsReview,
)
from varna.foundation import clock
from varna.foundation.accounts import queries as accounts
from varna.foundation.accounts.rules import Actor, Role, system
from varna.foundation.deeds import deed, leave, let
from varna.organisation.demonstration import election_year
from varna.plan import actions as plans
from varna.plan import queries as plans_known
from varna.plan.rules.calendar import BOARDS_ELECTED, election_day
from varna.plan.rules.terms import SWEDISH_MANDATE


_MORE = """
[[commitments]]
id = "new-hall-safe"
anchor = "–"
title = { sv = "Nya sammanträdeslokalen gås igenom innan den tas i bruk", en = "The new meeting hall is examined before it is used" }
basis = "plan"
by = "safety-process"
modal = "shall"
does = "attest"
cadence = { form = "anchored", to = "new-hall", within-months = 2 }

[[commitments]]
id = "guideline-after-review"
anchor = "–"
title = { sv = "Riktlinjen skrivs om inom tre månader efter en granskning", en = "The guideline is rewritten within three months after an audit" }
basis = "plan"
by = "safety-process"
what = "guideline"
modal = "shall"
does = "adopt-document"
cadence = { form = "anchored", to = "audited", within-months = 3 }

[[commitments]]
id = "cars-checked"
anchor = "–"
title = { sv = "Bilarna i poolen kontrolleras varje år", en = "The cars of the pool are checked each year" }
basis = "plan"
by = "safety-process"
modal = "should"
does = "attest"
cadence = { form = "every", months = 12 }

[[commitments]]
id = "meetings-walked-through"
anchor = "–"
title = { sv = "Sammanträdenas säkerhet gås igenom varje halvår", en = "The safety of meetings is walked through every half-year" }
basis = "plan"
by = "safety-process"
modal = "should"
does = "attest"
cadence = { form = "every", months = 6 }
"""  # noqa: E501 (a plan's file has its titles on one line)


@transaction.atomic
def fill(*, by: Actor, at: dt.datetime) -> None:
    """Follow the plan since the mandate's first summer; say a word here and there."""
    today = clock.day_of(at)
    if plans_known.followed(today) is not None:
        return
    election = election_day(SWEDISH_MANDATE.elections, election_year(at))
    text = plans_known.text_in("vasteras-2018").decode()
    known = f"known = {SWEDISH_MANDATE.elections.known}"
    text = text.replace(known, f"known = {election}") + _MORE
    began = clock.start_of(dt.date(election.year + 1, 6, 1)) + dt.timedelta(hours=9)
    edition = plans.read_plan(text.encode(), by=by, at=began)
    plans.adopt_plan(edition.pk, from_on=dt.date(2018, 6, 20), decision="KS § 112", by=by, at=began)
    _without_cars(text, by=by, at=at)
    boards = dt.date(election.year, 11, 16)
    plans.note_event(BOARDS_ELECTED, on=boards, by=by, at=began)
    plans.note_event("audited", on=today - dt.timedelta(days=400), by=by, at=at)
    people = {role: account.pk for role, account in accounts.one_for_each_role(at=at)}
    owner, lead = people.get(Role.PLAN_OWNER), people.get(Role.LEAD)
    for name, account in (
        ("city-executive-office", owner),
        ("safety-process", lead),
        ("city", owner),
    ):
        if account is not None:
            Responsible.unscoped.create(role=name, account=account, since=began)
    for number, commitment in enumerate(_STATED):
        on = dt.date(election.year + 1, 9, 10) + dt.timedelta(days=number)
        Statement.unscoped.create(
            commitment=commitment,
            on=on,
            survey=commitment == "survey-officials",
            indicator="71 % känner sig trygga" if commitment == "survey-officials" else "",
            reason=_STATED[commitment],
            at=clock.start_of(on),
            by=owner,
        )
    _done(election.year, owner, at=at)
    Deviation.unscoped.create(
        commitment="cooperation-meetings",
        election=election,
        turn=2,
        due_on=dt.date(election.year + 2, 10, 14),
        reason="Mötet ställdes in två gånger när polisen kallades till annat.",
        remedy="Nytt möte är bokat före jul. Tre reservdagar finns.",
        at=at - dt.timedelta(days=20),
        by=lead,
    )


def _without_cars(text: str, *, by: Actor, at: dt.datetime) -> None:
    """Half a year ago the board took a duty away in the middle of its year."""
    first, rest = text.split('[[commitments]]\nid = "cars-checked"')
    shorter = first + "[[commitments]]" + rest.partition("[[commitments]]")[2]
    shorter = shorter.replace('version = "2018-06-20"', 'version = "2018-06-20 ändrad"')
    moment = at - dt.timedelta(days=190)
    edition = plans.read_plan(shorter.encode(), by=by, at=moment)
    plans.adopt_plan(edition.pk, from_on=clock.day_of(moment), decision="KS § 64", by=by, at=moment)


_STATED = {
    "prevent-handle-evaluate": "Årsrapporten går igenom läget före, under och efter händelser.",
    "survey-officials": "Enkäten gick till alla förtroendevalda. Var tredje svarade inte.",
    "meetings-walked-through": "Vaktmästarna gick igenom alla salar.",
}


# What employees have, what elected officials have, and why it is not the same.
_TERMS = (
    ("Någon att tala med", "Företagshälsan, fem samtal.", "Företagshälsan, fem samtal.", ""),
    ("Larm i hemmet", "Efter bedömning.", "Efter bedömning.", ""),
    ("Ledigt efter en händelse", "Tre dagar med lön.", "Förlorad arbetsinkomst ersätts.",
     "Ett uppdrag är ingen anställning, så det finns ingen ledighet att bevilja."),
)  # fmt: skip


def _done(year: int, owner: uuid.UUID | None, *, at: dt.datetime) -> None:
    """What the house has done in a year: a revision that was weighed, a list gone through, records
    looked at; and a report that the board had in its hands.
    """
    spring = clock.start_of(dt.date(year + 1, 11, 3))
    lines = [
        TermsLine(what=what, staff=staff, officials=officials, reason=why, at=spring, by=owner)
        for what, staff, officials, why in _TERMS
    ]
    TermsLine.unscoped.bulk_create(lines)
    _gone_through(len(lines), owner, by=system("demonstration"), at=spring)
    for months in reversed(range(18)):
        actions.note_records([], by=system("records"), at=at - dt.timedelta(days=28 * months))
    for one in documents.adoptions():
        for head, words in _WEIGHED.items():
            Consideration.unscoped.create(
                version=one.version_id, head=head, words=words,
                at=clock.start_of(one.adopted_on), by=owner,
            )  # fmt: skip
    _tied(by=system("demonstration"), at=at)
    _reported(dt.date(year + 1, 11, 20), owner)


@deed("terms.reviewed")
def _gone_through(lines: int, owner: uuid.UUID | None, *, by: Actor, at: dt.datetime) -> None:
    let(bool(by.system))
    row = TermsReview.unscoped.create(lines=lines, differ=1, at=at, by=owner)
    leave("terms.reviewed", about=row.pk)


def _tied(*, by: Actor, at: dt.datetime) -> None:
    """What is followed is a reading of the latest of the adopted plans."""
    known = plans_known.followed(clock.day_of(at))
    texts = [one for one in documents.adoptions() if one.document == "plan"]
    if known is not None and texts:
        adoption, latest = plans_known.adoption_behind(known.now), texts[-1]
        plans.tie_text(adoption.pk, latest.version_id, latest.sha256, "", by=by, at=at)


_WEIGHED = {
    Consideration.Head.LAW: "Lagen (2025:170) om informationsutbyte har kommit till.",
    Consideration.Head.EXPERIENCE: "De flesta hör av sig först när någon frågar.",
    Consideration.Head.SURROUNDINGS: "Fler möten hålls på distans.",
    Consideration.Head.TRENDS: "Hoten kommer oftare i sociala medier.",
    Consideration.Head.RISKS: "Hemadresser går att köpa för några kronor.",
}


def _reported(on: dt.date, owner: uuid.UUID | None) -> None:
    """A report that was made, and the board's meeting a week later."""
    made = clock.start_of(on) + dt.timedelta(hours=9)
    found = queries.stand(made)
    if found is None:
        return
    report = Report.unscoped.create(
        election=found.election, language="sv", wanted_at=made, wanted_by=owner
    )
    sweeps.make(report, at=made)
    Report.unscoped.filter(pk=report.pk).update(
        made_at=made,
        delivered_on=on + dt.timedelta(days=7),
        section="187",
        reference=f"KS {on:%Y}/00530",
        delivered_at=made + dt.timedelta(days=8),
        delivered_by=owner,
    )
