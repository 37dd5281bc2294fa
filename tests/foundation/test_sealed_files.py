"""Files: sealed while they arrive, whole or not at all."""

import os
import tempfile
import threading
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

import pytest

from intake.test_the_walk import code_in, send_report
from varna.evidence.models import Item
from varna.foundation.vault import files
from varna.foundation.vault.rules import SealBrokenError
from varna.reports.models import Report


CHUNK = files.CHUNK
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * 1024 * 1024]


def sealed(body, *, by=10_000):
    writer = files.SealedFileWriter(uuid.uuid4())
    for start in range(0, len(body), by):
        writer.write(body[start : start + by])
    writer.close()
    return writer


def opened(writer):
    return b"".join(files.read_file(writer.file_id, writer.key))


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_was(size):
    body = os.urandom(size)
    for by in (10_000, CHUNK, 1_000_000):
        assert opened(sealed(body, by=by)) == body


@pytest.mark.parametrize("size", [1, CHUNK, CHUNK + 1])
def test_nothing_of_it_lies_in_clear_and_only_we_may_read_it(size):
    body = (b"kanariefil" * (size // 10 + 1))[:size]
    path = files.path_of(sealed(body).file_id)
    assert path.stat().st_mode & 0o777 == 0o600
    assert size < 10 or b"kanariefil" not in path.read_bytes()


PIECE = CHUNK + files.TAG
HARMS = {
    "last byte cut": lambda data: data[:-1],
    "last chunk cut": lambda data: data[:PIECE],
    "everything cut": lambda _data: b"",
    "a byte added": lambda data: data + b"x",
    "a chunk added": lambda data: data + data[:PIECE],
    "chunks swapped": lambda data: data[PIECE : 2 * PIECE] + data[:PIECE] + data[2 * PIECE :],
    "a chunk twice": lambda data: data[:PIECE] + data[:PIECE] + data[2 * PIECE :],
    "a chunk left out": lambda data: data[PIECE:],
    "one bit": lambda data: bytes([data[0] ^ 1]) + data[1:],
}


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.proves("T17")
def test_a_file_that_was_touched_does_not_open(harm):
    writer = sealed(os.urandom(2 * CHUNK + 100))
    path = files.path_of(writer.file_id)
    path.write_bytes(HARMS[harm](path.read_bytes()))
    with pytest.raises(SealBrokenError):
        opened(writer)


def test_another_files_chunk_key_or_name_does_not_open():
    one, other = sealed(os.urandom(2 * CHUNK)), sealed(os.urandom(2 * CHUNK))
    theirs = files.path_of(other.file_id).read_bytes()
    mine = files.path_of(one.file_id).read_bytes()
    with pytest.raises(SealBrokenError):
        b"".join(files.read_file(one.file_id, other.key))
    files.path_of(one.file_id).write_bytes(mine[:PIECE] + theirs[PIECE:])
    with pytest.raises(SealBrokenError):
        opened(one)
    files.path_of(other.file_id).write_bytes(mine)
    with pytest.raises(SealBrokenError):
        b"".join(files.read_file(other.file_id, one.key))


def test_an_abandoned_file_is_not_there():
    writer = files.SealedFileWriter(uuid.uuid4())
    writer.write(b"x" * 100_000)
    writer.abandon()
    assert not files.path_of(writer.file_id).exists()


CANARY = b"kanarieuppladdning" * 9_000  # 160 kB: more than Django keeps in memory of one chunk


class Watch(threading.Thread):
    """Looks for the canary in every file of some folders, again and again."""

    def __init__(self, *folders):
        super().__init__(daemon=True)
        self.folders, self.found, self.rounds, self.done = folders, [], 0, False

    def run(self):
        while not self.done:
            self.look()

    def look(self):
        for folder in self.folders:
            for path in Path(folder).rglob("*"):
                try:
                    if path.is_file() and b"kanarieuppladdning" in path.read_bytes():
                        self.found.append(path)
                except OSError:
                    continue
        self.rounds += 1


@pytest.fixture
def watched(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert tempfile.gettempdir() == str(tmp_path)
    watch = Watch(tmp_path, settings.VAR)
    watch.start()
    yield watch
    watch.done = True
    watch.join()
    watch.look()
    assert watch.rounds
    assert not watch.found


def test_the_watch_itself_sees_what_it_looks_for(tmp_path):
    (tmp_path / "clear").write_bytes(CANARY)
    watch = Watch(tmp_path)
    watch.look()
    assert watch.found


@pytest.mark.django_db
def test_an_upload_is_never_in_clear_on_disk(client, alva, watched):
    pictures = [SimpleUploadedFile(f"{n}.png", CANARY + bytes([n])) for n in range(4)]
    answer = send_report(client, files=pictures)
    assert code_in(answer)
    assert Item.unscoped.exclude(claimed_at=None).count() == 4


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused_with_words_and_the_rest_is_kept(
    client, alva, monkeypatch
):
    monkeypatch.setattr(settings, "FILE_MOST_BYTES", 200_000)
    before = {file_id for file_id, _ in files.stored_files()}
    small = SimpleUploadedFile("liten.png", b"x" * 1000)
    large = SimpleUploadedFile("stor.png", b"x" * 200_001)
    answer = send_report(client, files=[small, large])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "stor.png" in page
    assert "Han skrev igen." in page
    kept = Item.unscoped.get()
    assert {file_id for file_id, _ in files.stored_files()} - before == {kept.pk}
    assert not Report.unscoped.exists()
    exact = SimpleUploadedFile("lagom.png", b"x" * 200_000)
    assert send_report(client, files=[exact]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 1000, CHUNK + 5, 400_000])
def test_where_no_file_can_be_made_the_words_are_kept(client, alva, monkeypatch, tmp_path, size):
    blocked = tmp_path / "media"
    blocked.write_text("not a folder")
    monkeypatch.setattr(settings, "MEDIA", blocked)
    answer = send_report(client, files=SimpleUploadedFile("bild.png", b"x" * size))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "bild.png" in page
    assert "Han skrev igen." in page


@pytest.mark.django_db
def test_what_is_removed_is_removed_with_its_file(client, alva, now):
    from varna.evidence import actions as evidence

    send_report(client, files=[SimpleUploadedFile("bild.png", b"x" * 1000)])
    item = Item.unscoped.get()
    assert files.path_of(item.pk).exists()
    assert evidence.remove_all(item.owner) == 1
    assert not files.path_of(item.pk).exists()
    assert not Item.unscoped.exists()
