"""What this room declares of itself."""

from django.utils.translation import gettext_lazy as _

from varna.foundation.rooms import Room, line


ROOM = Room(
    english="Documents",
    swedish="styrdokument",
    purpose="plan and guideline in versions, made known",
    stands_on=(
        "invitations",
        "organisation",
    ),
    shows_rows_to=("following",),
    sweeps={"sweeps.new_in_office": 0},
    reminders=("sweeps.to_give",),
    demonstration=6,
    menu=(line(100, "documents:overview", _("Documents")),),
)
