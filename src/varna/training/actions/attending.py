"""Note who took part: by the list, by the code in the room, by the self-study."""

import datetime as dt
import hmac
import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction

from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.invitations import queries as invitations
from varna.invitations.actions import answering
from varna.invitations.models import Invitation
from varna.invitations.rules import Answer
from varna.training import queries, rules
from varna.training.models import Attendance, CourseStep, Session
from varna.training.rules import How, Part
from varna.training.words.course import PARTS


class WrongCodeError(Exception):
    """It is not the code of this session."""


class NotNowError(Exception):
    """The code counts around the time of the session."""


@transaction.atomic
def mark(
    session: Session,
    *,
    here: Iterable[uuid.UUID],
    shown: Iterable[uuid.UUID],
    by: Actor,
    at: dt.datetime,
) -> None:
    """Note who of those shown on the list was here. Whoever was not shown stays as they were."""
    present = set(here) & set(shown)
    known = queries.attended(session.pk)
    fresh = present - set(known)
    gone = {person for person in set(shown) - present if known.get(person) == How.LIST}
    _note(session, fresh, How.LIST, by=by, at=at)
    Attendance.unscoped.filter(session=session, person__in=gone).delete()
    if fresh or gone:
        audit.record(
            "training.attendance",
            by=by,
            at=at,
            about=session.pk,
            here=len(fresh),
            not_here=len(gone),
        )


def _note(
    session: Session, people: Iterable[uuid.UUID], how: How, *, by: Actor, at: dt.datetime
) -> None:
    Attendance.unscoped.bulk_create(
        [
            Attendance(session=session, person=person, how=how, at=at, noted_by=by.reference)
            for person in people
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def attend_by_code(
    session: Session, invitation: Invitation, written: str, *, by: Actor, at: dt.datetime
) -> None:
    """The invited person writes the code that was shown in the room."""
    occasion = session.occasion
    if occasion.cancelled_at or not rules.code_counts(occasion.starts_at, occasion.ends_at, at):
        raise NotNowError
    given = rules.tidy_code(written).encode()
    if not hmac.compare_digest(given, session.code.encode()):
        raise WrongCodeError
    _note(session, [invitation.invitee], How.CODE, by=by, at=at)
    audit.record("training.attended", by=by, at=at, about=session.pk, invitation=str(invitation.pk))


@transaction.atomic
def pass_part(
    session: Session,
    token: str,
    number: int,
    answers: Mapping[str, int],
    *,
    by: Actor,
    at: dt.datetime,
) -> bool:
    """Go through a part of the self-study; the last one makes it whole. Answer if it was passed."""
    part: Part = PARTS[number - 1]
    invitation = invitations.by_token(token)
    if invitation is None or not rules.all_right(part, answers):
        return False
    CourseStep.unscoped.get_or_create(
        session=session, person=invitation.invitee, part=number, defaults={"at": at}
    )
    answering.answer(token, Answer.YES, by=by, at=at)
    if len(queries.steps(session.pk, invitation.invitee)) == len(PARTS):
        _note(session, [invitation.invitee], How.COURSE, by=by, at=at)
    audit.record(
        "training.part_passed", by=by, at=at, about=session.pk,
        invitation=str(invitation.pk), part=number,
    )  # fmt: skip
    return True
