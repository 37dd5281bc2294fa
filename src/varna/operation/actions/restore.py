"""Put a copy back. What stood there is moved aside, and nothing is destroyed."""

import datetime as dt
import shutil
import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.utils.translation import gettext as _

from varna.foundation import tenant
from varna.foundation.deeds import upkeep
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.store import Keystore, forget, keystore
from varna.foundation.vault.copies import keystore_copy
from varna.foundation.whole import sync, written_whole
from varna.operation.actions import dumps
from varna.operation.actions.backup import digest
from varna.operation.actions.dumps import CopyError
from varna.operation.actions.lock import alone
from varna.operation.rules.copies import (
    Beside,
    Manifest,
    Obstacle,
    read_manifest,
    stamp,
    why_not_restore,
)


def _words(obstacle: Obstacle) -> str:
    return {
        Obstacle.OTHER_INSTALLATION: _("The copy is of another installation than the keystore."),
        Obstacle.OTHER_ENGINE: _(
            "The copy is of another kind of database than DATABASE_URL names."
        ),
        Obstacle.CHANGED: _("The copy's database is not what was copied: it has been changed."),
        Obstacle.OLDER_KEYS: _(
            "The keystore is older than the copy: it lacks keys, or would bring back what has been "
            "destroyed. Use the newest keystore that there is."
        ),
        Obstacle.NO_KEYS: _(
            "There is no keystore here. Say which copy of it to use with --keystore, the newest."
        ),
    }[obstacle]


@upkeep
def restore(
    copy: Path, *, keys: Path | None, at: dt.datetime, tell: Callable[[str], object]
) -> None:
    """`keys`: a copy of the keystore, for where there is none. Raises CopyError, before anything is
    changed where the copy does not fit; InUseError while something serves.
    """
    manifest = _manifest(copy)
    with alone():
        chosen = _chosen(keys)
        obstacle = why_not_restore(
            manifest,
            engine=dumps.engine(),
            sha256=digest(copy / manifest.database),
            keys=_beside(copy, chosen),
        )
        if obstacle:
            raise CopyError(_words(obstacle))
        before = Path(mkdtemp(prefix=f"before-restore-{stamp(at)}-", dir=settings.VAR))
        dumps.keep(before)
        tell(_("What stood here is kept in %s.") % before)
        _put_keys_back(keys, tell)
        dumps.put_back(copy / manifest.database)
        tell(_("The database is that of %s.") % manifest.made_at)
        tell(_("Files that came back: %d") % _put_files_back(copy / "media"))
        _put_heads_back(copy / "checkpoints.txt", tell)


def _manifest(copy: Path) -> Manifest:
    try:
        return read_manifest((copy / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CopyError(_("%s is no copy made by `varna backup`.") % copy) from None


def _chosen(keys: Path | None) -> Keystore | None:
    """The keystore that the copy is to stand beside: the one that is here, always, and one that is
    brought where there is none.
    """
    here = keystore()
    if keys is None:
        return here if here.is_there else None
    if here.is_there:
        raise CopyError(
            _(
                "There is a keystore here, and the newest is always the right one: leave "
                "--keystore out. If it is broken, move it away first."
            )
        )
    brought = keystore_copy(keys)
    try:
        brought.read_through()
    except (KeysMissingError, sqlite3.Error):
        raise CopyError(_("%s is no keystore.") % keys) from None
    return brought


def _beside(copy: Path, chosen: Keystore | None) -> Beside | None:
    if chosen is None:
        return None
    said = chosen.belonging()
    raw = (copy / "owners").read_bytes()
    needed = {uuid.UUID(bytes=raw[n : n + 16]) for n in range(0, len(raw), 16)}
    return Beside(
        installation=str(said.id) if said else None,
        destroyed=len(chosen.destroyed()),
        missing=len(needed - chosen.owners() - chosen.destroyed() - chosen.discarded()),
    )


def _put_keys_back(keys: Path | None, tell: Callable[[str], object]) -> None:
    if keys is None:
        tell(_("The keystore stays as it is: it is the newest."))
        return
    here = tenant.current().keystore
    for end in ("-wal", "-shm"):
        here.with_name(here.name + end).unlink(missing_ok=True)
    with written_whole(here) as unfinished:
        shutil.copyfile(keys, unfinished)
    forget()
    tell(_("The keystore is %s.") % keys)


def _put_files_back(media: Path) -> int:
    """Those that are missing. What is here and not in the copy stays: the sweep knows better."""
    count = 0
    for path in sorted(media.glob("??/*.sealed")):
        here = tenant.current().media / path.parent.name / path.name
        if here.exists():
            continue
        here.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with written_whole(here) as unfinished:
            shutil.copy2(path, unfinished)
        count += 1
    return count


def _put_heads_back(copied: Path, tell: Callable[[str], object]) -> None:
    """The longer of the two stays: it only grows."""
    here = tenant.current().checkpoints
    if here.exists() and here.stat().st_size > copied.stat().st_size:
        tell(
            _(
                "The signed heads here are newer than the copy and stay: `varna audit verify` will "
                "say which lines are missing, and nothing is swept until that is settled."
            )
        )
        return
    with written_whole(here) as unfinished:
        shutil.copyfile(copied, unfinished)
    sync(here.parent)
