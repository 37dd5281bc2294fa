"""Requests for help. Each is an owner of its own in the vault; none belongs to a case."""

import datetime as dt
import uuid

from django.db import models

from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault.fields import SealedField
from varna.requests.words import SUBJECTS


ANSWERERS = (Role.HANDLER, Role.LEAD)


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def visible_to(self, actor: Actor, *, at: dt.datetime) -> "HelpRequestQuerySet":  # noqa: ARG002
        """All of them for those who answer; else one's own."""
        if actor.system or actor.reads_as(*ANSWERERS):
            return self
        if actor.account is None or not actor.is_strong:
            return self.none()
        return self.filter(asker=actor.account)


class HelpRequest(models.Model):
    """Begäran om hjälp."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asker = models.UUIDField(db_index=True)  # an account
    subject = CodeField(max_length=10, choices=SUBJECTS)
    asked_at = models.DateTimeField()
    question = SealedField(owner="id", shape=str, compartment=Compartment.CONTENT)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = SealedField(owner="id", shape=str, compartment=Compartment.CONTENT, null=True)

    unscoped = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]

    @classmethod
    def visible_to(cls, actor: Actor, *, at: dt.datetime) -> HelpRequestQuerySet:
        return cls.unscoped.visible_to(actor, at=at)
