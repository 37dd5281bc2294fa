"""Sessions as Django's database sessions, but the table holds a hash of the key, not the key.

Whoever reads the table cannot take over anybody's session.
"""

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session


def stored(key: str | None) -> str:
    return hashlib.sha256((key or "").encode()).hexdigest()[:40]


class SessionStore(DatabaseSessionStore):
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

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        made = super().create_model_instance(data)
        made.session_key = stored(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        key = session_key if session_key is not None else self.session_key
        if key is not None:
            super().delete(stored(key))
