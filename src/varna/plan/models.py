"""The plan's rows: texts that have been read, decisions to follow them, and days of events.

Nothing here is changed once written: a version that has been followed stays as it was.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role


READERS = (Role.PLAN_OWNER, Role.LEAD, Role.HANDLER, Role.REGISTRAR, Role.CONTACT)
OWNERS = (Role.PLAN_OWNER, Role.LEAD)


class Edition(models.Model):
    """A plan's file as it was read: without a fault, whole, and by its own hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.CharField(max_length=200)  # the file's own id
    version = models.CharField(_("version"), max_length=100)
    text = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    read_at = models.DateTimeField()
    read_by = models.CharField(max_length=60)  # an actor's reference

    unscoped = models.Manager()

    class Meta:
        ordering = ["-read_at"]


class Adoption(models.Model):
    """The plan's owner has signed that a version is followed from a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(_("followed from"))
    document = models.UUIDField(null=True)  # the adopted text's version, among the documents
    document_sha256 = models.CharField(max_length=64, blank=True)  # as it was when they were tied
    decision = models.CharField(_("decision"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    unscoped = models.Manager()

    class Meta:
        ordering = ["from_on", "at"]


class Event(models.Model):
    """The day of something that commitments wait for. Taken back, never removed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("event"), max_length=60)
    on = models.DateField(_("day"))
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    taken_back_at = models.DateTimeField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "on"], condition=Q(taken_back_at=None), name="one_event_a_day"
            )
        ]
