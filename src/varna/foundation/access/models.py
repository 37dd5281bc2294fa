"""Who is what to which report or case, and who must be kept out."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q

from varna.foundation.access import words
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, at: dt.datetime) -> "GrantQuerySet":
        return self.not_ended(at).filter(since__lte=at)

    def not_ended(self, at: dt.datetime) -> "GrantQuerySet":
        """In force or still to come: what must be ended when somebody is to lose sight."""
        return self.filter(Q(until=None) | Q(until__gt=at))


class Grant(models.Model):
    """A relation between an account and a report or case: given by somebody, why, until when.

    This list is positive: whoever is not in it sees nothing, and a conflict of interest ends the
    grant, so that no table of conflicts points anybody out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.UUIDField(db_index=True)  # a report's or a case's id
    account = models.UUIDField(db_index=True)
    relation = CodeField(max_length=10, choices=words.RELATIONS)
    compartments = models.CharField(max_length=20, blank=True)  # for SHARED: "1,2"
    reason = CodeField(max_length=20, choices=words.GRANT_REASONS)
    given_by = models.CharField(max_length=60)  # an actor's reference
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    # Set when a closing shortened it: then, and until when it was. Opened again, it is as it was.
    shortened_at = models.DateTimeField(null=True, blank=True)
    was_until = models.DateTimeField(null=True, blank=True)

    unscoped = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        indexes = [models.Index(fields=["account", "about", "relation"])]

    def shared_compartments(self) -> frozenset[Compartment]:
        return frozenset(Compartment(int(part)) for part in self.compartments.split(",") if part)


class KeptOut(models.Model):
    """Somebody with a conflict of interest in one report or case.

    The token is keyed: a copy of the database does not tell whom it names.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.BinaryField(max_length=32, unique=True)
    since = models.DateTimeField()

    unscoped = models.Manager()
