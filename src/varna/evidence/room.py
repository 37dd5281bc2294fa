"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Evidence",
    swedish="bevis",
    purpose="originals, their hashes and custody",
    shows_rows_to=("reports",),
    sweeps={"sweeps.unclaimed": 600, "sweeps.no_room": 60},
    hands={"operation.original": "queries.key_within", "ui.alarms": "pages.alarms"},
)
