"""What kind of file something is, told by its first bytes and never by trusting its name; and what
the log says of an original. Pure.
"""

import base64
import hmac
from enum import StrEnum

from varna.foundation.keys.rules import derive


class FileKind(StrEnum):
    PICTURE = "picture"
    PDF = "pdf"
    MAIL = "mail"
    SOUND = "sound"
    VIDEO = "video"
    TEXT = "text"
    OFFICE = "office"
    ARCHIVE = "archive"  # may hold anything
    PROGRAM = "program"  # may do anything
    OTHER = "other"


# What a handler must be warned of before fetching the original.
RISKY = frozenset({FileKind.ARCHIVE, FileKind.PROGRAM, FileKind.OFFICE, FileKind.OTHER})

_OFFICE_NAMES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".doc", ".xls", ".ppt")
_PROGRAM_NAMES = (
    ".exe", ".dll", ".msi", ".bat", ".cmd", ".com", ".scr", ".ps1", ".vbs", ".js", ".jse", ".wsf",
    ".hta", ".lnk", ".jar", ".apk", ".sh", ".py", ".html", ".htm", ".svg", ".xhtml",
)  # fmt: skip
_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"\xca\xfe\xba\xbe", FileKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", FileKind.PROGRAM),
    (b"#!", FileKind.PROGRAM),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
    (b"GIF87a", FileKind.PICTURE),
    (b"GIF89a", FileKind.PICTURE),
    (b"II*\x00", FileKind.PICTURE),
    (b"MM\x00*", FileKind.PICTURE),
    (b"BM", FileKind.PICTURE),
    (b"%PDF-", FileKind.PDF),
    (b"ID3", FileKind.SOUND),
    (b"OggS", FileKind.SOUND),
    (b"fLaC", FileKind.SOUND),
    (b"#!AMR", FileKind.SOUND),
    (b"\xff\xfb", FileKind.SOUND),
    (b"\xff\xf3", FileKind.SOUND),
    (b"\x1aE\xdf\xa3", FileKind.VIDEO),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"BZh", FileKind.ARCHIVE),
    (b"\xfd7zXZ", FileKind.ARCHIVE),
    (b"{\\rtf", FileKind.OFFICE),
)
_MAIL_HEADERS = (b"from:", b"received:", b"return-path:", b"delivered-to:", b"mime-version:",
                 b"subject:", b"date:", b"message-id:", b"x-", b"to:")  # fmt: skip


def kind_of(head: bytes, name: str) -> FileKind:
    """Answer the kind by content; the name only decides between kinds that begin alike."""
    lowered = name.lower()
    if head.startswith(b"#!AMR"):
        return FileKind.SOUND
    if lowered.endswith(_PROGRAM_NAMES):
        return FileKind.PROGRAM
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return _container(head, lowered) or _text(head)


def _container(head: bytes, name: str) -> FileKind | None:
    if head.startswith(b"PK\x03\x04"):
        return FileKind.OFFICE if name.endswith(_OFFICE_NAMES) else FileKind.ARCHIVE
    if head.startswith(b"\xd0\xcf\x11\xe0"):  # OLE: Outlook's .msg and the old Office formats
        return FileKind.MAIL if name.endswith(".msg") else FileKind.OFFICE
    if head.startswith(b"RIFF"):
        return {b"WEBP": FileKind.PICTURE, b"WAVE": FileKind.SOUND}.get(head[8:12], FileKind.VIDEO)
    if head[4:8] == b"ftyp":
        return _brand(head[8:12])
    return None


def _brand(brand: bytes) -> FileKind:
    if brand in {b"heic", b"heix", b"mif1", b"msf1", b"avif"}:
        return FileKind.PICTURE
    return FileKind.SOUND if brand in {b"M4A ", b"M4B "} else FileKind.VIDEO


def _text(head: bytes) -> FileKind:
    if b"\x00" in head:
        return FileKind.OTHER
    if head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")):
        return FileKind.PROGRAM
    if head.lower().lstrip().startswith(_MAIL_HEADERS):
        return FileKind.MAIL
    return FileKind.TEXT


def proof_of(sha256: str, key: str) -> str:
    """The original's SHA-256 as the log has it: keyed with the file's own key (base64). Whoever has
    the same picture and a copy of the log learns nothing by it, and nobody does when the case's
    keys have been destroyed; whoever opens the original's description can make it again.
    """
    own = derive(base64.b64decode(key), "varna/original/v1")
    return hmac.digest(own, bytes.fromhex(sha256), "sha256").hex()
