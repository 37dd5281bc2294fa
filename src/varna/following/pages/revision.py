"""A revision's checklist: five heads, the lessons, and the figures since the version before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from varna.cases.actions.lessons import Learnt, read_lessons
from varna.documents import queries as documents
from varna.documents.models import Version
from varna.following import queries
from varna.following.models import Consideration
from varna.following.pages.report import figures
from varna.foundation import clock
from varna.foundation.accounts.queries import names
from varna.foundation.accounts.rules import Actor


@dataclass(frozen=True, slots=True)
class Head:
    """One thing that must be weighed, and what has been written under it."""

    label: str | Promise
    said: list[tuple[Consideration, str]]


@dataclass(frozen=True, slots=True)
class Weighed:
    lesson: Learnt
    done: bool


@dataclass(frozen=True, slots=True)
class RevisionPage:
    version: Version
    since: dt.date | None  # the version before was adopted
    heads: list[Head]
    lessons: list[Weighed]
    figures: Sequence[tuple[str, str]]

    @property
    def left(self) -> int:
        """How many of the five heads nobody has written under."""
        return sum(1 for head in self.heads if not head.said)


def revision(version: Version, *, by: Actor, at: dt.datetime) -> RevisionPage:
    today = clock.day_of(at)
    before = _before(version)
    said = list(queries.considerations_of(version.pk))
    known = names([one.by for one in said])
    weighed = queries.lessons_weighed(version.pk)
    lessons = [one for one in read_lessons(by=by, at=at) if before is None or one.on > before]
    return RevisionPage(
        version,
        before,
        [
            Head(
                label,
                [(one, known.get(one.by, "–")) for one in said if one.head == value and one.by],
            )
            for value, label in Consideration.Head.choices
        ],
        [Weighed(one, one.id in weighed) for one in lessons],
        figures(before or today - dt.timedelta(days=365), today),
    )


def _before(version: Version) -> dt.date | None:
    """When the version that this one is to replace was adopted."""
    days = [
        one.adopted_on
        for one in documents.adoptions()
        if one.document == version.document.code
        and one.version_id != version.pk
        and (version.adopted_on is None or one.adopted_on < version.adopted_on)
    ]
    return max(days, default=None)
