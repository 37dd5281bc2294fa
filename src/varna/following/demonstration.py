"""The demonstration's plan: half a mandate behind it, and every standing somewhere in it.

The plan that comes with Värna, with elections moved to the invented municipality's own, and two
commitments more: one waits for something, one is older than the use of Värna.
"""

import datetime as dt

from django.db import transaction

from varna.following.models import Deviation, Responsible, Statement
from varna.foundation import clock
from varna.foundation.accounts import queries as accounts
from varna.foundation.accounts.rules import Actor, Role
from varna.organisation.demonstration import election_year
from varna.plan import actions as plans
from varna.plan import queries
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
    if queries.followed(today) is not None:
        return
    election = election_day(SWEDISH_MANDATE.elections, election_year(at))
    text = queries.text_in("vasteras-2018").decode()
    known = f"known = {SWEDISH_MANDATE.elections.known}"
    text = text.replace(known, f"known = {election}") + _MORE
    began = clock.start_of(dt.date(election.year + 1, 6, 1)) + dt.timedelta(hours=9)
    edition = plans.read_plan(text.encode(), by=by, at=began)
    plans.adopt_plan(edition.pk, from_on=dt.date(2018, 6, 20), decision="KS § 112", by=by, at=began)
    boards = dt.date(election.year, 11, 16)
    plans.note_event(BOARDS_ELECTED, on=boards, by=by, at=began)
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


_STATED = {
    "prevent-handle-evaluate": "Årsrapporten går igenom läget före, under och efter händelser.",
    "plan-complied-with": "Rapporten om hur planen följs lämnades till kommunstyrelsen.",
    "treated-as-employees": "Stödet är jämfört med det som anställda får. Två skillnader är kvar.",
    "survey-officials": "Enkäten gick till alla förtroendevalda. Var tredje svarade inte.",
    "meetings-walked-through": "Vaktmästarna gick igenom alla salar.",
    "records-law": "Arkivarien och dataskyddsombudet har gått igenom rutinerna.",
}
