"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Support",
    swedish="stödåtgärder",
    purpose="measures, police, health, and tasks",
    stands_on=("cases", "reports"),
    menu=(line(20, "cases:tasks", _("Tasks"), Role.CONTACT),),
    hands={"cases.additions": "addition.SUPPORT"},
)
