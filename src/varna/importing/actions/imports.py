"""Read a file into the register: receive it, choose its columns, look at what it would change,
and apply it. Nothing changes before it is applied. It is written a little at a time: what breaks it
off is gone on with, or undone, and until then the file says that it was broken off.
"""

import base64
import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Mapping

from django.db import transaction

from varna.foundation import rooms
from varna.foundation.accounts.queries import known_by_accounts
from varna.foundation.accounts.rules import Actor
from varna.foundation.clock import day_of
from varna.foundation.deeds import WhyNot, deed, leave, let, locked, refuse, written
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import files, owners
from varna.foundation.vault import service as vault
from varna.foundation.vault.uploads import SealedUpload
from varna.importing.actions import answering, register, writing
from varna.importing.actions.reading import (
    Reading,
    choice_of,
    choose,
    compared,
    plain,
    preview,
    quiet,
    read,
    read_table,
)
from varna.importing.models import OPEN_STATES, Import, ImportState, RememberedColumns
from varna.importing.queries import being_written, can_be_undone, is_large
from varna.importing.rules import tables
from varna.importing.rules.columns import Choice, Column
from varna.importing.rules.plan import Plan, Progress
from varna.importing.rules.steps import WhyNotNow
from varna.importing.rules.tables import FileReason, FileRefusedError, Table
from varna.importing.sealed import SealedFile
from varna.organisation.models import keeps_the_register
from varna.organisation.queries import token


CHANGES_SHOWN = 500


# ── apply ─────────────────────────────────────────────────────────────────────────────────────
def _write_import(
    job: Import, reading: Reading, *, at: dt.datetime, progress: Progress = quiet
) -> Plan:
    """Compare once more and write, holding nobody up for more than a moment. A preview that does
    not hold any more is refused rather than applied to something that nobody has looked at.
    """
    known = register.known()
    seen = writing.seen(known)
    made = compared(
        reading, known, day=day_of(at), answers=answering.answers_of(job), progress=progress
    )
    with transaction.atomic():
        job = _begun(job, made, at=at)
    writing.write(job, made, seen, progress=progress)
    with written():
        RememberedColumns.unscoped.update_or_create(
            fingerprint=reading.fingerprint, defaults={"columns": plain(reading.choice)}
        )
        if not job.counts:  # what is left to write of one that was broken off tells too little
            _write_down(job, made)
        job.state = ImportState.APPLIED
        job.applied_at = at
        job.file = None
        job.save()
        leave("register.imported", about=job.pk, ordered_by=job.made_by, **made.counts())
    return made


def _begun(job: Import, made: Plan, *, at: dt.datetime) -> Import:
    """The import is the one that writes, from now on; also one that was broken off half-way."""
    refuse(WhyNotNow.BUSY if being_written(at).exclude(pk=job.pk).exists() else None)
    if Import.unscoped.filter(pk=job.pk).exists():
        job = locked(Import.unscoped, job.pk)
        broken_off = job.state == ImportState.WRITING and not being_written(at).filter(pk=job.pk)
        refuse(None if job.state == ImportState.APPLYING or broken_off else WhyNotNow.ELSEWHERE)
        is_stale = not broken_off and job.digest and job.digest != made.digest()
        refuse(WhyNotNow.STALE if is_stale else None)
    if job.state == ImportState.APPLYING:
        _write_down(job, made)
    job.state, job.moved_at = ImportState.WRITING, at
    job.save()
    return job


def _write_down(job: Import, made: Plan) -> None:
    job.rows = job.done = made.rows
    job.counts = made.counts()
    job.refused = [[r.line, r.reason.value, r.column or ""] for r in made.refused]
    job.changed = [str(held.id) for held in made.changed[:CHANGES_SHOWN]]
    job.ended = [str(held.id) for held in made.ended[:CHANGES_SHOWN]]
    job.digest = made.digest()


@deed("register.imported", keys_first=True)
def apply_content(
    content: bytes,
    choice: Choice,
    *,
    by: Actor,
    at: dt.datetime,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    progress: Progress = quiet,
) -> Plan:
    """Read a file that is at hand (the command line's) and apply it. New bodies that nobody has
    answered for stand as guesses, and the figures say so.
    """
    let(keeps_the_register(by))
    reading = read(read_table(content), choice)
    # Keys are made and on disk before the database is locked.
    token()
    vault.writer(owners.REGISTER, Compartment.PROTECTION)
    job = Import(
        state=ImportState.APPLYING,
        made_by=by.reference,
        made_at=at,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        columns=plain(choice),
        answers=answers or {},
    )
    return _write_import(job, reading, at=at, progress=progress)


