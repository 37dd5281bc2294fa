"""Two years of training for the demonstration municipality, and what comes next.

Made from a fixed seed; made again it changes nothing.
"""

import datetime as dt
import random
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let
from varna.invitations.actions import arranging
from varna.invitations.demonstration import pretend, pretend_answers
from varna.invitations.models import Invitation
from varna.invitations.rules import Answer, Details
from varna.organisation.rules.roles import Group
from varna.training import queries
from varna.training.actions import confirming
from varna.training.models import KIND, Attendance, CourseStep, Session
from varna.training.rules import CODE_LENGTH, CODE_LETTERS, How, What
from varna.training.words import course


SPACE = uuid.UUID("0c9b2f0e-6a59-5d5b-9f0c-3a4d7a5e1c88")
SEED = 1812
AUDIENCE = (
    Group.ELECTED, Group.DEPUTY, Group.AUDITOR, Group.FULL_TIME, Group.POLITICAL_SECRETARY,
    Group.BOARD_SECRETARY,
)  # fmt: skip
TRAINER = "Alva Lind"


@dataclass(frozen=True, slots=True)
class _Held:
    """One session: how many days from today, how many days before it the mails left."""

    key: str
    title: str
    text: str
    days: int
    asked: int | None  # None: nobody has been invited yet
    seats: int | None = None
    yes: float = 0.55
    came: float = 0.8


# About one a half-year; the half-year in between has none, as happens.
SESSIONS = (
    _Held(
        "first",
        "Trygg som förtroendevald",
        "Grunderna: vad otillåten påverkan är, vart du vänder dig och vilket stöd du kan få.",
        days=-690,
        asked=30,
    ),
    _Held(
        "media",
        "Trygg i sociala medier",
        "Inställningar, sparade bevis och vad du gör när det blåser.",
        days=-505,
        asked=25,
        yes=0.4,
    ),
    _Held(
        "meeting",
        "Trygg på mötet",
        "Entré, placering och en väg ut. Hur en nämnd går igenom sin dagordning.",
        days=-140,
        asked=28,
        yes=0.6,
    ),
    _Held(
        "next",
        "När något händer",
        "Vi övar: ett samtal, ett brev, ett besök. Ta med egna frågor.",
        days=12,
        asked=9,
        seats=120,
        yes=0.35,
    ),
    _Held(
        "spring",
        "Trygg som förtroendevald",
        "Grunderna för dig som är ny, och en påminnelse för dig som varit med.",
        days=125,
        asked=None,
    ),
)


@transaction.atomic
def fill(*, by: Actor, at: dt.datetime) -> None:
    """Sessions past and coming, the self-study, and what has been confirmed about whom."""
    if Session.unscoped.filter(pk=uuid.uuid5(SPACE, SESSIONS[0].key)).exists():
        return
    dice = random.Random(SEED)  # noqa: S311 (an invented past, not a secret)
    for held in SESSIONS:
        _session(held, dice, by=by, at=at)
    _self_study(dice, by=by, at=at)
    for number, person in enumerate(sorted(queries.audience([Group.FULL_TIME], clock.day_of(at)))):
        on = clock.day_of(at) - dt.timedelta(days=20 + number)
        if number % 4 != 3:
            confirming.confirm(person, What.COMPETENCE, on=on, by=by, at=at)
        if number % 3:
            confirming.confirm(person, What.RISK, on=on, by=by, at=at)


def _workday(day: dt.date) -> dt.date:
    return clock.workdays_after(day, 0)


def _people(sent_on: dt.date, at: dt.datetime) -> list[uuid.UUID]:
    """Who was in office then, and who is today: the invented register has a short past."""
    days = {sent_on, clock.day_of(at)}
    return sorted(set().union(*(queries.audience(list(AUDIENCE), day) for day in days)))


