"""Plan a session or open the self-study, change it, call it off."""

import datetime as dt
import secrets
from dataclasses import dataclass

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let, locked
from varna.invitations.actions import arranging
from varna.invitations.models import keeps_invitations
from varna.invitations.rules import Details
from varna.training.models import KIND, Session
from varna.training.rules import CODE_LENGTH, CODE_LETTERS


ANSWER_URL = "training:invited"


@dataclass(frozen=True, slots=True)
class Plan:
    """What whoever arranges it has written; the details are what the invited are told."""

    details: Details
    audience: tuple[str, ...]  # codes of groups
    subjects: tuple[str, ...] = ()  # codes of what it is about
    trainer: str = ""
    material: str = ""
    material_link: str = ""


def _code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


@deed("training.planned")
def plan(wanted: Plan, *, by: Actor, at: dt.datetime) -> Session:
    """Plan a session; without a time it is the self-study, open from today. Nobody is invited."""
    let(keeps_invitations(by))
    occasion = arranging.arrange(wanted.details, kind=KIND, by=by, at=at, answer_url=ANSWER_URL)
    made = Session.unscoped.create(
        occasion=occasion,
        trainer=wanted.trainer,
        audience=list(wanted.audience),
        subjects=list(wanted.subjects),
        material=wanted.material,
        material_link=wanted.material_link,
        is_course=wanted.details.starts_at is None,
        opened_on=clock.day_of(at),
        code=_code(),
    )
    leave("training.planned", about=made.pk, audience=sorted(wanted.audience))
    return made


@deed("training.changed")
def change(session: Session, wanted: Plan, *, by: Actor, at: dt.datetime) -> int:
    """Change it. Those invited are told what they need to know; answer how many mails."""
    let(keeps_invitations(by))
    mails = arranging.change(session.occasion, wanted.details, by=by, at=at)
    row = locked(Session.unscoped, session.pk)
    row.trainer, row.audience = wanted.trainer, list(wanted.audience)
    row.subjects = list(wanted.subjects)
    row.material, row.material_link = wanted.material, wanted.material_link
    row.save()
    leave("training.changed", about=row.pk, audience=sorted(wanted.audience))
    return mails


@deed("training.cancelled")
def cancel(session: Session, *, by: Actor, at: dt.datetime) -> int:
    """Call it off. Whoever has had the invitation is told; answer how many mails."""
    let(keeps_invitations(by))
    mails = arranging.cancel(session.occasion, by=by, at=at)
    leave("training.cancelled", about=session.pk)
    return mails
