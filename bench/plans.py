"""The plan's calendar and standing, without a database."""

import datetime as dt
import time
import uuid
from typing import Any

from varna.following.queries import moment
from varna.foundation import clock
from varna.plan.queries import plan_in
from varna.plan.rules.calendar import election_day, occurrences
from varna.plan.rules.history import Noted, Version
from varna.plan.rules.standings import Proof, standings
from varna.plan.rules.terms import Assignment, PlanFile
from varna.standing.rules import facts
from varna.standing.rules.status import status


PERIODS, PEOPLE = 20, 600


def measured(plans: int) -> dict[str, Any]:
    plan = plan_in("vasteras-2018")
    return {"many_s": round(_many(plan, plans), 2), "whole_ms": round(_whole(plan) * 1000, 2)}


def _many(plan: PlanFile, plans: int) -> float:
    """So many plans in 20 mandate periods: every occurrence, and how it stands half done."""
    elections = [election_day(plan.mandate.elections, 2026 + 4 * n) for n in range(PERIODS)]
    began = time.perf_counter()
    for _number in range(plans):
        for election in elections:
            boards = dt.date(election.year, 11, 26)
            by_commitment: dict[str, list[Any]] = {}
            for row in occurrences(plan, election, {"boards-elected": boards}):
                by_commitment.setdefault(row.commitment, []).append(row)
            for rows in by_commitment.values():
                done = [Proof(one.opens_on, str(one.turn)) for one in rows if one.opens_on]
                standings(rows, done[::2], dt.date(election.year + 2, 5, 1), dt.date(2020, 1, 1))
    return time.perf_counter() - began


def _whole(plan: PlanFile) -> float:
    """One plan in one period with six hundred people and four trainings; the median of fifty."""
    people = [uuid.UUID(int=n) for n in range(PEOPLE)]
    days = [dt.date(2027, 3, 1), dt.date(2027, 9, 1), dt.date(2028, 3, 1), dt.date(2028, 9, 1)]
    world = facts.World(
        members=(facts.Members(frozenset(people), Assignment.ELECTED, facts.Life()),),
        offers=tuple(
            facts.OfferFact(f"session:{day}", day, {day: frozenset(people)}) for day in days
        ),
    )
    history = (Version(plan, dt.date(2018, 6, 20)),)
    noted = (Noted("boards-elected", dt.date(2026, 11, 26)),)
    at = moment(clock.start_of(dt.date(2028, 10, 1)), dt.date(2026, 10, 15))
    took = []
    for _number in range(50):
        began = time.perf_counter()
        status(history, noted, dt.date(2026, 9, 13), world, at)
        took.append(time.perf_counter() - began)
    return sorted(took)[len(took) // 2]
