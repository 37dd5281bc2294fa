"""The assessment: a version at a time, and a second person when it is serious."""

import datetime as dt
from dataclasses import dataclass, field

from varna.cases.actions import ground
from varna.cases.models import Assessment, Case, Classification
from varna.cases.queries import latest_assessment, parts
from varna.cases.rules.judging import Level, needs_second, why_not_judge, why_not_second
from varna.cases.rules.steps import State
from varna.cases.sealed import Observation, Reasoning
from varna.foundation.access.queries import holders
from varna.foundation.access.rules import Relation
from varna.foundation.accounts.queries import is_same_person
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, locked, refuse
from varna.foundation.notices import actions as notices
from varna.foundation.vault import service as vault


@dataclass(frozen=True, slots=True)
class Judgement:
    """`observations` and `questions` by their codes; the questions are the four, each in words."""

    level: Level
    overall: str
    took_part: str
    review_on: dt.date
    observations: dict[str, Observation] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)


@deed("case.assessed")
def assess(case: Case, judgement: Judgement, *, by: Actor, at: dt.datetime) -> Assessment:
    """Write a new version; the earlier ones stay. The first one sets the case going."""
    case = ground.held(case)
    refuse(why_not_judge(case.state))
    before = latest_assessment(case)
    version = Assessment(
        case=case,
        at=at,
        by=by.account,
        version=before.version + 1 if before else 1,
        level=judgement.level,
        review_on=judgement.review_on,
    )
    vault.writer(case.pk).seal(
        version,
        "judgement",
        Reasoning(
            judgement.overall, judgement.took_part, judgement.observations, judgement.questions
        ),
    )
    version.save(force_insert=True)
    case.level = judgement.level
    case.save(update_fields=["level"])
    leave("case.assessed", about=case.pk, version=version.version, level=int(judgement.level))
    if case.state == State.RECEIVED:
        ground.take_step(case, State.TRIAGED, by=by, at=at)
    if case.state == State.TRIAGED:
        ground.take_step(case, State.UNDER_WAY, by=by, at=at)
    if needs_second(judgement.level):
        _ask_for_second(case, by=by, at=at)
    ground.reclock(case)
    return version


def _ask_for_second(case: Case, *, by: Actor, at: dt.datetime) -> None:
    others = holders(case.pk, Relation.LEAD, Relation.ASSIGNED, at=at) - {by.account}
    tell = notices.call_duty if case.level == Level.ACUTE else notices.tell
    tell({one for one in others if one is not None}, at=at)


@deed("case.second")
def second(
    case: Case, assessment: Assessment, *, agrees: bool, words: str, by: Actor, at: dt.datetime
) -> None:
    """Another person has looked at a serious assessment, agreeing or not."""
    case = ground.held(case)
    assessment = locked(parts(Assessment, case), assessment.pk)
    refuse(
        why_not_second(
            level=assessment.level,
            is_author=is_same_person(assessment.by, by),
            seen=assessment.second_at is not None,
        )
    )
    assessment.second_by, assessment.second_at, assessment.second_agrees = by.account, at, agrees
    vault.writer(case.pk).seal(assessment, "second_words", words)
    assessment.save(update_fields=["second_by", "second_at", "second_agrees", "second_words"])
    leave(
        "case.second", about=case.pk, version=assessment.version, agrees="yes" if agrees else "no"
    )
    if assessment.by:
        notices.tell([assessment.by], at=at)
    ground.reclock(case)


@deed("case.classified")
def classify(case: Case, codes: dict[str, str], *, by: Actor, at: dt.datetime) -> None:
    """Set what the case is counted as; codes only, the newest replaces."""
    case = ground.held(case)
    Classification.unscoped.update_or_create(
        case=case, defaults={**codes, "at": at, "by": by.account}
    )
    leave("case.classified", about=case.pk, fields=sorted(codes))
