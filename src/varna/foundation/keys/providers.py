"""Who holds the root key: a file (development), the environment, or a systemd credential.

Vault transit and PKCS#11 wrap elsewhere and never give the key out, so the interface is wrap and
unwrap, not "give me the key".
"""

import base64
import binascii
import os
import secrets
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from . import rules


class RootKeyError(Exception):
    """The root key cannot be had, or it is not the one this keystore was made with."""


class Provider(Protocol):
    """Wraps and unwraps 32-byte keys; `context` binds what is wrapped to its purpose."""

    name: str

    def wrap(self, key: bytes, *context: bytes | str | int) -> bytes: ...

    def unwrap(self, wrapped: bytes, *context: bytes | str | int) -> bytes: ...


class HeldRoot:
    """A root key that this process holds in memory."""

    def __init__(self, name: str, root: bytes) -> None:
        if len(root) != 32:
            raise RootKeyError(_("The root key must be 32 bytes."))
        self.name = name
        self._root = root

    def wrap(self, key: bytes, *context: bytes | str | int) -> bytes:
        return rules.wrap(self._root, key, "varna/root/v1", *context)

    def unwrap(self, wrapped: bytes, *context: bytes | str | int) -> bytes:
        try:
            return rules.unwrap(self._root, wrapped, "varna/root/v1", *context)
        except rules.BrokenError:
            raise RootKeyError(
                _("The root key is not the one that this keystore was made with.")
            ) from None


def decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        raise RootKeyError(_("The root key must be 32 bytes, written as base64.")) from None


def make_root_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(32)) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def from_file(path: Path) -> HeldRoot:
    if not path.exists():
        raise RootKeyError(_("There is no root key at %s. `varna keys init` makes one.") % path)
    return HeldRoot("file", decoded(path.read_text()))


def from_credential() -> HeldRoot:
    """systemd's LoadCredentialEncrypted=varna-root:… puts the file where only we can read."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    path = Path(folder) / "varna-root"
    if not folder or not path.exists():
        raise RootKeyError(
            _(
                "There is no credential varna-root. Put LoadCredentialEncrypted=varna-root:PATH in "
                "the service unit."
            )
        )
    return HeldRoot("credential", decoded(path.read_text()))


def from_environment() -> HeldRoot:
    if not settings.ROOT_KEY:
        raise RootKeyError(_("VARNA_ROOT_KEY (or VARNA_ROOT_KEY_FILE) is missing."))
    return HeldRoot("env", decoded(settings.ROOT_KEY))


def chosen() -> Provider:
    if settings.KEY_PROVIDER == "file":
        return from_file(settings.ROOT_KEY_FILE)
    if settings.KEY_PROVIDER == "credential":
        return from_credential()
    return from_environment()
