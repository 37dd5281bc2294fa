"""Turns of duty: the number to reach and the hand-over note. Who has the turn is a right, and
stands among the rights (accounts.Shift), under the same id.
"""

import datetime as dt
import uuid

from django.db import models

from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault.fields import SealedField


RECEIVERS = (Role.HANDLER, Role.LEAD)


class TurnQuerySet(models.QuerySet["Turn"]):
    def visible_to(self, actor: Actor, *, at: dt.datetime) -> "TurnQuerySet":  # noqa: ARG002
        """Whoever receives reports sees the whole list."""
        return self if actor.system or actor.reads_as(*RECEIVERS) else self.none()


class Turn(models.Model):
    """Jourpass."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # the shift's
    phone = models.CharField(max_length=40, blank=True)  # shown to everybody, with no name
    noted_at = models.DateTimeField(null=True)
    noted_by = models.UUIDField(null=True)
    note = SealedField(owner="id", shape=str, compartment=Compartment.CONTENT, null=True)

    unscoped = TurnQuerySet.as_manager()

    @classmethod
    def visible_to(cls, actor: Actor, *, at: dt.datetime) -> TurnQuerySet:
        return cls.unscoped.visible_to(actor, at=at)
