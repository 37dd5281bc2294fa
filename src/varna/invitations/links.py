"""The link in an invitation. Its token is computed, never kept: a reminder can say it again, and
a copy of the database, which has only its hash, cannot answer for anybody.
"""

import base64
import hashlib
import hmac
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from varna.foundation.keys.store import keystore


def token(invitation: uuid.UUID, version: int) -> str:
    said = b"varna/invitation/v1" + invitation.bytes + version.to_bytes(4, "big")
    whole = hmac.digest(keystore().secret("invitation"), said, "sha256")
    return base64.urlsafe_b64encode(whole[:24]).decode()


def token_hash(token: str) -> bytes:
    return hashlib.sha256(b"varna/invitation-token/v1" + token.encode()).digest()


def address(answer_url: str, token: str, language: str) -> str:
    """The whole address: the token is its only content."""
    with translation.override(language):
        return str(settings.ADDRESS) + reverse(answer_url, args=[token])
