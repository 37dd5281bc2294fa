"""Mails that wait, and the worker's pulse."""

import uuid

from django.db import models

from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.outbox.sealed import Letter
from varna.foundation.vault import owners
from varna.foundation.vault.fields import SealedField


class Mail(models.Model):
    """A mail to send. The uniform one says the same to everyone, so the row holds no words; a
    sign-in code or an invitation is sealed, and forgotten when it has been sent.
    """

    class Kind(models.TextChoices):
        UNIFORM = "uniform"  # something is waiting; never what
        SIGN_IN = "sign_in"  # a one-time code
        INVITATION = "invitation"  # to training or a meeting; what it says is in its payload

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = CodeField(max_length=10, choices=Kind)
    account = models.UUIDField(null=True, db_index=True)
    payload = SealedField(
        owner=owners.OUTBOX,
        shape=Letter,
        compartment=Compartment.CONTENT,
        null=True,
        passing=True,
    )
    once = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 (unique or none)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()  # when it was to leave; `not_before` moves with each try
    not_before = models.DateTimeField(db_index=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=80, blank=True)  # an error's class, never its words
    sent_at = models.DateTimeField(null=True, db_index=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["created_at"]


class Pulse(models.Model):
    """When a part of the system last showed that it is alive."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    unscoped = models.Manager()
