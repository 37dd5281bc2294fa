"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Organisation",
    swedish="register",
    purpose="bodies, people, assignments, mandate periods",
    shows_rows_to=("documents", "importing", "intake", "training"),
    demonstration=1,
    menu=(
        line(
            70,
            "register:overview",
            _("Register"),
            Role.ACCESS_ADMIN,
            Role.REGISTRAR,
            Role.HANDLER,
            Role.LEAD,
            Role.PLAN_OWNER,
            Role.CONTACT,
        ),
    ),
)
