"""Uploads are sealed while they arrive. Django's own handlers write them in clear to /tmp.

A view takes files if its policy says so, in the field and as many as it says; the policy has been
asked before the body is read. What nobody has claimed when the request ends is gone.
"""

import base64
import html
import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from varna.foundation.access.policies import Files, files_taken
from varna.foundation.deeds import WhyNot
from varna.foundation.vault import files, space


LONGEST_NAME, LONGEST_RAW_NAME = 255, 1000
LOSSLESS = "latin-1"  # any byte becomes one sign, and one sign that byte again


class Refusal(StrEnum):
    """Why a file was not taken."""

    TOO_LARGE = "too_large"
    NO_ROOM = "no_room"
    TOO_MANY = "too_many"
    EMPTY = "empty"


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # not generic at run time
    """A received file: sealed on disk under its own id and key, which only memory holds as yet."""

    def __init__(
        self, writer: files.SealedFileWriter, name: str, digest: str, *, raw_name: str = ""
    ) -> None:
        super().__init__(io.BytesIO(), name=name, size=writer.size)
        self.file_id: uuid.UUID = writer.file_id
        self.raw_name = raw_name[:LONGEST_RAW_NAME]
        self.key = base64.b64encode(writer.key).decode()
        self.sha256 = digest
        self.head = writer.head
        self._writer = writer

    def clear(self) -> bytes:
        """The whole original, in memory."""
        return b"".join(files.read_file(self.file_id, base64.b64decode(self.key)))

    def claim(self) -> None:
        """Somebody keeps it. What nobody claims goes when the request does."""
        self._writer.claimed = True


class RefusedUpload(UploadedFile):  # type: ignore[type-arg]  # not generic at run time
    """A file that was not taken. It stands where it would have stood: none goes without a word."""

    def __init__(self, name: str, why: Refusal) -> None:
        super().__init__(io.BytesIO(), name=name, size=0)
        self.why = why


Upload = SealedUpload | RefusedUpload


@dataclass(frozen=True, slots=True)
class Received:
    """What came in the field that a view takes files in."""

    kept: list[SealedUpload] = field(default_factory=list)
    refused: list[RefusedUpload] = field(default_factory=list)


def received(request: HttpRequest) -> Received:
    taken, found = files_taken(request), Received()
    for one in request.FILES.getlist(taken.field) if taken else []:
        if isinstance(one, SealedUpload):
            found.kept.append(one)
        elif isinstance(one, RefusedUpload):
            found.refused.append(one)
    return found


def keep_each(request: HttpRequest, keep: Callable[[SealedUpload], object]) -> list[RefusedUpload]:
    """Keep what was received, one by one; answer what was refused, now or while it arrived."""
    found = received(request)
    for upload in found.kept:
        try:
            keep(upload)
        except WhyNot as why:
            found.refused.append(RefusedUpload(upload.name or "", Refusal(why.reason)))
    return found.refused


def shown_name(raw: str) -> str:
    """What a file is called on a page: no folder, nothing that cannot be seen, and never nothing.
    Its entities are read as Django reads them: browsers send some signs so.
    """
    last = html.unescape(raw).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if sign.isprintable()).strip()
    return gettext("file without a name") if seen in {"", ".", ".."} else seen[:LONGEST_NAME]


# ── while it arrives ──────────────────────────────────────────────────────────────────────────
class SealedUploadHandler(FileUploadHandler):
    """Has the body read with names as they were sent, and files sealed."""

    chunk_size = 64 * 1024

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ANN401 (Django's signature)
        META: dict[str, Any],  # noqa: N803
        content_length: int,  # noqa: ARG002
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,
    ) -> "tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]]":
        """A file that is sent under no name at all looks like words to Django. Words are therefore
        read without loss, and made into words when we know which they are.
        """
        assert self.request is not None  # noqa: S101 (Django sets it before parsing)
        taken, encoding = files_taken(self.request), encoding or settings.DEFAULT_CHARSET
        sealing = Sealing(self.request, taken, encoding)
        said, came = Parts(META, input_data, [sealing], LOSSLESS).parse()
        if taken:
            nameless = [body.encode(LOSSLESS) for body in said.getlist(taken.field) if body]
            came.setlistdefault(taken.field, []).extend(
                [*map(sealing.whole, nameless), *sealing.cut_short]
            )
        return _words(said, encoding), came


