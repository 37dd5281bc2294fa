"""Originals as they were received. What they are called and what is in them is sealed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from varna.evidence.rules import FileKind
from varna.evidence.sealed import Description
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault.fields import SealedField


KIND_LABELS = {
    FileKind.PICTURE: _("picture"),
    FileKind.PDF: _("PDF document"),
    FileKind.MAIL: _("e-mail message"),
    FileKind.SOUND: _("sound recording"),
    FileKind.VIDEO: _("video"),
    FileKind.TEXT: _("text"),
    FileKind.OFFICE: _("office document"),
    FileKind.ARCHIVE: _("archive file"),
    FileKind.PROGRAM: _("program or script"),
    FileKind.OTHER: _("unknown kind"),
}


class Origin(models.TextChoices):
    REPORTER = "reporter", _("from the reporter")
    HANDLER = "handler", _("added by a handler")


class ItemQuerySet(models.QuerySet["Item"]):
    def about(self, owner: uuid.UUID) -> "ItemQuerySet":
        """What was received for one report or case; the caller has asked who is looking."""
        return self.filter(owner=owner).exclude(claimed_at=None)


class Item(models.Model):
    """One original. Its file lies sealed under the same id; the file's key is in `meta`."""

    id = models.UUIDField(primary_key=True, editable=False, default=uuid.uuid4)
    owner = models.UUIDField(db_index=True)  # the report or case whose keys seal it
    origin = CodeField(max_length=10, choices=Origin)
    received_at = models.DateTimeField()
    # Empty while the form it came with has not been accepted; such files are swept after a day.
    claimed_at = models.DateTimeField(null=True, blank=True)
    meta = SealedField(owner="owner", shape=Description, compartment=Compartment.EVIDENCE)

    unscoped = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["received_at"]
