"""What the log says of something sealed: where it stands, and that it is this and no other.

Whoever can write in the database can put an older blob back where it once stood, and it opens. So
each blob that is written is marked in the log, in the line of the deed that wrote it; what stands
in a place must be what was marked there last (vault/verify.py). A mark is keyed: whoever has a copy
of the database does not learn from it which row it is about.
"""

import base64
import hmac
import uuid

from varna.foundation.keys.rules import join
from varna.foundation.keys.store import keystore


HALF = 8


def mark_of(seal_name: tuple[str, str], row: uuid.UUID, blob: bytes | None) -> str:
    """`seal_name`: the model and the field, as the seal knows them. No blob: it was emptied."""
    key = keystore().secret("seals")
    place = hmac.digest(key, join("varna/place/v1", *seal_name, row.bytes), "sha256")
    what = hmac.digest(key, join("varna/what/v1", blob or b""), "sha256")
    return base64.urlsafe_b64encode(place[:HALF] + what[:HALF]).decode()


def halves(mark: str) -> tuple[bytes, bytes]:
    """The place, and what stands in it."""
    both = base64.urlsafe_b64decode(mark)
    return both[:HALF], both[HALF:]
