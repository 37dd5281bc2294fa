"""Note who took part: by the list, by the code in the room, by the self-study."""

import datetime as dt
import hmac
import uuid
from collections.abc import Iterable, Mapping

from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let, refuse, unchanged
from varna.invitations.actions import answering
from varna.invitations.actions.answering import let_through
from varna.invitations.models import keeps_invitations
from varna.invitations.rules import Answer
from varna.training import queries, rules
from varna.training.models import Attendance, CourseStep, Session
from varna.training.rules import How, Part
from varna.training.words.course import PARTS


@deed("training.attendance")
def mark(
    session: Session,
    *,
    here: Iterable[uuid.UUID],
    shown: Iterable[uuid.UUID],
    by: Actor,
    at: dt.datetime,
) -> None:
    """Note who of those shown on the list was here. Whoever was not shown stays as they were."""
    let(keeps_invitations(by))
    present = set(here) & set(shown)
    known = queries.attended(session.pk)
    fresh = present - set(known)
    gone = {person for person in set(shown) - present if known.get(person) == How.LIST}
    _note(session, fresh, How.LIST, by=by, at=at)
    Attendance.unscoped.filter(session=session, person__in=gone).delete()
    if not fresh and not gone:
        unchanged()
    else:
        leave("training.attendance", about=session.pk, here=len(fresh), not_here=len(gone))


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


@deed("training.attended", weak=True)
def attend_by_code(
    session: Session, token: str, written: str, *, by: Actor, at: dt.datetime
) -> None:
    """The invited person writes the code that was shown in the room."""
    occasion = session.occasion
    invitation = let_through(token)
    let(invitation.occasion_id == occasion.pk)
    given = rules.tidy_code(written).encode()
    counts = rules.code_counts(occasion.starts_at, occasion.ends_at, at)
    refuse(
        rules.why_not_attend(
            counts=counts and occasion.cancelled_at is None,
            right=hmac.compare_digest(given, session.code.encode()),
        )
    )
    _note(session, [invitation.invitee], How.CODE, by=by, at=at)
    leave("training.attended", about=session.pk, invitation=str(invitation.pk))


@deed("training.part_passed", weak=True)
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
    invitation = let_through(token)
    let(invitation.occasion_id == session.occasion_id)
    if not rules.all_right(part, answers):
        unchanged()
        return False
    CourseStep.unscoped.get_or_create(
        session=session, person=invitation.invitee, part=number, defaults={"at": at}
    )
    answering.answer(token, Answer.YES, by=by, at=at)
    if len(queries.steps(session.pk, invitation.invitee)) == len(PARTS):
        _note(session, [invitation.invitee], How.COURSE, by=by, at=at)
    leave(
        "training.part_passed", about=session.pk,
        invitation=str(invitation.pk), part=number)  # fmt: skip
    return True
