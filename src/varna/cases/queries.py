"""Facts and figures about cases: for the rules, and for other rooms. Never rows to other rooms."""

import datetime as dt
import hmac
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db.models import Min, QuerySet

from varna.cases import words
from varna.cases.additions import additions
from varna.cases.models import Assessment, Case, Closing, Disposal, Lesson, LinkedReport, Part
from varna.cases.rules.clocks import Due, Limits, Times, dues, limits_from
from varna.cases.rules.counting import Moment
from varna.cases.rules.judging import needs_second
from varna.cases.rules.steps import Facts
from varna.foundation import clock
from varna.foundation.keys.rules import join
from varna.foundation.keys.store import keystore
from varna.reports.models import Report


P = TypeVar("P", bound=Part)


def parts(kind: type[P], case: Case) -> QuerySet[P]:
    """Everything of one kind that belongs to a case which the caller has found for its actor."""
    return kind.unscoped.filter(case=case)


def case_of(report: uuid.UUID) -> tuple[uuid.UUID, str] | None:
    """The case that a report is linked to, and where it stands."""
    link = LinkedReport.unscoped.select_related("case").filter(report=report).first()
    return (link.case_id, link.case.state) if link else None


def situation(first: dt.date, last: dt.date) -> list[tuple[str, str, int]]:
    """How many cases of each level were opened between two days, for the meetings with partners:
    the level's code, its words, and the count. Whoever shows it asks `figures.shown`.
    """
    opened = Case.unscoped.filter(
        opened_at__gte=clock.start_of(first), opened_at__lte=clock.end_of(last)
    )
    counted = Counter(opened.exclude(level=None).values_list("level", flat=True))
    return [(str(int(level)), str(label), counted[level]) for level, label in words.LEVEL.items()]


def is_empty() -> bool:
    """No case has been opened yet: an installation that the demonstration may fill."""
    return not Case.unscoped.exists()


def is_weighed(case: Case) -> bool:
    """Whether there is a lesson, or a reason for none, from the last time that it was closed."""
    last = Closing.unscoped.filter(case=case).order_by("at").last()
    return last is None or last.weighed


def latest_assessment(case: Case) -> Assessment | None:
    return Assessment.unscoped.filter(case=case).order_by("-version").first()


def _second_missing(latest: Assessment | None) -> bool:
    return latest is not None and needs_second(latest.level) and latest.second_at is None


def facts_of(case: Case) -> Facts:
    latest = latest_assessment(case)
    return Facts(
        state=case.state,
        assessed=latest is not None,
        second_missing=_second_missing(latest),
        open_measures=sum(room.left_open(case) for room in additions()),
    )


def times_of(case: Case) -> Times:
    latest = latest_assessment(case)
    return Times(
        opened_on=clock.day_of(case.opened_at),
        received_on=clock.day_of(case.received_at) if case.received_at else None,
        answered_on=clock.day_of(case.answered_at) if case.answered_at else None,
        assessed_on=clock.day_of(latest.at) if latest else None,
        review_on=latest.review_on if latest else None,
        second_missing=_second_missing(latest),
        closed_on=clock.day_of(case.closed_at) if case.closed_at else None,
        after_checked=case.after_checked_at is not None,
    )


def limits() -> Limits:
    return limits_from(settings.CASE_CLOCKS)


def dues_of(case: Case) -> list[Due]:
    more = [due for room in additions() for due in room.dues(case)]
    return dues(times_of(case), limits(), clock.workdays_after, more)


LEFT_LYING = dt.timedelta(days=30)


def disposals_left(at: dt.datetime) -> int:
    """How many disposals two people decided a month ago, and nobody has carried out."""
    decided = Disposal.unscoped.standing().filter(carried_out_at=None)
    return decided.filter(confirmed_at__lt=at - LEFT_LYING).count()


def asked_for() -> set[uuid.UUID]:
    """What somebody has asked to have destroyed, and nobody has taken back."""
    return set(Disposal.unscoped.standing().values_list("about", flat=True))


def disposed_of(rows: Iterable[Disposal]) -> dict[uuid.UUID, Case | Report]:
    """What these disposals are about; the caller has found them for its actor."""
    abouts = [row.about for row in rows]
    cases: dict[uuid.UUID, Case | Report] = {c.pk: c for c in Case.unscoped.filter(pk__in=abouts)}
    return cases | {report.pk: report for report in Report.unscoped.filter(pk__in=abouts)}


def reports_of(case: Case) -> list[uuid.UUID]:
    return list(LinkedReport.unscoped.filter(case=case).values_list("report", flat=True))


@dataclass(frozen=True, slots=True)
class CaseTimes:
    """When a case came, and when each thing that the plan promises was done. Nothing tells which
    case it is.
    """

    opened_at: dt.datetime
    received_at: dt.datetime | None
    closed_at: dt.datetime | None
    assessed_at: dt.datetime | None
    measured_at: dt.datetime | None
    supported_at: dt.datetime | None  # the first measure that is support to the person
    health_at: dt.datetime | None
    evaluated_at: dt.datetime | None  # both the talk at closing and the check afterwards
    weighed_at: dt.datetime | None = None  # a lesson was kept, or why there is none
    whom: str = ""  # a code; blank: nobody has said


def case_times() -> list[CaseTimes]:
    """Every case's moments, in no order that could be followed."""
    cases = Case.unscoped.order_by().values_list(
        "pk", "opened_at", "received_at", "closed_at", "after_checked_at", "whom"
    )
    assessed, ended = first_of(Assessment.unscoped.all()), first_of(Closing.unscoped.all())
    weighed = first_of(Closing.unscoped.filter(weighed=True))
    more: dict[Moment, dict[uuid.UUID, dt.datetime]] = {moment: {} for moment in Moment}
    for room in additions():
        for moment, found in room.moments().items():
            more[moment] |= found
    return sorted(
        (
            CaseTimes(
                opened_at=opened,
                received_at=received,
                closed_at=closed,
                assessed_at=assessed.get(pk),
                measured_at=more[Moment.MEASURED].get(pk),
                supported_at=more[Moment.SUPPORTED].get(pk),
                health_at=more[Moment.HEALTH_OFFERED].get(pk),
                evaluated_at=max(ended[pk], checked) if pk in ended and checked else None,
                weighed_at=weighed.get(pk),
                whom=whom,
            )
            for pk, opened, received, closed, checked, whom in cases
        ),
        key=lambda one: one.opened_at,
    )


def unopened() -> list[dt.datetime]:
    """When each report came that has become no case and was not put aside."""
    waiting = Report.unscoped.filter(set_aside_at=None, shredded_at=None)
    linked = LinkedReport.unscoped.values("report")
    return list(waiting.exclude(pk__in=linked).values_list("received_at", flat=True))


def first_of(rows: QuerySet[P]) -> dict[uuid.UUID, dt.datetime]:
    """When the first of them was written, by case."""
    told = rows.values("case").annotate(first=Min("at")).order_by()
    return dict(told.values_list("case", "first"))


def lesson_days() -> list[tuple[uuid.UUID, dt.date]]:
    """Every lesson's id and day, never its words."""
    return list(Lesson.unscoped.values_list("pk", "on"))


def person_index(person: uuid.UUID) -> bytes:
    """The keyed index by which an exposed person's cases are found."""
    key = keystore().secret("index")
    return hmac.digest(key, join("varna/exposed/v1", person.bytes), "sha256")
