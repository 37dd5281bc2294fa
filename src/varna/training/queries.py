"""What training can be asked: sessions, four figures, and who has been vouched for."""

import datetime as dt
import uuid
from dataclasses import dataclass

from varna.foundation import clock
from varna.foundation.accounts.queries import names_of
from varna.foundation.accounts.rules import Actor, system
from varna.invitations import queries as invitations
from varna.invitations.models import Invitation, keeps_invitations
from varna.invitations.rules import Answer
from varna.organisation import queries as register
from varna.organisation.rules.roles import Group
from varna.training import models
from varna.training.models import Attendance, CourseStep, Session, SessionQuerySet
from varna.training.rules import Confirmation, How, Offer, What


__all__ = ["Confirmation", "Offer", "confirmations", "offers"]


def sessions(actor: Actor) -> SessionQuerySet:
    return Session.visible_to(actor)


def find_session(actor: Actor, pk: uuid.UUID) -> Session | None:
    return Session.visible_to(actor).filter(pk=pk).first()


def session_of(invitation: Invitation) -> Session | None:
    """The session that an invitation is to; for whoever has come by its link."""
    found = Session.unscoped.filter(occasion=invitation.occasion_id)
    return found.select_related("occasion").first()


def own_course(actor: Actor) -> str | None:
    """The token of one's own invitation to the self-study that was opened last, if there is one."""
    open_ones = Session.unscoped.filter(is_course=True, occasion__cancelled_at=None)
    newest = open_ones.order_by("-opened_on").first()
    if newest is None or actor.person is None:
        return None
    return invitations.own_token(newest.occasion_id, actor.person)


def waiting_to_catch_up(day: dt.date) -> list[Session]:
    """Sessions whose invitations have been sent, and that have not been looked through today."""
    return list(
        Session.unscoped.filter(occasion__cancelled_at=None)
        .exclude(invited_at=None)
        .exclude(caught_up_on=day)
        .select_related("occasion")
    )


# ── evidence for the plan ─────────────────────────────────────────────────────────────────────
def offers() -> list[Offer]:
    """Every session that is not cancelled, planned ones too, and the self-study."""
    return offers_of(Session.unscoped.filter(occasion__cancelled_at=None))


def offers_of(sessions: SessionQuerySet) -> list[Offer]:
    found = list(sessions.select_related("occasion"))
    occasions = [session.occasion_id for session in found]
    sent = invitations.sent_days(occasions)
    accepted = invitations.answered(occasions, Answer.YES)
    attended: dict[uuid.UUID, set[uuid.UUID]] = {session.pk: set() for session in found}
    known: dict[uuid.UUID, set[uuid.UUID]] = {session.pk: set() for session in found}
    rows = Attendance.unscoped.filter(session__in=list(attended))
    for session, person, how in rows.values_list("session", "person", "how"):
        attended[session].add(person)
        if how == How.COURSE:
            known[session].add(person)
    vouched = models.Confirmation.unscoped.filter(
        session__in=list(attended), what=What.COMPETENCE
    ).values_list("session", "person")
    for session, person in vouched:
        if session is not None:
            known[session].add(person)
    return [
        Offer(
            reference=f"session:{session.pk}",
            title=session.occasion.title,
            held_on=session.held_on,
            sent=sent[session.occasion_id],
            accepted=frozenset(accepted[session.occasion_id]),
            attended=frozenset(attended[session.pk]),
            known=frozenset(known[session.pk]),
            is_course=session.is_course,
            planned_on=clock.day_of(session.occasion.made_at),
            subjects=frozenset(session.subjects),
        )
        for session in found
    ]


def confirmations() -> list[Confirmation]:
    rows = models.Confirmation.unscoped.all()
    return [
        Confirmation(f"confirmation:{row.pk}", row.person, row.what, row.on, row.by) for row in rows
    ]


# ── people ────────────────────────────────────────────────────────────────────────────────────
def audience(groups: list[Group], day: dt.date) -> set[uuid.UUID]:
    """Everybody in these groups on this day; nobody when no group is chosen."""
    return register.people_in_office(day, *groups) if groups else set()


def attended(session: uuid.UUID) -> dict[uuid.UUID, str]:
    """Who took part, and how that is known."""
    rows = Attendance.unscoped.filter(session=session)
    return dict(rows.values_list("person", "how"))


def attended_on(session: Session, person: uuid.UUID) -> dt.date | None:
    """The day on somebody's certificate: of the session, or when the self-study was done."""
    row = Attendance.unscoped.filter(session=session, person=person).first()
    if row is None:
        return None
    return clock.day_of(row.at) if session.is_course else session.held_on


def steps(session: uuid.UUID, person: uuid.UUID) -> set[int]:
    found = CourseStep.unscoped.filter(session=session, person=person)
    return set(found.values_list("part", flat=True))


def certificate_name(person: uuid.UUID) -> str:
    """The name on a paper of one's own. A protected name is left for its owner to write."""
    found = register.find_person(system("certificate"), person, at=clock.now())
    return "" if found is None or found.protected else found.name


@dataclass(frozen=True, slots=True)
class Vouched:
    """Somebody on full time, and the latest day of each thing that the law adds."""

    person: uuid.UUID
    name: str
    competence: dt.date | None
    risk: dt.date | None


def full_time(actor: Actor, day: dt.date, *, at: dt.datetime) -> list[Vouched]:
    people = register.people_in_office(day, Group.FULL_TIME)
    names = register.names_for(actor, people, at=at)
    latest: dict[tuple[uuid.UUID, str], dt.date] = {}
    for row in confirmations():
        key = (row.person, row.what)
        latest[key] = max(row.on, latest.get(key, row.on))
    found = [
        Vouched(pk, names[pk], latest.get((pk, What.COMPETENCE)), latest.get((pk, What.RISK)))
        for pk in people
    ]
    return sorted(found, key=lambda one: (one.name, one.person))


def confirmations_of(actor: Actor, person: uuid.UUID) -> "list[tuple[models.Confirmation, str]]":
    """What has been confirmed about somebody, each with the name of whoever did it."""
    if not keeps_invitations(actor):
        return []
    rows = list(models.Confirmation.unscoped.filter(person=person))
    names = names_of(row.by for row in rows)
    return [(row, names.get(row.by, "")) for row in rows]


def find_confirmation(actor: Actor, pk: uuid.UUID) -> "models.Confirmation | None":
    if not keeps_invitations(actor):
        return None
    return models.Confirmation.unscoped.filter(pk=pk).first()


def trained_among(people: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those who have come to something, gone through a part, or been confirmed."""
    return {
        person
        for model in (Attendance, CourseStep, models.Confirmation)
        for person in model.unscoped.filter(person__in=people).values_list("person", flat=True)
    }
