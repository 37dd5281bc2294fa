"""What the page about a version shows."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise

from varna.plan import queries, words
from varna.plan.models import Adoption, Edition
from varna.plan.rules.history import Fate, changes
from varna.plan.rules.questions import ask
from varna.plan.rules.terms import PlanFile


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment, and what becomes of it."""

    name: str
    title: str
    fate: str
    label: str | Promise
    what: str


@dataclass(frozen=True, slots=True)
class Review:
    """A version beside the one that is followed."""

    title: str
    reference: str
    adopted_on: dt.date
    adoption: Adoption | None
    against: str  # the version that it is compared with; empty when it is the first
    lines: list[Line]
    questions: list[str]


def review(edition: Edition, today: dt.date) -> Review:
    plan, known = queries.plan_of(edition), queries.followed(today)
    adoption = queries.adoption_of(edition.pk)
    old = None
    if known is not None:
        before = [v.plan for v in known.history if v.edition != str(edition.pk)]
        if adoption is not None:
            here = [v.edition for v in known.history].index(str(edition.pk))
            before = [v.plan for v in known.history[:here]]
        old = before[-1] if before else None
    return Review(
        words.in_language(plan.title),
        words.plain(plan.reference),
        plan.adopted_on,
        adoption,
        words.plain(old.version) if old else "",
        list(_lines(old, plan)),
        [words.question(asked) for asked in ask(plan)],
    )


def _lines(old: PlanFile | None, new: PlanFile) -> list[Line]:
    titles = {one.id: one.title for plan in (old, new) if plan for one in plan.commitments}
    return [
        Line(
            change.commitment,
            words.in_language(titles[change.commitment]),
            change.fate,
            words.FATES[Fate(change.fate)],
            ", ".join(str(words.KEYS.get(key, key)) for key in change.keys),
        )
        for change in changes(old, new)
    ]
