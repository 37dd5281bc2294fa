"""Uploads are sealed while they arrive. Django's own handlers write them in clear to /tmp."""

import base64
import io
import uuid
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from varna.foundation.vault import files


class Refusal(StrEnum):
    """Why a file was not taken."""

    TOO_LARGE = "too_large"
    NO_ROOM = "no_room"
    TOO_MANY = "too_many"


def refused_files(request: HttpRequest) -> list[tuple[str, Refusal]]:
    """Names of files that were dropped while they arrived, and why."""
    return getattr(request, "refused_files", [])


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # not generic at run time
    """A received file: sealed on disk under its own id and key, which only memory holds as yet."""

    def __init__(
        self, writer: files.SealedFileWriter, name: str, content_type: str, digest: str
    ) -> None:
        super().__init__(io.BytesIO(), name=name, content_type=content_type, size=writer.size)
        self.file_id: uuid.UUID = writer.file_id
        self.key = base64.b64encode(writer.key).decode()
        self.sha256 = digest
        self.head = writer.head

    def clear(self) -> bytes:
        """The whole original, in memory."""
        return b"".join(files.read_file(self.file_id, base64.b64decode(self.key)))

    def discard(self) -> None:
        files.remove_file(self.file_id)


class SealedUploadHandler(FileUploadHandler):
    """Seals what arrives. A file over the limit is dropped alone; the rest of the form stays."""

    chunk_size = 64 * 1024
    writer: files.SealedFileWriter | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().new_file(*args, **kwargs)
        try:
            self.writer = files.SealedFileWriter(uuid.uuid4())
        except OSError:
            self._refuse(Refusal.NO_ROOM)
            raise SkipFile from None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        if self.writer is None:
            return
        if self.writer.size + len(raw_data) > settings.FILE_MOST_BYTES:
            self._refuse(Refusal.TOO_LARGE)
            raise SkipFile
        try:
            self.writer.write(raw_data)
        except OSError:  # the disk is full: the text must still get through
            self._refuse(Refusal.NO_ROOM)
            raise SkipFile from None

    def file_complete(self, file_size: int) -> SealedUpload | None:  # noqa: ARG002
        if self.writer is None:
            return None
        if self.writer.size == 0:
            self._drop()
            return None
        try:
            digest = self.writer.close()
        except OSError:  # what is small meets the disk only here
            self._refuse(Refusal.NO_ROOM)
            return None
        writer, self.writer = self.writer, None
        return SealedUpload(writer, self.file_name or "", self.content_type or "", digest)

    def _refuse(self, why: Refusal) -> None:
        self._drop()
        assert self.request is not None  # noqa: S101 (Django sets it before parsing)
        refused = [*refused_files(self.request), (self.file_name or "", why)]
        self.request.refused_files = refused  # type: ignore[attr-defined]

    def upload_interrupted(self) -> None:
        self._drop()

    def _drop(self) -> None:
        if self.writer is not None:
            self.writer.abandon()
            self.writer = None
