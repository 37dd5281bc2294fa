"""Measures, police contacts and offers: for the rules, the pages and the case they belong to."""

import datetime as dt
import uuid

from django.db.models import Min, QuerySet

from varna.cases.models import Case
from varna.cases.queries import first_of, limits
from varna.cases.rules.clocks import Clock, Due
from varna.cases.rules.counting import Moment
from varna.foundation import clock
from varna.support.models import HealthOffer, Measure, PoliceContact
from varna.support.rules import OPEN_MEASURES, SUPPORT, MeasureState, review_on


def open_measures(case: Case) -> "QuerySet[Measure]":
    return Measure.unscoped.filter(case=case, state__in=OPEN_MEASURES)


def dues_of(case: Case) -> list[Due]:
    """When the open measures are to be gone through, and the police to be asked."""
    found = []
    oldest = open_measures(case).order_by("at").values_list("at", flat=True).first()
    if oldest is not None:
        days = limits().measure_review_days
        on = review_on(clock.day_of(oldest), case.measures_reviewed_on, days)
        found.append(Due(Clock.MEASURES, on))
    police = (
        PoliceContact.unscoped.filter(case=case, ended_on=None)
        .exclude(remind_on=None)
        .order_by("remind_on")
        .values_list("remind_on", flat=True)
        .first()
    )
    if police is not None:
        found.append(Due(Clock.POLICE, police))
    return found


def moments() -> dict[Moment, dict[uuid.UUID, dt.datetime]]:
    return {
        Moment.MEASURED: first_of(Measure.unscoped.all()),
        Moment.SUPPORTED: first_offered(),
        Moment.HEALTH_OFFERED: first_of(HealthOffer.unscoped.all()),
    }


def first_offered() -> dict[uuid.UUID, dt.datetime]:
    """By case, the end of the first day when the person was offered something that is support, and
    that was not ended without being done.
    """
    offered = Measure.unscoped.filter(measure_class__in=SUPPORT).exclude(offered_on=None)
    days = offered.exclude(state=MeasureState.ENDED).values("case").order_by()
    told = days.annotate(first=Min("offered_on")).values_list("case", "first")
    return {case: clock.end_of(day) for case, day in told}


def task(measure: uuid.UUID, cases: QuerySet[Case]) -> Measure | None:
    """A measure with a line for the administration, in one of these cases."""
    found = Measure.unscoped.filter(pk=measure, case__in=cases).exclude(task=None)
    return found.select_related("case").first()
