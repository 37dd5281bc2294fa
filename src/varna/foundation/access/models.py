"""Who is what to which report or case, and who must be kept out."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from varna.foundation.access.rules import Relation
from varna.foundation.accounts.rules import Actor
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment


RELATION_LABELS = {
    Relation.REPORTER: _("has reported"),
    Relation.EXPOSED: _("is exposed"),
    Relation.TRIAGE: _("takes new reports"),
    Relation.ASSIGNED: _("handles the case"),
    Relation.LEAD: _("leads the work"),
    Relation.SHARED: _("the administration's contact, after sharing"),
}


class GrantReason(models.TextChoices):
    DUTY = "duty", _("on duty for new reports")
    ROLE = "role", _("leads the work")
    HANDLES = "handles", _("handles the case")
    SUBSTITUTE = "substitute", _("stands in for somebody")
    SECOND = "second", _("second opinion on an assessment")
    ADMINISTRATION = "administration", _("the administration carries out a measure")
    OWN = "own", _("own matter")


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
    relation = CodeField(max_length=10, choices=RELATION_LABELS)
    compartments = models.CharField(max_length=20, blank=True)  # for SHARED: "1,2"
    reason = CodeField(max_length=20, choices=GrantReason)
    given_by = models.CharField(max_length=60)  # an actor's reference
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

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


def held_by(
    actor: Actor, relations: frozenset[Relation], *, at: dt.datetime, about: str = "pk"
) -> Exists:
    """The one definition of what an actor may see: an SQL condition on rows with an id `about`."""
    return Exists(
        Grant.unscoped.in_force(at).filter(
            about=OuterRef(about),
            account=actor.account or uuid.UUID(int=0),
            relation__in=[relation.value for relation in relations],
        )
    )
