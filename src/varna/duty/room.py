"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Duty",
    swedish="jour",
    purpose="who answers tonight, and what is handed over",
    demonstration=9,
    menu=(line(15, "duty:list", _("Duty"), Role.HANDLER, Role.LEAD),),
    hands={"cases.tonight": "queries.tonight", "ui.duty_phone": "queries.public_phone"},
)
