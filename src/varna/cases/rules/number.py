"""The case number: random, so that a gap tells nothing."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def number_from(randomness: bytes) -> str:
    value = int.from_bytes(randomness[:4], "big")
    return "V-" + "".join(_LETTERS[(value >> (5 * n)) & 31] for n in range(6))