def _made(key: str, details: Details, *, by: Actor, at: dt.datetime) -> Session:
    occasion = arranging.arrange(
        details,
        kind=KIND,
        by=by,
        at=at,
        answer_url="training:invited",
        pk=uuid.uuid5(SPACE, f"occasion:{key}"),
    )
    dice = random.Random(key)  # noqa: S311 (the demonstration's own codes)
    made = Session(
        id=uuid.uuid5(SPACE, key),
        occasion=occasion,
        trainer=TRAINER if details.starts_at else "",
        audience=[group.value for group in AUDIENCE],
        is_course=details.starts_at is None,
        opened_on=clock.day_of(at),
        code="".join(dice.choices(CODE_LETTERS, k=CODE_LENGTH)),
    )
    return _planned(made, by=by, at=at)


@deed("training.planned")
def _planned(session: Session, *, by: Actor, at: dt.datetime) -> Session:  # noqa: ARG001 (its frame reads it)
    let(bool(by.system))
    session.save(force_insert=True)
    leave("training.planned", about=session.pk, audience=session.audience)
    return session


def _session(held: _Held, dice: random.Random, *, by: Actor, at: dt.datetime) -> None:
    day = _workday(clock.day_of(at) + dt.timedelta(days=held.days))
    starts = dt.datetime.combine(day, dt.time(13), clock.STOCKHOLM)
    asked = starts - dt.timedelta(days=held.asked or 0, hours=4) if held.asked else None
    details = Details(
        title=held.title,
        text=held.text,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=2),
        place="Stadshuset, sessionssalen",
        seats=held.seats,
    )
    session = _made(held.key, details, by=by, at=asked or at)
    if asked is None:
        return
    people = _people(clock.day_of(asked), at)
    without = dice.sample(people, 5)
    open_still = starts > at
    rows = pretend(
        session.occasion,
        people,
        left_at=asked,
        by_hand=without[:3] if open_still else without,
        to_give=without[3:] if open_still else (),
    )
    answers = [_answer(dice, held.yes) for _ in rows]
    pretend_answers(rows, answers, at=asked + dt.timedelta(days=1))
    _note_sent(session, asked, at)
    if not open_still:
        came = [row for row in rows if row.answer == Answer.YES and dice.random() < held.came]
        _attend(session, came, How.LIST, at=starts, by=by)


def _note_sent(session: Session, asked: dt.datetime, at: dt.datetime) -> None:
    session.invited_at, session.caught_up_on = asked, clock.day_of(at)
    session.save(update_fields=["invited_at", "caught_up_on"])


def _answer(dice: random.Random, yes: float) -> Answer | None:
    drawn = dice.random()
    if drawn < yes:
        return Answer.YES
    if drawn < yes + 0.15:
        return Answer.NO
    return Answer.MAYBE if drawn < yes + 0.2 else None


def _attend(
    session: Session, rows: list[Invitation], how: How, *, at: dt.datetime, by: Actor
) -> None:
    Attendance.unscoped.bulk_create(
        [
            Attendance(session=session, person=row.invitee, how=how, at=at, noted_by=by.reference)
            for row in rows
        ],
        batch_size=500,
    )


def _self_study(dice: random.Random, *, by: Actor, at: dt.datetime) -> None:
    """Open for half a year: a third have gone through it, some have begun."""
    opened = at - dt.timedelta(days=190)
    with translation.override("sv"):
        details = Details(title=str(course.TITLE), text=str(course.TEXT))
    session = _made("course", details, by=by, at=opened)
    rows = pretend(session.occasion, _people(clock.day_of(opened), at), left_at=opened)
    parts = [dice.choices([0, 1, 2, 3], [55, 6, 4, 35])[0] for _ in rows]
    began = [Answer.YES if done else None for done in parts]
    pretend_answers(rows, began, at=opened + dt.timedelta(days=2))
    CourseStep.unscoped.bulk_create(
        [
            CourseStep(
                session=session, person=row.invitee, part=number, at=row.answered_at or opened
            )
            for row, done in zip(rows, parts, strict=True)
            for number in range(1, done + 1)
        ],
        batch_size=500,
    )
    through = [row for row, done in zip(rows, parts, strict=True) if done == 3]
    _attend(session, through, How.COURSE, at=opened + dt.timedelta(days=9), by=by)
    _note_sent(session, opened, at)
