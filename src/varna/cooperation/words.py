"""Words for partners, ways, grounds, and what an agenda begins with."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varna.cooperation.rules import Ground, Reason, Way
from varna.foundation.figures import FEWEST_SHOWN, shown


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


KINDS: dict[str, "Promise"] = {
    "police": _("the police"),
    "security-service": _("the Security Service"),
    "party-security": _("a party's security organisation"),
    "occupational-health": _("occupational health"),
}
WAYS: dict[Way, "Promise"] = {
    Way.CALL: _("telephone"),
    Way.LETTER: _("mail or letter"),
    Way.MEETING: _("meeting"),
    Way.OTHER: _("another way"),
}
GROUNDS: dict[Ground, "Promise"] = {
    Ground.CONSENT: _("the person's consent (OSL 10:1, 12:2)"),
    Ground.OPEN: _("nothing secret in it"),
    Ground.CRIME: _("to prevent or investigate crime, after balancing (OSL 10:15 a)"),
    Ground.LAW_ENFORCEMENT: _("needed by law enforcement, after balancing (lag 2025:170)"),
    Ground.DUTY: _("a duty to hand over (OSL 10:28)"),
    Ground.BALANCED: _("the general clause, after balancing (OSL 10:27)"),
}
WHY_NOT: dict[Reason, "Promise"] = {
    Reason.OVER: _("The meeting has been cancelled."),
    Reason.NOBODY: _("There is no partner to invite. Add one first."),
    Reason.ENDS_BEFORE_START: _("It ends before it begins."),
    Reason.MEANWHILE: _(
        "The meeting was saved by somebody else, or in another window, while you wrote. What you "
        "wrote is still here. Look at the other in a new window, and save again to keep yours."
    ),
}


def kind(code: str) -> str:
    return str(KINDS.get(code, code))


def number(count: int) -> str:
    """About how many, or that it is small: a small one could point at somebody."""
    return number_shown(shown(count))


def number_shown(said: int | None) -> str:
    """A number that has been made ready to be shown already."""
    if said is None:
        return gettext("fewer than %d") % FEWEST_SHOWN
    return gettext("about %d") % said


def agenda() -> str:
    """What a meeting's agenda begins with."""
    points = (
        gettext("Since last time: decisions and tasks"),
        gettext("The situation, in figures only"),
        gettext("What each of us sees coming"),
        gettext("Elections and large meetings ahead"),
        gettext("How we reach each other: contacts and numbers"),
        gettext("Decisions, tasks and the next meeting"),
    )
    return "\n".join(f"{place}. {point}" for place, point in enumerate(points, 1))
