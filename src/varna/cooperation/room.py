"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Cooperation",
    swedish="samverkan",
    purpose="partners, contacts, meetings",
    stands_on=(
        "contacts",
        "invitations",
        "organisation",
    ),
    reminders=("sweeps.reminders",),
    demonstration=7,
    menu=(
        line(
            90, "cooperation:overview", _("Cooperation"), Role.HANDLER, Role.LEAD, Role.PLAN_OWNER
        ),
    ),
)
