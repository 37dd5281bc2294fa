"""What the worker does again and again for those who run Värna."""

import datetime as dt

from varna.foundation.vault import reserve


def room_for_words(*, at: dt.datetime) -> int:  # noqa: ARG001 (as sweeps are called)
    """Keep it again, when it has been used and there is room."""
    return reserve.hold()
