"""Sessions as Django's database sessions, but the table tells nothing that opens anything.

It holds a hash of the key, not the key: whoever reads it cannot take over anybody's session. What
is in a session (a code that has been mailed, an app's secret while it is added) is sealed with a
secret from the keystore, and to that session: a row does not open in another's place.
"""

import base64
import binascii
import hashlib
import json
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

from varna.foundation.accounts.models import Session
from varna.foundation.keys import rules as keys
from varna.foundation.keys.store import keystore


# What a session of an account knows, by name: when it was signed in and last used, the ways in
# which (allauth's own list), and the browser and platform in a word each.
BEGAN, SEEN, WAYS, WITH = "began", "seen", "account_authentication_methods", "with"


def stored(key: str | None) -> str:
    return hashlib.sha256((key or "").encode()).hexdigest()[:40]


def sealed(name: str, data: dict[str, Any]) -> str:
    """`name`: the session's key as it is stored."""
    clear = json.dumps(data, separators=(",", ":")).encode()
    blob = keys.seal(keystore().secret("sessions"), clear, "varna/session/v1", name)
    return base64.b64encode(blob).decode()


def unsealed(name: str, text: str) -> dict[str, Any]:
    """Nothing, if it was changed, moved or sealed elsewhere: then nobody has signed in."""
    try:
        blob = base64.b64decode(text, validate=True)
        clear = keys.unseal(keystore().secret("sessions"), blob, "varna/session/v1", name)
    except (keys.BrokenError, binascii.Error):
        return {}
    found: dict[str, Any] = json.loads(clear)
    return found


class SessionStore(DatabaseSessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        return sealed(stored(self.session_key), session_dict)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        return unsealed(stored(self.session_key), str(session_data))

    def _get_session_from_db(self) -> Session | None:
        from_db: Session | None
        actual, self._session_key = self._session_key, stored(self._session_key)
        try:
            from_db = super()._get_session_from_db()  # type: ignore[misc]
        finally:
            # A session that is not there empties the key; one that is keeps it.
            self._session_key = actual if self._session_key is not None else None
        return from_db

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(stored(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        made = super().create_model_instance(data)
        assert isinstance(made, Session)  # noqa: S101 (the model named above)
        made.session_key = stored(made.session_key)
        made.account = data.get(SESSION_KEY)
        return made

    def delete(self, session_key: str | None = None) -> None:
        key = session_key if session_key is not None else self.session_key
        if key is not None:
            super().delete(stored(key))
