"""Files read into the register, and how their columns were understood."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault.fields import SealedField
from varna.importing.sealed import SealedFile, Was


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("the columns are to be chosen")
    PLANNING = "planning", _("is being compared with the register")
    PLANNED = "planned", _("waits for you to look and apply")
    APPLYING = "applying", _("is being applied")
    WRITING = "writing", _("is being written")
    BROKEN = "broken", _("broken off; what has been written stands, and can be undone")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")
    REFUSED = "refused", _("refused")
    ABANDONED = "abandoned", _("abandoned")


OPEN_STATES = (
    ImportState.UPLOADED,
    ImportState.PLANNING,
    ImportState.PLANNED,
    ImportState.APPLYING,
)


class Import(models.Model):
    """A file read into the register: by whom, when, and what became of its rows.

    What it was called and what stood in it are not kept; the file's key is sealed, and goes when
    the file goes. `refused` holds lines and reasons, never what stood there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = CodeField(max_length=10, choices=ImportState)
    made_by = models.CharField(max_length=60)  # an actor's reference
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)  # when something of it was last written
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    file = SealedField(
        sealed_as="organisation.import.file",
        owner=owners.REGISTER,
        shape=SealedFile,
        compartment=Compartment.PROTECTION,
        null=True,
    )
    file_id = models.UUIDField(null=True)  # so that what is left over can be removed unread
    columns = models.JSONField(default=dict)  # {"name": 0, …}: places, never headers
    done = models.IntegerField(default=0)
    rows = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list)  # [[line, reason, column], …]
    changed = models.JSONField(default=list)  # ids of assignments
    ended = models.JSONField(default=list)
    asked = models.JSONField(default=dict)  # lines of open bodies and names, and codes of doubts
    answers = models.JSONField(default=dict)  # by keyed token: what bodies are, who is who
    digest = models.CharField(max_length=64, blank=True)
    refusal = models.CharField(max_length=20, blank=True)  # why the whole file was refused
    refusal_line = models.IntegerField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["-made_at"]


class Kind(models.TextChoices):
    PARTY = "party"
    BODY = "body"
    PERSON = "person"
    ASSIGNMENT = "assignment"


class Before(models.Model):
    """A row of the register before an import: not there (`was` is empty), or what stood in it. Kept
    until the next import, so that the latest can be undone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.UUIDField(db_index=True)  # the import
    kind = CodeField(max_length=10, choices=Kind)
    row = models.UUIDField()
    was = SealedField(
        owner=owners.REGISTER,
        shape=Was,
        compartment=Compartment.PROTECTION,
        null=True,
        passing=True,  # until the next import
    )

    unscoped = models.Manager()


class RememberedColumns(models.Model):
    """How the columns of files with these headers were last chosen."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    columns = models.JSONField()

    unscoped = models.Manager()
