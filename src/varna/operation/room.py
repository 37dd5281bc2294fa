"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Operation",
    swedish="drift",
    purpose="is everything well; copies, and how they are read back",
    menu=(line(130, "operation:overview", _("Operation"), Role.OPERATOR),),
    sweeps={"sweeps.clock": 20, "sweeps.room_for_words": 60, "sweeps.whole_keystore": 600},
    hands={"ui.alarms": "pages.alarms"},
)
