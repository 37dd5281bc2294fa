"""What the training pages show, gathered."""

import datetime as dt
import uuid
from dataclasses import dataclass

from varna.foundation.accounts.rules import Actor
from varna.invitations import queries as invitations
from varna.invitations.queries import Line
from varna.invitations.rules import Standing, is_over
from varna.invitations.words import STANDINGS, when
from varna.organisation import queries as register
from varna.organisation.models import GROUP_LABELS
from varna.training import queries, rules
from varna.training.models import Session, SessionQuerySet
from varna.training.rules import Figures, Offer


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list, with its four figures."""

    session: Session
    figures: Figures
    held: bool


def session_lines(sessions: SessionQuerySet, day: dt.date) -> tuple[list[SessionLine], Figures]:
    """Sessions, newest first, and the figures of all that are not cancelled."""
    found = list(sessions)
    offers = {offer.reference: offer for offer in queries.offers_of(sessions)}

    def offer(session: Session) -> Offer:
        return offers[f"session:{session.pk}"]

    lines = [
        SessionLine(session, rules.figures([offer(session)]), session.held_on < day)
        for session in sorted(found, key=lambda s: (s.held_on, str(s.pk)), reverse=True)
    ]
    counted = [offer(session) for session in found if session.occasion.cancelled_at is None]
    return lines, rules.figures(counted)


def groups(session: Session) -> list[str]:
    """Whom it is for, in words."""
    return [str(GROUP_LABELS[group]) for group in session.groups()]


def session_page(actor: Actor, session: Session, *, at: dt.datetime) -> dict[str, object]:
    occasion = session.occasion
    lines = invitations.lines(actor, occasion.pk, at=at)
    (offer,) = queries.offers_of(queries.sessions(actor).filter(pk=session.pk))
    return {
        "session": session,
        "occasion": occasion,
        "when": when(occasion.starts_at, occasion.ends_at) if occasion.starts_at else "",
        "groups": groups(session),
        "figures": rules.figures([offer]),
        "counts": invitations.counted(lines),
        "over": is_over(occasion.starts_at, occasion.ends_at, at),
        "shows_code": rules.code_counts(occasion.starts_at, occasion.ends_at, at),
    }


@dataclass(frozen=True, slots=True)
class Ask:
    """What sending would do today."""

    people: int
    fresh: int
    without_address: int


def ask(session: Session, day: dt.date) -> Ask:
    people = queries.audience(session.groups(), day)
    fresh = people - invitations.invited(session.occasion_id)
    return Ask(len(people), len(fresh), len(register.without_address(fresh)))


@dataclass(frozen=True, slots=True)
class Named:
    """One invitation with the name of whom it is to."""

    name: str
    line: Line

    @property
    def label(self) -> str:
        return str(STANDINGS[self.line.standing])

    @property
    def by_hand(self) -> bool:
        return self.line.by_hand

    @property
    def may_bounce(self) -> bool:
        """Whether it can be said that the mail came back: not when it has been answered."""
        return self.line.standing is Standing.LEFT and not self.line.invitation.answer

    @property
    def renewable(self) -> bool:
        """Whether a new link can replace the one they have."""
        return self.line.standing is Standing.LEFT


def named(actor: Actor, lines: list[Line], *, at: dt.datetime) -> list[Named]:
    names = register.names_for(actor, [line.invitation.invitee for line in lines], at=at)
    found = [Named(names[line.invitation.invitee], line) for line in lines]
    return sorted(found, key=lambda one: (one.name, one.line.invitation.pk))


@dataclass(frozen=True, slots=True)
class Here:
    """One line of the attendance list."""

    person: uuid.UUID
    name: str
    how: str
    ticked: bool


def attendance(actor: Actor, session: Session, text: str, *, at: dt.datetime) -> list[Here]:
    """Everybody invited, and with a search also others in the register: people come unasked."""
    invited = invitations.invited(session.occasion_id)
    came = queries.attended(session.pk)
    people = invited | set(came)
    if text:
        matching = register.search_people(actor, text, at=at)
        people = set(matching.values_list("pk", flat=True)[:200])
    names = register.names_for(actor, people, at=at)
    found = [Here(pk, names[pk], came.get(pk, ""), pk in came) for pk in people]
    return sorted(found, key=lambda one: (one.name, one.person))
