"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Training",
    swedish="utbildning",
    purpose="sessions, attendance, a course of one's own",
    stands_on=(
        "invitations",
        "organisation",
    ),
    sweeps={"sweeps.late_joiners": 0},
    reminders=("sweeps.unsent",),
    demonstration=3,
    menu=(
        line(40, "training:sessions", _("Training"), Role.HANDLER, Role.LEAD, Role.PLAN_OWNER),
        line(50, "training:course", _("Self-study"), Role.OFFICIAL),
    ),
    hands={"register.in_use": "queries.trained_among"},
)
