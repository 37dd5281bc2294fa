"""SQLite as Django has it, with writers that take turns (foundation/turns.py says why)."""

import functools
import os
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from varna.foundation.turns import Turns


@functools.lru_cache(maxsize=8)
def _turns(path: str, _process: int) -> Turns:
    return Turns(Path(path))


class DatabaseWrapper(base.DatabaseWrapper):
    _turn: Turns | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if self._turn is None and not self.is_in_memory_db():
            turns = _turns(str(self.settings_dict["NAME"]), os.getpid())
            self._turn = turns if turns.take() else None
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.leave()

    def _commit(self) -> Any:  # noqa: ANN401 (as Django has it)
        # A commit that fails is followed by a rollback, which gives the turn away.
        done = super()._commit()  # type: ignore[misc]
        self._leave()
        return done

    def _rollback(self) -> Any:  # noqa: ANN401
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> Any:  # noqa: ANN401
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave()