# ── the web's steps ───────────────────────────────────────────────────────────────────────────
@deed("register.file_received", keys_first=True)
def receive(upload: SealedUpload, *, by: Actor, at: dt.datetime) -> Import:
    """Keep an uploaded file, sealed, until its columns are chosen. One that is no table, too large
    or could do harm is refused, leaves no file and changes nothing.
    """
    let(keeps_the_register(by))
    try:
        tables.size_is_well(upload.size or 0)
        table = read_table(upload.clear())
    except FileRefusedError as refusal:
        _record_refusal(upload, refusal, by=by, at=at)
        raise
    job = Import(
        state=ImportState.UPLOADED,
        made_by=by.reference,
        made_at=at,
        sha256=upload.sha256,
        size=upload.size or 0,
        file_id=upload.file_id,
        columns=plain(choose(table)),
        rows=len(table.rows),
    )
    writer = vault.writer(owners.REGISTER, Compartment.PROTECTION)
    writer.seal(job, "file", SealedFile(str(upload.file_id), upload.key))
    with written():
        job.save(force_insert=True)
        leave("register.file_received", about=job.pk, n=job.rows)
    upload.claim()
    return job


@deed("register.file_refused")
def _record_refusal(
    upload: SealedUpload, refusal: FileRefusedError, *, by: Actor, at: dt.datetime
) -> None:
    let(keeps_the_register(by))
    job = Import.unscoped.create(
        state=ImportState.REFUSED,
        made_by=by.reference,
        made_at=at,
        sha256=upload.sha256,
        size=upload.size or 0,
        refusal=refusal.reason.value,
        refusal_line=refusal.line,
    )
    leave("register.file_refused", about=job.pk, why=refusal.reason.value)


def table_of(job: Import, *, by: Actor, at: dt.datetime) -> Table:
    """Open the sealed file again."""
    with vault.opened_for(
        owners.REGISTER,
        Compartment.PROTECTION,
        may=keeps_the_register(by),
        act="register.file_read",
        about=job.pk,
        by=by,
        at=at,
    ) as handle:
        kept = handle.read(job, "file", SealedFile)
    if not kept.id:
        raise WhyNot(WhyNotNow.ELSEWHERE)
    chunks = files.read_file(uuid.UUID(kept.id), base64.b64decode(kept.key))
    return read_table(b"".join(chunks))


def _locked(job: Import, *states: ImportState) -> Import:
    """The row as it stands now, held until the deed is done, if it is where this can be done."""
    found = locked(Import.unscoped, job.pk)
    refuse(None if found.state in states else WhyNotNow.ELSEWHERE)
    return found


@deed("register.columns_chosen")
def choose_columns(
    job: Import, choice: Mapping[Column, int], *, by: Actor, at: dt.datetime
) -> Import:
    """Say which column holds what. Small files are compared at once, large ones by the worker."""
    let(keeps_the_register(by))
    job = _locked(job, ImportState.UPLOADED, ImportState.PLANNED)
    job.columns = plain(choice)
    job.state = ImportState.PLANNING
    job.done = 0
    job.digest, job.asked, job.answers = "", {}, {}
    job.save()
    leave("register.columns_chosen", about=job.pk)
    return job


@deed("register.compared", keys_first=True)
def compare(job: Import, *, by: Actor, at: dt.datetime) -> Import:
    """Make the preview of a file whose columns are chosen."""
    let(keeps_the_register(by))
    table = table_of(job, by=by, at=at)
    choice = choice_of(job)
    reading = read(table, choice)
    answers = answering.answers_of(job)
    made = preview(reading, day=day_of(at), answers=answers, progress=_progress_of(job))
    with written():
        job = _locked(job, ImportState.PLANNING)
        _write_down(job, made)
        job.asked = answering.asked(reading, made)
        job.state = ImportState.PLANNED
        job.save()
        leave("register.compared", about=job.pk)
    return job


