"""Partners and meetings. What is said and decided with them is sealed; days and codes are not."""

import hashlib
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from varna.cooperation.sealed import PartnerPerson, Undertaking
from varna.cooperation.words import GROUNDS, WAYS
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault.fields import SealedField


KEEPERS = (Role.HANDLER, Role.LEAD, Role.PLAN_OWNER)


def keeps_cooperation(actor: Actor) -> bool:
    return bool(actor.system) or actor.reads_as(*KEEPERS)


class Partner(models.Model):
    """Samverkanspart: the police, a party's security organisation … Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.SlugField(_("kind"), max_length=60)  # the plan's word for it
    party = models.UUIDField(null=True)  # whose security organisation it is
    since = models.DateField()
    until = models.DateField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["name"]


class PartyAlone(models.Model):
    """Somebody has said that a party has no security organisation of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.UUIDField(db_index=True)
    since = models.DateField()
    until = models.DateField(null=True)  # its last day
    noted_by = models.CharField(max_length=60)  # an actor's reference

    unscoped = models.Manager()

    class Meta:
        ordering = ["since"]


class PartnerContact(models.Model):
    """A person at a partner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    person = SealedField(
        owner=owners.COOPERATION, shape=PartnerPerson, compartment=Compartment.PROTECTION
    )
    until = models.DateField(null=True)
    made_at = models.DateTimeField()

    unscoped = models.Manager()

    class Meta:
        ordering = ["made_at"]


class Checked(models.Model):
    """A day on which a contact was verified."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(PartnerContact, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    noted_by = models.CharField(max_length=60)  # an actor's reference

    unscoped = models.Manager()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["contact", "on"], name="checked_once_a_day")]


class Touch(models.Model):
    """A contact that was had with a partner: when, how, and one line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    way = CodeField(max_length=8, choices=WAYS)
    line = SealedField(owner=owners.COOPERATION, shape=str, compartment=Compartment.CONTENT)
    noted_by = models.CharField(max_length=60)

    unscoped = models.Manager()

    class Meta:
        ordering = ["-on"]


class Meeting(models.Model):
    """Samverkansmöte. When, where and who is asked is its occasion in `invitations`, same id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agenda = SealedField(
        owner=owners.COOPERATION, shape=str, compartment=Compartment.CONTENT, null=True
    )
    minutes = SealedField(
        owner=owners.COOPERATION, shape=str, compartment=Compartment.CONTENT, null=True
    )
    decisions = SealedField(
        owner=owners.COOPERATION, shape=str, compartment=Compartment.CONTENT, null=True
    )
    attended = models.ManyToManyField(Partner, related_name="+")
    held = models.BooleanField(default=False)  # somebody has noted that it took place
    # The situation as it was shown when it was written down: (label's code, number or None). It
    # does not follow what happens afterwards: who looks twice sees no difference.
    picture = models.JSONField(null=True)

    unscoped = models.Manager()

    def mark(self, *names: str) -> str:
        """Another after each save: what is sealed again is never the same."""
        sealed = [bytes(getattr(self, name) or b"") for name in names]
        return hashlib.sha256(b"".join(sealed)).hexdigest()[:16]


class Task(models.Model):
    """What somebody took on at a meeting. Open ones are carried to the next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    what = SealedField(owner=owners.COOPERATION, shape=Undertaking, compartment=Compartment.CONTENT)
    account = models.UUIDField(null=True)  # when the owner can sign in
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["due_on"]


class Sharing(models.Model):
    """What was shared with whom, when and on what ground."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    what = SealedField(owner=owners.COOPERATION, shape=str, compartment=Compartment.CONTENT)
    ground = CodeField(max_length=20, choices=GROUNDS)
    noted_by = models.CharField(max_length=60)

    unscoped = models.Manager()

    class Meta:
        ordering = ["-on"]
