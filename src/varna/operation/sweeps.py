"""What the worker does again and again for those who run Värna."""

import datetime as dt

from varna.foundation.accounts.queries import holders
from varna.foundation.accounts.rules import Role
from varna.foundation.audit.clocks import look_at_clock
from varna.foundation.keys.store import keystore
from varna.foundation.notices.actions import alarm
from varna.foundation.notices.rules import Due
from varna.foundation.outbox.actions import beat, silence
from varna.foundation.vault import reserve
from varna.operation.queries import DAMAGED


def clock(*, at: dt.datetime) -> int:
    """Remember what it says; tell those who run the system when it has leapt."""
    if not look_at_clock():
        return 0
    return alarm([Due("operation:clock", holders(Role.OPERATOR, at=at))], at=at)


def room_for_words(*, at: dt.datetime) -> int:  # noqa: ARG001 (as sweeps are called)
    """Keep it again, when it has been used and there is room."""
    return reserve.hold()


def whole_keystore(*, at: dt.datetime) -> int:
    """Read the keystore through, so that the health addresses need not: whoever asks them often
    costs nothing.
    """
    if keystore().is_whole():
        silence(DAMAGED)
    else:
        beat(DAMAGED, at=at)
    return 0
