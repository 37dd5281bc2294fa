"""Put mails about an occasion in the outbox, one to each who can be reached."""

import datetime as dt
import uuid
from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.utils import translation

from varna.foundation.keys.rules import Compartment
from varna.foundation.outbox import actions as outbox
from varna.foundation.outbox.sealed import Letter
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.invitations import calendar, links, words
from varna.invitations.models import Invitation, Occasion
from varna.invitations.rules import InviteeKind, can_be_written_to
from varna.invitations.words import About
from varna.organisation.actions.people import addresses


# A reminder is words only: the entry is in the calendar already.
METHODS = {
    About.INVITED: calendar.Method.REQUEST,
    About.CHANGED: calendar.Method.REQUEST,
    About.PLACE: calendar.Method.REQUEST,
    About.CANCELLED: calendar.Method.CANCEL,
}


def send(
    occasion: Occasion,
    invitations: Sequence[Invitation],
    about: About,
    *,
    at: dt.datetime,
    once: str = "",
) -> dict[uuid.UUID, uuid.UUID]:
    """Answer the mail of each invitation that could be written; who has no address is left out.

    The same `once` (the occasion's sequence, unless said) is never sent twice.
    """
    where = _addresses(invitations, at=at)
    mark = f"{about.value}:{once or occasion.sequence}"
    letters = {
        row.pk: _letter(occasion, row, about, where[row.pk], f"{row.pk}:{mark}", at)
        for row in invitations
        if row.pk in where
    }
    mails = outbox.put_invitations(letters.values(), at=at)
    return {pk: mails[letter.once] for pk, letter in letters.items()}


def _addresses(invitations: Sequence[Invitation], *, at: dt.datetime) -> dict[uuid.UUID, str]:
    """By invitation: people's from the register, others' from what is sealed beside them."""
    people = {row.invitee for row in invitations if row.invitee_kind == InviteeKind.PERSON}
    known = addresses(people, at=at) if people else {}
    found = {row.pk: known[row.invitee] for row in invitations if row.invitee in known}
    others = [row for row in invitations if row.address is not None]
    if others:
        with vault.opened_by_system(
            owners.INVITATIONS, Compartment.PROTECTION, purpose="send invitations", at=at
        ) as handle:
            found |= {row.pk: handle.read(row, "address", str) for row in others}
    return {pk: address for pk, address in found.items() if can_be_written_to(address)}


def _letter(
    occasion: Occasion, row: Invitation, about: About, to: str, once: str, at: dt.datetime
) -> Letter:
    details = occasion.details()
    link = links.address(occasion.answer_url, links.token(row.pk, row.version), occasion.language)
    method = METHODS.get(about) if details.starts_at is not None else None
    with translation.override(occasion.language):
        return Letter(
            once=once,
            to=to,
            subject=words.subject(about, details),
            text=words.text(about, details, link),
            calendar=calendar.file(_entry(occasion), to, method, at=at) if method else "",
            method=method.value if method else "",
        )


def _entry(occasion: Occasion) -> calendar.Entry:
    """What stands in the calendar. Not the link to answer by: calendars are shared with others."""
    if occasion.starts_at is None:
        raise ValueError("Without a time there is nothing to put in a calendar")
    host = settings.ADDRESS.partition("://")[2].partition(":")[0]
    return calendar.Entry(
        uid=f"{occasion.pk}@{host}",
        sequence=occasion.sequence,
        title=occasion.title,
        text=occasion.text,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        place=occasion.place,
        link=occasion.link,
        organiser=(settings.MUNICIPALITY, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
    )
