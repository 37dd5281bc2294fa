"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Cases",
    swedish="ärenden",
    purpose="a report handled in confidence until closed",
    stands_on=(
        "evidence",
        "organisation",
        "reports",
    ),
    shows_rows_to=("intake", "support"),
    sweeps={"sweeps.destroyed": 600},
    menu=(
        line(10, "cases:desk", _("Today"), Role.HANDLER, Role.LEAD),
        line(85, "cases:disposals", _("Disposal"), Role.LEAD, Role.REGISTRAR),
    ),
    hands={
        "cooperation.situation": "queries.situation",
    },
)
