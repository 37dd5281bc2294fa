"""How keys are wrapped and what binds them: security.md §2.4 and §2.5. Pure functions on bytes."""

import secrets
import struct
import uuid
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap


NONCE = 12


class BrokenError(Exception):
    """Changed, moved to another place, or sealed with another key. It says no more than that."""


class Compartment(IntEnum):
    """What a case consists of; each has a key of its own."""

    CONTENT = 1  # what happened, the thread, assessments, notes
    PROTECTION = 2  # address, whereabouts, safe contact, protective measures
    EVIDENCE = 3  # files and what they are called
    PERSON = 4  # the person pointed out (GDPR art. 10)
    HEALTH = 5  # occupational health: offered, accepted, declined
    TASK = 6  # what the administration is asked to do, in a line that tells nothing else


@dataclass(frozen=True, slots=True)
class Belonging:
    """An installation's id, made at random, with the tag that its own keystore gives it."""

    id: uuid.UUID
    tag: bytes


class Bond(StrEnum):
    """What a database and the keystore beside it are to each other."""

    NEW = "new"  # neither has held anything: both may be made
    WELL = "well"
    UNSAID = "unsaid"  # they may well belong together, and one of them does not say so
    NO_KEYSTORE = "no_keystore"
    NO_DATABASE = "no_database"
    OTHER = "other"  # the keystore is another installation's


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: whether anything was ever put in it, and whose it says that it is."""

    lived: bool
    belonging: Belonging | None = None


def bond(database: Side, keystore: Side | None, *, own: bool) -> Bond:
    """`keystore` None: no file. `own`: the keystore's secret gave each tag that there is."""
    if keystore is None:
        return Bond.NO_KEYSTORE if database.lived else Bond.NEW
    if not database.lived:
        return Bond.NO_DATABASE if keystore.lived else Bond.NEW
    if database.belonging is not None and keystore == Side(lived=False):
        return Bond.OTHER  # fresh, beside what knows its own
    said = {side.belonging for side in (database, keystore) if side.belonging is not None}
    if len(said) > 1 or not own:
        return Bond.OTHER
    both = database.belonging is not None and keystore.belonging is not None
    return Bond.WELL if both else Bond.UNSAID


def join(*parts: bytes | str | int) -> bytes:
    """Put parts together so that no two lists of parts give the same bytes."""
    out = bytearray()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        raw = struct.pack(">I", raw) if isinstance(raw, int) else raw
        out += struct.pack(">I", len(raw)) + raw
    return bytes(out)


def derive(key: bytes, *context: bytes | str | int, length: int = 32) -> bytes:
    return HKDFExpand(algorithm=hashes.SHA256(), length=length, info=join(*context)).derive(key)


def wrap(wrapping: bytes, key: bytes, *context: bytes | str | int) -> bytes:
    """AES-256-KW (SP 800-38F) under a key derived for this context only."""
    return aes_key_wrap(derive(wrapping, *context), key)


def unwrap(wrapping: bytes, wrapped: bytes, *context: bytes | str | int) -> bytes:
    try:
        return aes_key_unwrap(derive(wrapping, *context), wrapped)
    except InvalidUnwrap:
        raise BrokenError from None


def seal(key: bytes, clear: bytes, *context: bytes | str | int) -> bytes:
    """AES-256-GCM under a key derived for this context only; what is no key and has no owner."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(derive(key, *context)).encrypt(nonce, clear, None)


def unseal(key: bytes, sealed: bytes, *context: bytes | str | int) -> bytes:
    try:
        return AESGCM(derive(key, *context)).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except (InvalidTag, ValueError):
        raise BrokenError from None
