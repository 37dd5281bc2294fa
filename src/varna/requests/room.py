"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Requests",
    swedish="begäran om hjälp",
    purpose="an administration asks for help",
    reminders=("sweeps.unanswered",),
    demonstration=8,
    menu=(line(80, "requests:overview", _("Help"), Role.CONTACT, Role.HANDLER, Role.LEAD),),
)