def _progress_of(job: Import) -> Callable[[int, int], None]:
    def progress(done: int, _of: int) -> None:
        if is_large(job):
            Import.unscoped.filter(pk=job.pk).update(done=done)

    return progress


@deed("register.import_ordered")
def order(job: Import, *, sure: bool = False, by: Actor, at: dt.datetime) -> Import:
    """Ask for a previewed file to be applied. `sure`: it is the right one, though it looks odd."""
    let(keeps_the_register(by))
    job = _locked(job, ImportState.PLANNED)
    refuse(answering.why_not_apply(job, sure=sure))
    job.state = ImportState.APPLYING
    job.made_by = by.reference
    job.save(update_fields=["state", "made_by"])
    leave("register.import_ordered", about=job.pk)
    return job


@deed("register.imported", keys_first=True)
def carry_out(job: Import, *, by: Actor, at: dt.datetime) -> Plan:
    """Apply a file that has been ordered. When the register has changed since the preview, make a
    new one, and say that it is stale.
    """
    let(keeps_the_register(by))
    reading = read(table_of(job, by=by, at=at), choice_of(job))
    job.refresh_from_db(fields=["answers"])  # they may have been given since the row was fetched
    try:
        made = _write_import(job, reading, at=at, progress=_progress_of(job))
    except WhyNot as why:
        if why.reason is WhyNotNow.STALE:
            Import.unscoped.filter(pk=job.pk).update(state=ImportState.PLANNING, digest="")
            job.refresh_from_db()
            compare(job, by=by, at=at)
        raise
    _remove_file(job)
    return made


@deed("register.import_undone", keys_first=True)
def undo(job: Import, *, by: Actor, at: dt.datetime) -> int:
    """Take the latest import back, all of it. People and bodies that have come into use since stay,
    without what the import gave them; answer how many rows stayed.
    """
    let(keeps_the_register(by))
    with transaction.atomic():
        job = locked(Import.unscoped, job.pk)
        refuse(WhyNotNow.BUSY if being_written(at).exists() else None)
        refuse(None if can_be_undone(job, at=at) else WhyNotNow.NOT_LAST)
        # Whoever dies in the midst of it is followed by whoever undoes the rest, and not by the
        # worker, who would write it all anew.
        job.state, job.moved_at, job.file = ImportState.BROKEN, at, None
        job.save()
    stayed = writing.undo(job, in_use=in_use)
    with written():
        Import.unscoped.filter(pk=job.pk).update(state=ImportState.UNDONE)
        leave("register.import_undone", about=job.pk, n=stayed)
    _remove_file(job)
    return stayed


def in_use(ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those people and bodies that an account or another room knows by now. Cases are not asked:
    whoever undoes an import must not learn whom they are about, and a case has the name itself.
    """
    return known_by_accounts(ids).union(*(ask(ids) for ask in rooms.handed("register.in_use")))


@deed("register.import_abandoned")
def abandon(job: Import, *, by: Actor, at: dt.datetime) -> None:
    """Leave the register as it is and remove the file."""
    let(keeps_the_register(by))
    job = _locked(job, *OPEN_STATES)
    job.state = ImportState.ABANDONED
    job.file = None
    job.save()
    leave("register.import_abandoned", about=job.pk)
    transaction.on_commit(lambda: _remove_file(job))


@deed("register.file_refused", "register.import_broken_off")
def give_up(job: Import, *, by: Actor, at: dt.datetime) -> None:
    """The worker could not read or write this file: say so, and do not try for ever. What has been
    begun is never called refused: something of it stands in the register.
    """
    let(bool(by.system))
    job = _locked(job, ImportState.PLANNING, ImportState.APPLYING, ImportState.WRITING)
    job.file = None
    if job.state == ImportState.WRITING:
        job.state = ImportState.BROKEN
        job.save()
        leave("register.import_broken_off", about=job.pk)
    else:
        job.state = ImportState.REFUSED
        job.refusal = FileReason.DAMAGED.value
        job.save()
        leave("register.file_refused", about=job.pk, why=job.refusal)
    transaction.on_commit(lambda: _remove_file(job))


def _remove_file(job: Import) -> None:
    if job.file_id is not None:
        files.remove_file(job.file_id)
