"""Occasions, and the invitations to them."""

import uuid

from django.db import models

from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault.fields import SealedField
from varna.invitations.rules import Answer, Details
from varna.invitations.words import ANSWERS, INVITEES


# Training and meetings are administered by them; no role gives more than that.
KEEPERS = (Role.HANDLER, Role.LEAD, Role.PLAN_OWNER)


def keeps_invitations(actor: Actor) -> bool:
    return bool(actor.system) or actor.reads_as(*KEEPERS)


class OccasionQuerySet(models.QuerySet["Occasion"]):
    def visible_to(self, actor: Actor) -> "OccasionQuerySet":
        return self if keeps_invitations(actor) else self.none()


class Occasion(models.Model):
    """Tillfälle: something that people are invited to. Without a time, something to read or do.

    What is written here is mailed to everybody who is invited, and stands in clear. What must not
    be known is sealed in the room that arranges it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, db_index=True)  # which room arranges it, and what it is
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    starts_at = models.DateTimeField(null=True, db_index=True)
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True)
    seats = models.PositiveIntegerField(null=True)  # None: room for everybody
    language = models.CharField(max_length=2, default="sv")
    remind_days = models.PositiveSmallIntegerField(default=3)
    answer_url = models.CharField(max_length=60, default="invitations:answer")
    sequence = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    unscoped = OccasionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "made_at"]

    @classmethod
    def visible_to(cls, actor: Actor) -> OccasionQuerySet:
        return cls.unscoped.visible_to(actor)

    def details(self) -> Details:
        return Details(**{name: getattr(self, name) for name in Details.__dataclass_fields__})


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, actor: Actor) -> "InvitationQuerySet":
        return self if keeps_invitations(actor) else self.none()

    def with_a_place(self) -> "InvitationQuerySet":
        return self.filter(answer=Answer.YES, waiting_since=None)

    def waiting(self) -> "InvitationQuerySet":
        """The waiting list, first in line first."""
        return self.filter(answer=Answer.YES).exclude(waiting_since=None).order_by("waiting_since")


class Invitation(models.Model):
    """Kallelse: one to each who is asked. It counts as an offer when its mail has left, or when
    somebody has noted that it was given by hand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+")
    invitee_kind = CodeField(max_length=10, choices=INVITEES)
    invitee = models.UUIDField(db_index=True)
    address = SealedField(
        owner=owners.INVITATIONS, shape=str, compartment=Compartment.PROTECTION, null=True
    )  # not for the register's
    invited_at = models.DateTimeField()
    mail = models.UUIDField(null=True)  # in the outbox; None: there was no address
    bounced_at = models.DateTimeField(null=True)  # somebody has said that the mail came back
    by_hand_by = models.CharField(max_length=60, blank=True)  # an actor's reference
    by_hand_at = models.DateTimeField(null=True)
    answer = CodeField(max_length=5, choices=ANSWERS, blank=True)
    answered_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)  # a new one makes the old link useless
    token_hash = models.BinaryField(max_length=32, unique=True)

    unscoped = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "invitee_kind", "invitee"], name="one_invitation_each"
            )
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> InvitationQuerySet:
        return cls.unscoped.visible_to(actor)
