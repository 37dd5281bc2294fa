"""The codes that an authenticator app shows: six digits, new each half minute (RFC 6238). Pure."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
import struct
from enum import StrEnum


PERIOD = 30  # seconds
TOLERANCE = 1  # a telephone's clock may be a period wrong, either way
DIGITS = 6


class CodeReason(StrEnum):
    """Why a code is not taken."""

    WRONG = "wrong"
    USED = "used"  # it was right, once


def new_secret() -> str:
    """160 bits, as the app wants them written."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def shown(secret: str, counter: int) -> str:
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1)
    at = digest[-1] & 0xF
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def taken(secret: str, code: str, *, last: int, at: dt.datetime) -> int | CodeReason:
    """The counter that the code stands for, later than the `last` one that was taken, or why it is
    not taken.
    """
    written = "".join(sign for sign in code if sign.isdigit()).encode()
    now = int(at.timestamp()) // PERIOD
    found = [
        counter
        for counter in range(now - TOLERANCE, now + TOLERANCE + 1)
        if hmac.compare_digest(shown(secret, counter).encode(), written)
    ]
    later = [counter for counter in found if counter > last]
    return later[0] if later else CodeReason.USED if found else CodeReason.WRONG
