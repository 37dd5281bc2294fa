"""What stands in the list of those who are kept out: keyed, so that it names nobody. Old rows are
read for as long as databases live; what is here does not change, it gets a new version beside it.
"""

import hmac
import uuid

from varna.foundation.keys import rules as keys
from varna.foundation.keys.store import keystore


VERSION = "varna/kept-out/v2"


def token(who: uuid.UUID) -> bytes:
    """What an account's or a person's id is called there."""
    said = keys.join(VERSION, who.bytes)
    return hmac.digest(keystore().secret("index"), said, "sha256")


def wrapped(about: uuid.UUID, who: bytes) -> bytes:
    return keys.wrap(keystore().secret("index"), about.bytes, VERSION, who)


def unwrapped(about: bytes, who: bytes) -> uuid.UUID:
    return uuid.UUID(bytes=keys.unwrap(keystore().secret("index"), about, VERSION, who))


def token_of_both(about: uuid.UUID, who: uuid.UUID) -> bytes:
    """As version 0.1 kept it: who and what in one, so that neither could be found by the other."""
    said = keys.join("varna/kept-out/v1", about.bytes, who.bytes)
    return hmac.digest(keystore().secret("index"), said, "sha256")
