"""What there is to receive, who is what to it, and who must be kept out."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q

from varna.foundation.access import words
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.tags import Tagged, TaggedQuerySet


class Matter(Tagged):
    """A report or a case, as far as receiving it goes. Who receives is decided when it is read: the
    leads, and for a report those on duty. One that has gone into a case has no life of its own.
    """

    id = models.UUIDField(primary_key=True, editable=False)  # the report's or the case's
    since = models.DateTimeField()
    for_duty = models.BooleanField()  # a report: also for whoever is on duty
    within = models.UUIDField(null=True, db_index=True)  # the case that it has gone into

    unscoped = TaggedQuerySet["Matter"].as_manager()

    @property
    def root(self) -> uuid.UUID:
        return self.within or self.pk


class GrantQuerySet(TaggedQuerySet["Grant"]):
    def in_force(self, at: dt.datetime) -> "GrantQuerySet":
        return self.not_ended(at).filter(since__lte=at)

    def not_ended(self, at: dt.datetime) -> "GrantQuerySet":
        """In force or still to come: what must be ended when somebody is to lose sight."""
        return self.filter(Q(until=None) | Q(until__gt=at))


class Grant(Tagged):
    """A relation between an account and a report or case: given by somebody, why, until when.

    This list is positive: whoever is not in it, and receives nothing by role, sees nothing.
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


class KeptOut(Tagged):
    """Somebody with a conflict of interest in one report or case.

    `who` is keyed and `about` is wrapped: a copy of the table tells neither whom nor what.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    who = models.BinaryField(max_length=32, db_index=True)
    about = models.BinaryField(max_length=24)

    unscoped = TaggedQuerySet["KeptOut"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["who", "about"], name="kept_out_of_a_thing_once")
        ]
