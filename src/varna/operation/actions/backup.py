"""Copy the installation while it serves: signed heads, database, files, keystore, in this order.

What is named is always written before what names it: a line before the head that signs it, a file
and a key before the row that needs them. What names is therefore copied first; then everything
that a copy names is in it, whatever happens meanwhile.
"""

import datetime as dt
import fcntl
import hashlib
import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import metadata
from itertools import chain
from pathlib import Path

from django.db import DatabaseError
from django.utils.translation import gettext as _

from varna.foundation import rooms, tenant
from varna.foundation.audit.destroying import destroys
from varna.foundation.audit.queries import HEAD
from varna.foundation.deeds import upkeep
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.models import Installation
from varna.foundation.keys.rules import BrokenError
from varna.foundation.keys.store import Keystore, keystore
from varna.foundation.outbox.actions import beat
from varna.foundation.vault import files
from varna.foundation.vault.copies import Row, column_of, keystore_copy, read_again
from varna.foundation.vault.fields import sealed_columns
from varna.foundation.vault.queries import sealed_owners
from varna.foundation.vault.rules import SealBrokenError
from varna.foundation.whole import sync, written_whole
from varna.operation.actions import dumps
from varna.operation.actions.dumps import CopyError
from varna.operation.rules.copies import KEYS_KEPT, Manifest, outlived, stamp


Tell = Callable[[str], object]
KEYSTORE = "keystore.sqlite3"


@upkeep
def back_up(target: Path, *, at: dt.datetime, kept: dt.timedelta, tell: Tell) -> Path:
    """Write one copy under `target`, read it again, and take away what has been kept long enough.
    Answer the copy's folder. What goes wrong leaves nothing that looks like a copy.
    """
    keys, copies = target / "keystores", target / "copies"
    try:
        for folder in (target, keys, copies):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone_in(target):
            _remove_unfinished(keys, copies)
            return _one_copy(keys, copies, at=at, kept=kept, tell=tell)
    except OSError as fault:
        raise CopyError(_("The copy could not be written: %s") % fault) from None


