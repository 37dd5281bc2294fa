"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Site",
    swedish="webbplats",
    purpose="settings, addresses, command line, texts",
    stands_on=(
        "cases",
        "contacts",
        "cooperation",
        "documents",
        "following",
        "importing",
        "intake",
        "operation",
        "organisation",
        "requests",
        "support",
        "training",
    ),
    demonstration=2,
    menu=(
        line(
            110,
            "accounts:list",
            _("Accounts"),
            Role.ACCESS_ADMIN,
        ),
        line(120, "mfa_index", _("My sign-in")),
    ),
)
