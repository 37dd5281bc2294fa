"""The form's one-time token, and what is derived from it: the report's id and its receipt code."""

import base64
import hmac
import secrets
import uuid
from dataclasses import dataclass

from varna.foundation.keys.store import keystore
from varna.reports import rules


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one form leads to. Derived, so that a replay leads to the same."""

    report: uuid.UUID
    code: str


def new_token() -> str:
    """A one-time token: 16 random bytes, and a mark that we made it."""
    raw = secrets.token_bytes(16)
    return base64.urlsafe_b64encode(raw + _mark(raw)).decode().rstrip("=")


def _mark(raw: bytes) -> bytes:
    return hmac.digest(keystore().secret("form"), b"varna/token/v1" + raw, "sha256")[:16]


def receipt_for(token: str) -> Receipt | None:
    """Answer what this token leads to; None when we did not make it."""
    try:
        whole = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    raw, mark = whole[:16], whole[16:]
    if len(whole) != 32 or not hmac.compare_digest(mark, _mark(raw)):
        return None
    key = keystore().secret("form")
    name = hmac.digest(key, b"varna/report-id/v1" + raw, "sha256")
    randomness = hmac.digest(key, b"varna/receipt-code/v1" + raw, "sha256")
    return Receipt(uuid.UUID(bytes=name[:16], version=4), rules.code_from(randomness))


def lookup(code: str) -> bytes:
    return rules.lookup_of(code, keystore().secret("receipt"))
