"""The register's rows: bodies, people and assignments."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.models import RoleGrant
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault.fields import SealedField
from varna.organisation.rules.roles import ELECTED_BY_LAW, BodyKind, Group, Position
from varna.organisation.sealed import Contact


BODY_KIND_LABELS = {
    BodyKind.COUNCIL: _("municipal council"),
    BodyKind.EXECUTIVE: _("executive board"),
    BodyKind.BOARD: _("board"),
    BodyKind.COMMITTEE: _("committee"),
    BodyKind.PREPARATORY: _("preparatory committee"),
    BodyKind.AUDIT: _("audit"),
    BodyKind.COMPANY: _("company"),
    BodyKind.JOINT: _("joint authority"),
    BodyKind.OTHER: _("other body, counts nobody"),
}
GROUP_LABELS = {
    Group.ELECTED: _("elected officials"),
    Group.DEPUTY: _("deputies"),
    Group.AUDITOR: _("auditors"),
    Group.FULL_TIME: _("officials on full time or a considerable part of it"),
    Group.POLITICAL_SECRETARY: _("political secretaries"),
    Group.BOARD_SECRETARY: _("board secretaries"),
    Group.CANDIDATE: _("candidates"),
    Group.COMPANY_BOARD: _("elected to companies and joint authorities (outside KL 4:1)"),
}
POSITION_LABELS = {
    Position.CHAIR: _("chair"),
    Position.FIRST_VICE: _("first vice chair"),
    Position.SECOND_VICE: _("second vice chair"),
    Position.VICE: _("vice chair"),
}
# They keep the register, and so need to see whom a protected name belongs to.
KEEPERS = (Role.ACCESS_ADMIN, Role.REGISTRAR)
READERS = (*KEEPERS, Role.HANDLER, Role.LEAD, Role.PLAN_OWNER)


def keeps_the_register(actor: Actor) -> bool:
    return bool(actor.system) or actor.reads_as(*KEEPERS)


def reads_the_register(actor: Actor) -> bool:
    """Somebody whose work needs the whole register, but for protected people."""
    return bool(actor.system) or actor.reads_as(*READERS)


def own_bodies(actor: Actor, at: dt.datetime) -> "models.QuerySet[RoleGrant, uuid.UUID | None]":
    """The bodies that a contact has been given, as a subquery."""
    held = RoleGrant.objects.in_force(at).filter(account=actor.account, role=Role.CONTACT)
    return held.exclude(scope=None).values_list("scope", flat=True)


class Party(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100)
    name_key = models.CharField(max_length=100, unique=True)  # folded: SQLite knows only ASCII

    unscoped = models.Manager()

    class Meta:
        ordering = ["name_key"]


class Administration(models.Model):
    """Förvaltning: the offices that serve one body or more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, unique=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["name_key"]


class BodyQuerySet(models.QuerySet["Body"]):
    def there_on(self, day: dt.date) -> "BodyQuerySet":
        """Those that have not been dissolved before the day."""
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gte=day))

    def unanswered(self, day: dt.date) -> "BodyQuerySet":
        """Those that are there, and whose kind nobody has said."""
        return self.there_on(day).filter(said_on=None)

    def visible_to(self, actor: Actor, *, at: dt.datetime) -> "BodyQuerySet":
        if reads_the_register(actor):
            return self
        if actor.reads_as(Role.CONTACT):
            return self.filter(pk__in=own_bodies(actor, at))
        return self.none()


class Body(models.Model):
    """Organ: council, board, committee … or a company that the municipality owns."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, unique=True)
    kind = CodeField(_("kind"), max_length=12, choices=BODY_KIND_LABELS)
    administration = models.ForeignKey(
        Administration, null=True, on_delete=models.PROTECT, related_name="+"
    )
    dissolved_on = models.DateField(_("dissolved on"), null=True)  # its last day
    # When somebody said what it is; until then its kind is a guess from its name.
    said_on = models.DateField(null=True)
    said_by = models.CharField(max_length=60, blank=True)  # an actor's reference

    unscoped = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["name_key"]

    @classmethod
    def unanswered(cls, day: dt.date) -> BodyQuerySet:
        return cls.unscoped.unanswered(day)

    @classmethod
    def visible_to(cls, actor: Actor, *, at: dt.datetime) -> BodyQuerySet:
        return cls.unscoped.visible_to(actor, at=at)


class MandatePeriod(models.Model):
    """A period that the council has set for a body; without one, the law's own applies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    unscoped = models.Manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["body", "starts_on"], name="one_period_from_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="a_period_has_days"
            ),
        ]


