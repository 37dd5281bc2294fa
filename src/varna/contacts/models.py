"""Named contacts, and every day on which one was verified."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varna.contacts.sealed import Reach
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault.fields import SealedField


KEEPERS = (Role.LEAD, Role.HANDLER, Role.PLAN_OWNER, Role.ACCESS_ADMIN, Role.REGISTRAR)


def keeps_all(actor: Actor) -> bool:
    """Who keeps every contact; an administration's contact keeps those of the own units."""
    return bool(actor.system) or actor.reads_as(*KEEPERS)


class ContactQuerySet(models.QuerySet["Contact"]):
    def current(self) -> "ContactQuerySet":
        return self.filter(until=None)


class Contact(models.Model):
    """Kontakt: a named employee for a unit or a function. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.UUIDField(null=True, db_index=True)  # an administration or a body
    function = models.SlugField(_("function"), max_length=60, blank=True)  # a role in the plan
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("role"), max_length=200, blank=True)
    reach = SealedField(
        owner=owners.REGISTER, shape=Reach, compartment=Compartment.PROTECTION, null=True
    )
    since = models.DateField()
    until = models.DateField(null=True)

    unscoped = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None) ^ Q(function=""), name="a_contact_is_for_one_thing"
            )
        ]


class Verification(models.Model):
    """Somebody has asked, and the name and how to reach them were right."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    noted_by = models.CharField(max_length=60)  # an actor's reference

    unscoped = models.Manager()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "on"], name="verified_once_a_day")
        ]
