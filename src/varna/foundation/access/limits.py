"""Limits without storing who: keyed buckets in memory, gone at restart (security.md §6.1).

The key is made anew at each start, so that a bucket cannot be traced to an address, and nothing
is ever written down.
"""

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict

from django.conf import settings
from django.http import HttpRequest


_KEY = secrets.token_bytes(32)
_MOST_BUCKETS = 100_000


class Buckets:
    """Each bucket leaks evenly: `most` in `seconds`. Asking adds one."""

    def __init__(self) -> None:
        self._levels: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def level(self, purpose: str, who: str, *, most: int, seconds: float) -> float:
        """Count one more and answer how full the bucket is; above 1.0 the limit is passed."""
        name = hmac.digest(_KEY, f"{purpose}\0{who}".encode(), hashlib.sha256)[:16]
        now = time.monotonic()
        with self._lock:
            filled, at = self._levels.pop(name, (0.0, now))
            filled = max(0.0, filled - (now - at) * most / seconds) + 1.0
            # It stops rising at twice the limit, so that a flood is forgotten soon after it ends.
            self._levels[name] = (min(filled, most * 2.0), now)
            while len(self._levels) > _MOST_BUCKETS:
                self._levels.popitem(last=False)
        return filled / most

    def forget(self) -> None:
        with self._lock:
            self._levels.clear()


BUCKETS = Buckets()


def sender(request: HttpRequest) -> str:
    """The sender's network, /24 or /56, for the moment's use only."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXY:
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    bits = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network(f"{parsed}/{bits}", strict=False))


def slow_down(level: float) -> None:
    """Wait a little when a limit is passed: a flood is slowed, never refused."""
    if level > 1.0:
        time.sleep(settings.LIMITS["slowest_ms"] / 1000 * min(1.0, level - 1.0))
