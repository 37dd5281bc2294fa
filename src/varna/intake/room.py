"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Intake",
    swedish="mottagning",
    purpose="a report becomes a case, its reporter returns",
    stands_on=("cases", "organisation", "reports", "support"),
    sweeps={"sweeps.nobody_reads": 20},
    reminders=("sweeps.waiting",),
    demonstration=4,
    menu=(line(30, "cases:mine", _("My matters"), Role.OFFICIAL),),
    hands={
        "health.receivers": "queries.somebody_receives",
        "ui.alarms": "pages.alarms",
    },
)
