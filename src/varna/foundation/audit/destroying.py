"""What takes something away for good because its time is over, asks here first.

The clock may have leapt a year ahead, and the database may be an older copy that knows nothing of
what came after it. Then nothing may go, whatever its own rule says of days and years.
"""

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec

from varna.foundation.audit.queries import has_leapt, is_older_than_its_heads


log = logging.getLogger("varna.sweeps")
Given = ParamSpec("Given")

# Everything that does, by its whole name. The suite sees that nothing else takes anything away, and
# that each of these stands still.
DESTROYERS: dict[str, Callable[..., int]] = {}


def stands_still() -> bool:
    return has_leapt() or is_older_than_its_heads()


def destroys(function: Callable[Given, int]) -> Callable[Given, int]:
    """Answers how much it took away: nothing while everything is to stand still."""
    name = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def done(*args: Given.args, **named: Given.kwargs) -> int:
        if stands_still():
            log.warning("%s stands still: the clock or the database is not to be believed", name)
            return 0
        return function(*args, **named)

    DESTROYERS[name] = done
    return done
