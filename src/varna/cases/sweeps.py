"""What the worker does again and again for cases."""

import datetime as dt

from varna.cases.actions.closing import shred_again


def destroyed_again(*, at: dt.datetime) -> int:
    return shred_again(at=at)