@contextmanager
def _alone_in(target: Path) -> Iterator[None]:
    with (target / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CopyError(_("Another copy is just being made there.")) from None
        yield


def _remove_unfinished(keys: Path, copies: Path) -> None:
    """What one that was killed has left: it holds keys and database together."""
    for path in (*keys.glob(".*"), *copies.glob(".*")):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _one_copy(keys: Path, copies: Path, *, at: dt.datetime, kept: dt.timedelta, tell: Tell) -> Path:
    name = stamp(at)
    unfinished = copies / f".{name}"
    try:
        unfinished.mkdir(mode=0o700)
        _copy(unfinished, last=_newest(copies), at=at, tell=tell)
        read = _read(unfinished, keystore_copy(unfinished / KEYSTORE))
        tell(_("5. Opened again from the copy: %d kinds") % read)
        with written_whole(keys / f"{name}.sqlite3") as moved:
            shutil.move(unfinished / KEYSTORE, moved)
        for left in unfinished.glob(f"{KEYSTORE}*"):
            left.unlink()
        sync(unfinished)
        unfinished.rename(copies / name)
        sync(copies)
    except (SealBrokenError, BrokenError, KeysMissingError, KeyError) as fault:
        raise CopyError(_("The copy cannot be read again: %s") % type(fault).__name__) from None
    except (OSError, DatabaseError, sqlite3.Error) as fault:
        raise CopyError(_("The copy could not be written: %s") % fault) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    prune(keys, copies, at=at, kept=kept, tell=tell)
    beat("backup", at=at)
    return copies / name


def _copy(folder: Path, *, last: Path | None, at: dt.datetime, tell: Tell) -> None:
    signed = keystore().kept(HEAD)  # before the file, where a head is written first
    heads = tenant.current().checkpoints
    said = heads.read_bytes() if heads.exists() else b""
    (folder / "checkpoints.txt").write_bytes(said)
    tell(_("1. Signed heads: %d") % _heads_in(said))
    (folder / "owners").write_bytes(b"".join(sorted(one.bytes for one in sealed_owners())))
    database = folder / dumps.name()
    dumps.dump(database)
    sync(database)
    tell(_("2. The database: %s") % database.name)
    count = _copy_files(folder / "media", last / "media" if last else None)
    tell(_("3. Files: %d") % count)
    destroyed = _copy_keystore(folder / KEYSTORE, signed)
    tell(_("4. The keystore, with %d destroyed") % destroyed)
    belonging = Installation.belonging()
    manifest = Manifest(
        installation=str(belonging.id) if belonging else "",
        made_at=at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        version=metadata.version("varna"),
        engine=dumps.engine(),
        database=database.name,
        sha256=digest(database),
        files=count,
        heads=_heads_in(said),
        destroyed=destroyed,
    )
    (folder / "manifest.json").write_text(manifest.written(), encoding="utf-8")


def _copy_keystore(path: Path, signed: dict[str, bytes]) -> int:
    """`signed`: the log's last head, as it was before the database was copied. What has been signed
    since is not in this copy, and the keystore's copy must not miss it. Answer
    how many owners' keys have been destroyed.
    """
    keystore().copy_to(path)
    copied = keystore_copy(path)
    copied.keep(HEAD, **{name.removeprefix(HEAD): root for name, root in signed.items()})
    copied.settle()
    destroyed = len(copied.destroyed())
    copied.close()
    return destroyed


def _heads_in(said: bytes) -> int:
    return said.count("\n— ".encode())


def _copy_files(folder: Path, last: Path | None) -> int:
    """Sealed files are never changed once written, so what the copy before has is linked to. What
    goes while we copy was destroyed or never claimed.
    """
    folder.mkdir(mode=0o700)
    count = 0
    for path in sorted(tenant.current().media.glob("??/*.sealed")):
        to = folder / path.parent.name / path.name
        to.parent.mkdir(exist_ok=True, mode=0o700)
        before = last / path.parent.name / path.name if last else None
        try:
            _copy_file(path, to, before)
        except FileNotFoundError:
            continue
        count += 1
    return count


def _copy_file(path: Path, to: Path, before: Path | None) -> None:
    stat = path.stat()
    if before is not None and before.exists():
        seen = before.stat()
        if (seen.st_size, seen.st_mtime_ns) == (stat.st_size, stat.st_mtime_ns):
            os.link(before, to)
            return
    shutil.copy2(path, to)
    sync(to)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _newest(copies: Path) -> Path | None:
    found = sorted(path for path in copies.iterdir() if not path.name.startswith("."))
    return found[-1] if found else None


@destroys
def prune(keys: Path, copies: Path, *, at: dt.datetime, kept: dt.timedelta, tell: Tell) -> int:
    """Answer how many copies went."""
    gone = list(_outlived(keys, copies, at=at, kept=kept))
    for path in gone:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        tell(_("Taken away, for it is old: %s") % path)
    return len(gone)


def _outlived(keys: Path, copies: Path, *, at: dt.datetime, kept: dt.timedelta) -> Iterator[Path]:
    for folder, long in ((keys, KEYS_KEPT), (copies, kept)):
        names = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
        for name in outlived(names, at=at, kept=long):
            yield folder / name


# ── is it a copy? ─────────────────────────────────────────────────────────────────────────────
def _read(folder: Path, keys: Keystore) -> int:
    """Open one row of each sealed column, and one file, from the copy with the copy's keys. Answer
    how many kinds there were to open.
    """
    count, gone = 0, keys.destroyed()
    for field in chain.from_iterable(fields for _model, fields in sealed_columns()):
        options = field.model._meta  # noqa: SLF001 (Django's public _meta)
        rows = map(Row, dumps.rows(folder / dumps.name(), options.db_table, str(field.column)))
        row = next((row for row in rows if row.owner_by(field) not in gone), None)
        if row is None:
            continue
        clear = read_again(field, row, keys)
        count += 1
        for key_within in rooms.handed("operation.original"):
            file_key = key_within(options.label, clear)
            if file_key:
                _read_file(folder / "media", row.id_in(column_of(field.model, "pk")), file_key)
                count += 1
    return count


def _read_file(media: Path, file_id: uuid.UUID, key: bytes) -> None:
    with tenant.serving(replace(tenant.current(), media=media)):
        for _chunk in files.read_file(file_id, key):
            pass
