"""Make a version known: ask, remind once, catch up with those who come, and note who has read."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from varna.documents import queries
from varna.documents.models import Acknowledgement, Asking, Version, notes, writes
from varna.documents.rules.versions import Reason, Standing
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let, refuse, unchanged
from varna.invitations.actions import arranging, inviting, letters
from varna.invitations.actions.answering import let_through
from varna.invitations.models import Invitation, Occasion
from varna.invitations.rules import Details, Invitee, InviteeKind
from varna.invitations.words import About
from varna.organisation import queries as organisation
from varna.organisation.rules.roles import Group


KIND = "made_known"
REMIND_AFTER = dt.timedelta(days=14)
# The worker may have been away; after this many days it is too late to remind.
REMIND_WITHIN = dt.timedelta(days=21)
Kind = Acknowledgement.Kind


@deed("documents.made_known")
def make_known(
    version: Version, *, groups: Sequence[Group], bodies: bool, by: Actor, at: dt.datetime
) -> Asking:
    """Ask everybody in the groups, and every body, to take part. More can be asked later."""
    let(writes(by))
    standing = queries.line_of(version, clock.day_of(at)).standing
    refuse(None if standing is Standing.IN_FORCE else Reason.NOT_IN_FORCE)
    asking = queries.asking_of(version.pk)
    if asking is None:
        occasion = arranging.arrange(
            _details(version), kind=KIND, by=by, at=at, answer_url="documents:acknowledge"
        )
        asking = Asking(pk=occasion.pk, version=version)
    asking.groups = sorted({*asking.groups, *(group.value for group in groups)})
    asking.bodies = asking.bodies or bodies
    asking.save()
    leave("documents.made_known", about=version.pk, n=len(asking.groups))
    catch_up(asking, by=by, at=at)
    return asking


def _details(version: Version) -> Details:
    with translation.override("sv"):
        return Details(
            title=version.document.title,
            text=_("Read it, and say that you have. It takes a few minutes."),
        )


@deed("invitations.made")
def catch_up(asking: Asking, *, by: Actor, at: dt.datetime) -> int:
    """Ask those in office today who have not been asked. Answer how many were found."""
    let(writes(by))
    unchanged()  # when nobody has come
    day = clock.day_of(at)
    occasion = Occasion.unscoped.get(pk=asking.pk)
    asked = set(Invitation.unscoped.filter(occasion=occasion).values_list("invitee", flat=True))
    known = set(queries.who_has(asking.version_id, Kind.PERSON))
    fresh = queries.people_asked(asking, day) - asked - known
    if fresh:
        invitees = [Invitee(InviteeKind.PERSON, person) for person in sorted(fresh)]
        inviting.invite(occasion, invitees, by=by, at=at)
    asking.caught_up_on = day
    asking.save(update_fields=["caught_up_on"])
    return len(fresh)


@deed("documents.reminded")
def remind(asking: Asking, *, by: Actor, at: dt.datetime) -> int:
    """Once, two weeks after the invitation, those who are still in office and have not read."""
    let(writes(by))
    known = set(queries.who_has(asking.version_id, Kind.PERSON))
    wanted = queries.people_asked(asking, clock.day_of(at)) - known
    rows = list(
        Invitation.unscoped.filter(
            occasion=asking.pk, invitee__in=wanted,
            invited_at__gt=at - REMIND_WITHIN, invited_at__lte=at - REMIND_AFTER,
        ).exclude(mail=None)
    )  # fmt: skip
    if not rows:
        unchanged()
        return 0
    occasion = Occasion.unscoped.get(pk=asking.pk)
    mails = letters.send(occasion, rows, About.REMINDED, at=at, once="known")
    leave("documents.reminded", about=asking.version_id, n=len(mails))
    return len(mails)


@deed("documents.acknowledged", weak=True)
def acknowledge(version: Version, *, by: Actor, at: dt.datetime, token: str = "") -> None:
    """Somebody has taken part of it: whoever is signed in, or holds the link (`token`)."""
    person = _reader(version, by, token)
    _note(version, Kind.PERSON, person, clock.day_of(at), "", by=by, at=at)


def _reader(version: Version, by: Actor, token: str) -> uuid.UUID:
    if token:
        invitation = let_through(token)
        asking = queries.asking_behind(invitation.occasion_id)
        let(asking is not None and asking.version_id == version.pk)
        return invitation.invitee
    let(by.person is not None)
    assert by.person is not None  # noqa: S101 (it was just asked)
    return by.person


@deed("documents.acknowledged")
def note_person(version: Version, person: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """Somebody has said so on paper, or face to face."""
    let(notes(by))
    _note(version, Kind.PERSON, person, clock.day_of(at), "", by=by, at=at)


@deed("documents.acknowledged")
def note_minutes(
    version: Version,
    unit: uuid.UUID,
    *,
    on: dt.date,
    minutes: str,
    by: Actor,
    at: dt.datetime,
) -> None:
    """A body has taken part, and its minutes say so."""
    day = clock.day_of(at)
    allowed = {one.id for one in queries.bodies(day)}
    if not notes(by):
        allowed &= organisation.own_units(by, at=at)
    let(unit in allowed)
    _note(version, Kind.UNIT, unit, on, minutes, by=by, at=at)


def _note(
    version: Version,
    kind: Acknowledgement.Kind,
    who: uuid.UUID,
    on: dt.date,
    minutes: str,
    *,
    by: Actor,
    at: dt.datetime,
) -> None:
    """The first time counts; a second changes nothing."""
    refuse(None if version.is_adopted else Reason.NOT_IN_FORCE)
    _row, fresh = Acknowledgement.unscoped.get_or_create(
        version=version,
        kind=kind,
        who=who,
        defaults={"on": on, "minutes": minutes, "noted_by": by.reference},
    )
    if fresh:
        leave("documents.acknowledged", about=version.pk, kind=kind.value)
    else:
        unchanged()