def _read(raw: str, encoding: str) -> str:
    return raw.encode(LOSSLESS).decode(encoding, "replace")


def _words(said: QueryDict, encoding: str) -> QueryDict:
    words = QueryDict(mutable=True, encoding=encoding)
    for name, values in said.lists():
        words.setlist(_read(name, encoding), [_read(one, encoding) for one in values])
    words._mutable = False  # noqa: SLF001 (as Django's own parser ends)
    return words


class Parts(MultiPartParser):
    """Django's own, which would change names, and leave out files whose name becomes nothing."""

    def sanitize_file_name(self, file_name: str) -> str:
        return file_name


class Sealing(FileUploadHandler):
    """Seals what arrives. A file that cannot be taken is refused alone; the rest of the form stays.
    What comes where no files are taken is not even counted.
    """

    chunk_size = SealedUploadHandler.chunk_size

    def __init__(self, request: HttpRequest, taken: Files | None, encoding: str) -> None:
        super().__init__(request)
        self.taken, self.encoding, self.count = taken, encoding, 0
        self.writer: files.SealedFileWriter | None = None
        self.why: Refusal | None = None
        self.raw_name = ""
        self.in_hand = False
        self.cut_short: list[RefusedUpload] = []

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        if self.taken is None or field_name != self.taken.field:
            raise SkipFile
        super().new_file(field_name, file_name, *args, **kwargs)
        self._begin(_read(file_name, self.encoding))

    def _begin(self, raw_name: str) -> None:
        assert self.taken is not None  # noqa: S101 (asked by those who call)
        self.raw_name, self.writer, self.why, self.in_hand = raw_name, None, None, True
        self.count += 1
        if self.count > self.taken.at_most():
            self.why = Refusal.TOO_MANY
        elif space.why_full():
            self.why = Refusal.NO_ROOM
        else:
            self._where_it_fits(self._open)

    def _open(self) -> None:
        self.writer = files.SealedFileWriter(uuid.uuid4())
        arrived(self.request).append(self.writer)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        writer = self.writer
        if writer is None:
            return
        if writer.size + len(raw_data) > settings.FILE_MOST_BYTES:
            self._refuse(Refusal.TOO_LARGE)
        elif space.why_full():
            self._refuse(Refusal.NO_ROOM)
        else:
            self._where_it_fits(lambda: writer.write(raw_data))
            space.HELD.add(len(raw_data))

    def file_complete(self, file_size: int) -> Upload:  # noqa: ARG002
        self.in_hand = False
        if self.writer is not None and self.writer.size == 0:
            self._refuse(Refusal.EMPTY)
        writer, name = self.writer, shown_name(self.raw_name)
        # What is small meets the disk only here.
        digest = self._where_it_fits(writer.close) if writer else None
        if writer is None or digest is None:
            return RefusedUpload(name, self.why or Refusal.NO_ROOM)
        return SealedUpload(writer, name, digest, raw_name=self.raw_name)

    def upload_interrupted(self) -> None:
        """The body ended in the midst of a file; Django says so too after one that was skipped."""
        if not self.in_hand:
            return
        self._refuse(self.why or Refusal.NO_ROOM)
        self.cut_short.append(RefusedUpload(shown_name(self.raw_name), self.why or Refusal.NO_ROOM))

    def whole(self, body: bytes) -> Upload:
        """A file that is here already, and has no name."""
        self._begin("")
        self.receive_data_chunk(body, 0)
        return self.file_complete(len(body))

    def _where_it_fits(self, write: Callable[[], Any]) -> Any:  # noqa: ANN401 (what was written)
        """The disk may be full: the text must still get through."""
        try:
            return write()
        except OSError:
            self._refuse(Refusal.NO_ROOM)

    def _refuse(self, why: Refusal) -> None:
        self.why = why
        if self.writer is not None:
            self.writer.abandon()
            self.writer = None


# ── when the request ends ─────────────────────────────────────────────────────────────────────
def arrived(request: HttpRequest | None) -> list[files.SealedFileWriter]:
    """Every file that has begun to arrive with a request, whole or not."""
    found: list[files.SealedFileWriter] = request.__dict__.setdefault("arrived", [])
    return found


def nothing_unclaimed(
    respond: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Whatever a request ended with: a file that nobody has claimed is not there any more."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            return respond(request)
        finally:
            for writer in arrived(request):
                if not writer.claimed:
                    writer.abandon()

    return middleware
