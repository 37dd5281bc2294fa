"""What this room declares of itself."""

from varna.foundation.rooms import Room


ROOM = Room(
    english="Foundation",
    swedish="grund",
    purpose="keys · audit · accounts · access · vault · outbox · notices · print · ui",
    sweeps={
        "notices.sweeps.mails": 0,
        "notices.sweeps.log_lines": 0,
        "notices.sweeps.pulse": 0,
        "notices.sweeps.digest": 0,
        "notices.sweeps.old_sessions": 0,
        "vault.sweeps.unused_keys": 600,
    },
    hands={
        "audit.note_unmarked": "vault.verify.note_unmarked",
        "audit.rolled_back": "vault.verify.rolled_back",
    },
)
