"""What the worker does again and again for cases."""

import datetime as dt

from varna.cases.actions import disposal


def destroyed(*, at: dt.datetime) -> int:
    """What two people have decided, when it has stood; again what an old keystore brought back."""
    return disposal.carry_out_what_stands(at=at) + disposal.shred_again(at=at)