class Vouching(models.Model):
    """Somebody who keeps the register has gone through it: it was right on that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField()
    noted_by = models.CharField(max_length=60)  # an actor's reference

    unscoped = models.Manager()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["on"], name="vouched_for_once_a_day")]


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor, *, at: dt.datetime) -> "PersonQuerySet":
        """The people whose names this actor may see. Protected people: who keeps the register."""
        if keeps_the_register(actor):
            return self
        unprotected = self.filter(protected=False)
        if reads_the_register(actor):
            return unprotected
        if actor.reads_as(Role.CONTACT):
            theirs = Assignment.unscoped.filter(
                person=OuterRef("pk"), body__in=own_bodies(actor, at)
            )
            return unprotected.filter(Exists(theirs))
        return self.none()

    def named(self, text: str) -> "PersonQuerySet":
        """Those whose name holds every word, in whatever order; `text` is folded."""
        found = self
        for word in text.split():
            found = found.filter(name_key__contains=word)
        return found


class Person(models.Model):
    """Somebody with an assignment, now or earlier, or about to have one.

    How to reach them is sealed; the tokens are keyed, so that a file can be compared with what is
    sealed without opening it, and a copy of the database tells nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    external = models.CharField(max_length=100, blank=True, db_index=True)  # the source's own id
    given = models.CharField(_("given name"), max_length=100, blank=True)
    family = models.CharField(_("family name"), max_length=100)
    name_key = models.CharField(max_length=210, db_index=True)  # folded, given name first
    sort_key = models.CharField(max_length=210, db_index=True)  # folded, family name first
    protected = models.BooleanField(_("protected identity"), default=False)
    contact = SealedField(
        owner=owners.REGISTER, shape=Contact, compartment=Compartment.PROTECTION, null=True
    )
    email_token = models.CharField(max_length=32, blank=True, db_index=True)
    phone_token = models.CharField(max_length=32, blank=True)

    unscoped = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    @classmethod
    def visible_to(cls, actor: Actor, *, at: dt.datetime) -> PersonQuerySet:
        return cls.unscoped.visible_to(actor, at=at)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_office(self, day: dt.date) -> "AssignmentQuerySet":
        """The same answer as rules.periods.in_office, in SQL."""
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
        )

    def full_time_officials(self) -> "AssignmentQuerySet":
        """Kommunallagen 4:2 speaks of those whom 4:1 names: not of a company's chair."""
        return self.filter(full_time=True, group__in=[group.value for group in ELECTED_BY_LAW])

    def visible_to(self, actor: Actor, *, at: dt.datetime) -> "AssignmentQuerySet":
        """Rows that may be counted and listed; whose they are is for Person to say."""
        if reads_the_register(actor):
            return self
        if actor.reads_as(Role.CONTACT):
            return self.filter(body__in=own_bodies(actor, at))
        return self.none()


class Assignment(models.Model):
    """Uppdrag: a person in a body, in a role, for a party, from a day to a day. Ended, never
    deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=200)  # as the source words it
    role_key = models.CharField(max_length=210)
    group = CodeField(max_length=20, choices=GROUP_LABELS, blank=True)
    position = CodeField(max_length=12, choices=POSITION_LABELS, blank=True)
    full_time = models.BooleanField(default=False)  # kommunallagen 4:2
    starts_on = models.DateField(_("from"), null=True)
    ends_on = models.DateField(_("to"), null=True)

    unscoped = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        indexes = [models.Index(fields=["starts_on", "ends_on"])]

    @classmethod
    def visible_to(cls, actor: Actor, *, at: dt.datetime) -> AssignmentQuerySet:
        return cls.unscoped.visible_to(actor, at=at)
