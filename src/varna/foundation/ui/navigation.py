"""The main menu: which pages each role is led to. A room adds its line here.

An address that does not exist yet is left out, so that a room's line may come before the room.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Actor, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """`roles` empty: everybody who is signed in."""

    url_name: str
    label: str | Promise
    roles: frozenset[Role] = frozenset()


def entry(url_name: str, label: str | Promise, *roles: Role) -> Entry:
    return Entry(url_name, label, frozenset(roles))


NAVIGATION: tuple[Entry, ...] = (
    entry("cases:desk", _("Today"), Role.HANDLER, Role.LEAD),
    entry("cases:tasks", _("Tasks"), Role.CONTACT),
    entry("cases:mine", _("My matters"), Role.OFFICIAL),
    entry("training:sessions", _("Training"), Role.HANDLER, Role.LEAD, Role.PLAN_OWNER),
    entry("training:course", _("Self-study"), Role.OFFICIAL),
    entry(
        "compliance:mandate",
        _("The plan"),
        Role.PLAN_OWNER,
        Role.LEAD,
        Role.HANDLER,
        Role.REGISTRAR,
        Role.CONTACT,
    ),
    entry(
        "register:overview",
        _("Register"),
        Role.ACCESS_ADMIN,
        Role.REGISTRAR,
        Role.HANDLER,
        Role.LEAD,
        Role.PLAN_OWNER,
        Role.CONTACT,
    ),
    entry("requests:overview", _("Help"), Role.CONTACT, Role.HANDLER, Role.LEAD),
    entry("cooperation:overview", _("Cooperation"), Role.HANDLER, Role.LEAD, Role.PLAN_OWNER),
    entry("documents:overview", _("Documents")),
    entry("accounts:list", _("Accounts"), Role.ACCESS_ADMIN),
    entry("mfa_index", _("My sign-in")),
)


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    label: str | Promise
    current: bool


def links(actor: Actor, path: str) -> Iterator[Link]:
    """The menu of whoever is looking; the page one stands on is marked."""
    for line in NAVIGATION:
        if line.roles and not actor.has(*line.roles):
            continue
        try:
            address = reverse(line.url_name)
        except NoReverseMatch:
            continue
        yield Link(address, line.label, current=path.startswith(address))
