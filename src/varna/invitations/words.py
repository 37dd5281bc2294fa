"""What the mails and the answer page say."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varna.foundation import clock
from varna.invitations.rules import Answer, Details, InviteeKind, Reason, Standing


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


class About(StrEnum):
    """What a mail is about."""

    INVITED = "invited"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    REMINDED = "reminded"
    PLACE = "place"  # somebody declined, and this one is first in line


INVITEES: dict[InviteeKind, "Promise"] = {
    InviteeKind.PERSON: gettext_lazy("a person"),
    InviteeKind.PARTNER: gettext_lazy("a partner"),
    InviteeKind.BODY: gettext_lazy("a body"),
    InviteeKind.UNIT: gettext_lazy("a unit"),
}
ANSWERS: dict[Answer, "Promise"] = {
    Answer.YES: gettext_lazy("Yes, I am coming"),
    Answer.NO: gettext_lazy("No, I cannot come"),
    Answer.MAYBE: gettext_lazy("I do not know yet"),
}
STANDINGS: dict[Standing, "Promise"] = {
    Standing.QUEUED: gettext_lazy("on its way"),
    Standing.LEFT: gettext_lazy("sent"),
    Standing.BOUNCED: gettext_lazy("came back"),
    Standing.NOT_SENT: gettext_lazy("could not be sent"),
    Standing.TO_GIVE: gettext_lazy("to be given by hand"),
    Standing.GIVEN: gettext_lazy("given by hand"),
}
WHY_NOT: dict[Reason, "Promise"] = {
    Reason.CANCELLED: gettext_lazy("It has been cancelled. You need not do anything."),
    Reason.OVER: gettext_lazy("It is over, and can no longer be answered."),
}


def when(starts_at: dt.datetime, ends_at: dt.datetime | None) -> str:
    """A day and its hours in words: tisdag 12 januari 2027 kl. 13.00–15.00."""
    starts = starts_at.astimezone(clock.STOCKHOLM)
    hours = dateformat.format(starts, "H:i")
    if ends_at is not None:
        ends = ends_at.astimezone(clock.STOCKHOLM)
        same = ends.date() == starts.date()
        hours += "–" + dateformat.format(ends, "H:i" if same else "l j F H:i")
    return _("%(day)s at %(hours)s") % {
        "day": dateformat.format(starts, "l j F Y"), "hours": hours,
    }  # fmt: skip


def subject(about: About, details: Details) -> str:
    said = {
        About.INVITED: _("Invitation: %(title)s"),
        About.CHANGED: _("Changed: %(title)s"),
        About.CANCELLED: _("Cancelled: %(title)s"),
        About.REMINDED: _("Reminder: %(title)s"),
        About.PLACE: _("You have a place: %(title)s"),
    }[about]
    return " ".join((said % {"title": details.title}).split())


def _opening(about: About, details: Details) -> str:
    if about is About.INVITED and details.starts_at is None:
        return _("This is for you to read or do when it suits you:")
    return {
        About.INVITED: _("You are invited to:"),
        About.CHANGED: _("Something has changed. This is what holds now:"),
        About.CANCELLED: _("This has been cancelled. You need not do anything:"),
        About.REMINDED: _("A reminder of:"),
        About.PLACE: _("Somebody could not come, and you now have a place:"),
    }[about]


def text(about: About, details: Details, link: str) -> str:
    """The whole mail. What it leads to is in the link; the link is the invited person's own."""
    facts = [details.title]
    if details.starts_at is not None:
        facts.append(_("When: %s") % when(details.starts_at, details.ends_at))
    if details.place:
        facts.append(_("Where: %s") % details.place)
    if details.link:
        facts.append(_("Take part through: %s") % details.link)
    parts = [_opening(about, details), "\n".join(facts)]
    if about is not About.CANCELLED:
        parts += [details.text] if details.text else []
        asked = _("Answer here:") if details.starts_at is not None else _("Open it here:")
        own = _("The link is yours alone. Do not pass it on.")
        parts.append(f"{asked}\n{link}\n{own}")
    return "\n\n".join([*parts, settings.MUNICIPALITY]) + "\n"
