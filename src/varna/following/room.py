"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Following",
    swedish="efterlevnad",
    purpose="how the plan stands: pages, reports, feeds",
    stands_on=(
        "cases",
        "contacts",
        "cooperation",
        "documents",
        "importing",
        "organisation",
        "plan",
        "requests",
        "standing",
        "training",
    ),
    sweeps={
        "sweeps.reports": 0,
        "sweeps.yearly": 86400,
        "sweeps.records": 3600,
    },
    reminders=("sweeps.reminders",),
    demonstration=9,
    menu=(
        line(
            60,
            "compliance:mandate",
            _("The plan"),
            Role.PLAN_OWNER,
            Role.LEAD,
            Role.HANDLER,
            Role.REGISTRAR,
            Role.CONTACT,
        ),
    ),
)
