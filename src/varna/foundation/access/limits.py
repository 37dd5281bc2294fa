"""Limits without storing who: keyed buckets in memory, gone at restart (security.md §6.1).

They are counted by all processes of the server together, and nothing is ever written down. Nobody
is made to wait for them: a thread that sleeps is one that serves nobody.
"""

import ipaddress
import math
import struct

from django.conf import settings
from django.http import HttpRequest

from varna.foundation.shared import Shared, name_of


MINUTE, HOUR = 60.0, 3600.0
_FILLED = struct.Struct("<dd")  # how much, when
_MOST_BUCKETS = 1 << 16


class Buckets:
    """Each bucket leaks evenly: `most` in `seconds`. Asking adds one."""

    def __init__(self, most_buckets: int = _MOST_BUCKETS) -> None:
        self.table = Shared(most_buckets, _FILLED.size)

    def level(self, purpose: str, who: str, *, most: int, seconds: float) -> float:
        """Count one more and answer how full the bucket is; above 1.0 the limit is passed."""
        name, now = name_of(purpose, who), self.table.clock()
        with self.table.held():
            kept = self.table.read(name)
            filled, at = _FILLED.unpack(kept) if kept else (0.0, now)
            filled = max(0.0, filled - (now - at) * most / seconds) + 1.0
            # It stops rising at twice the limit, so that a flood is forgotten soon after it ends.
            level = min(filled, most * 2.0)
            self.table.write(name, _FILLED.pack(level, now), now + level * seconds / most)
        return float(filled / most)

    def forget(self) -> None:
        self.table.forget()


class Tally:
    """Counts what is told of now and then: the first at once, the rest together."""

    def __init__(self, table: Shared) -> None:
        self.table = table

    def due(self, what: str, *, every: float) -> int:
        """Count one more; answer how many there are to tell of, or 0 while it is too soon."""
        name, now = name_of("tally", what), self.table.clock()
        with self.table.held():
            kept = self.table.read(name)
            untold, told = _FILLED.unpack(kept) if kept else (0.0, -math.inf)
            untold += 1.0
            is_due = now - told >= every
            left = (0.0, now) if is_due else (untold, told)
            self.table.write(name, _FILLED.pack(*left), math.inf)
        return int(untold) if is_due else 0


BUCKETS = Buckets()
TALLY = Tally(BUCKETS.table)


def seconds_until_below(level: float, *, seconds: float) -> int:
    """How long until a bucket that is filled like this takes one more."""
    return max(1, math.ceil((min(level, 2.0) - 1.0) * seconds))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, for the moment's use only."""
    where: str = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXY:
        where = request.headers.get("X-Forwarded-For", where).rpartition(",")[2].strip()
    return where


def sender(request: HttpRequest) -> str:
    """The sender's network, /24 or /56, for the moment's use only."""
    try:
        parsed = ipaddress.ip_address(address_of(request))
    except ValueError:
        return "unknown"
    bits = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network(f"{parsed}/{bits}", strict=False))
