"""The sealed blob: its format, padding and what it is bound to (security.md §2.5). Pure.

    blob = "V1" | algorithm u8 | compartment u8 | key version u16 | nonce 12 | AES-256-GCM(...)

It opens only in the row, field, compartment, owner and municipality it was sealed for.
"""

import secrets
import struct
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from varna.foundation.keys.rules import Compartment, join


MAGIC = b"V1"
AES_256_GCM = 1
HEAD = struct.Struct(">2sBBH")


class SealBrokenError(Exception):
    """Changed, moved to another place, or sealed with another key. It says no more than that."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a blob belongs; only identifiers that never change."""

    tenant: uuid.UUID
    owner: uuid.UUID
    model: str
    field: str
    row: uuid.UUID

    def bound(self, head: bytes) -> bytes:
        return head + join(
            "varna/blob/v1",
            self.tenant.bytes,
            self.owner.bytes,
            self.model,
            self.field,
            self.row.bytes,
        )


def pad(clear: bytes) -> bytes:
    """Hide the length: 32 to 1,024 bytes in doublings, then Padmé (at most some 6 % more)."""
    marked = clear + b"\x80"
    return marked.ljust(padded_length(len(marked)), b"\x00")


def padded_length(length: int) -> int:
    for step in (32, 64, 128, 256, 512, 1024):
        if length <= step:
            return step
    exponent = length.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return (length + mask) & ~mask


def unpad(padded: bytes) -> bytes:
    return padded.rstrip(b"\x00")[:-1]


def seal(key: bytes, compartment: Compartment, version: int, place: Place, clear: bytes) -> bytes:
    head = HEAD.pack(MAGIC, AES_256_GCM, compartment, version)
    nonce = secrets.token_bytes(12)
    return head + nonce + AESGCM(key).encrypt(nonce, pad(clear), place.bound(head))


def named_key(blob: bytes) -> tuple[Compartment, int]:
    """Answer which compartment and key version sealed this blob."""
    try:
        magic, algorithm, compartment, version = HEAD.unpack(blob[: HEAD.size])
        if magic != MAGIC or algorithm != AES_256_GCM:
            raise SealBrokenError
        return Compartment(compartment), version
    except (struct.error, ValueError):
        raise SealBrokenError from None


def unseal(key: bytes, place: Place, blob: bytes) -> bytes:
    head, nonce, sealed = (
        blob[: HEAD.size],
        blob[HEAD.size : HEAD.size + 12],
        blob[HEAD.size + 12 :],
    )
    try:
        return unpad(AESGCM(key).decrypt(nonce, sealed, place.bound(head)))
    except (InvalidTag, ValueError):
        raise SealBrokenError from None
