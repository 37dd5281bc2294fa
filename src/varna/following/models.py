"""What people have said about the promises, and what has been asked for. The proofs themselves are
kept by the rooms that did the work.
"""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.codes import CodeField


READERS = (Role.PLAN_OWNER, Role.LEAD, Role.HANDLER, Role.REGISTRAR, Role.CONTACT)
OWNERS = (Role.PLAN_OWNER, Role.LEAD)
CONFIRMING = (*OWNERS, Role.HANDLER, Role.REGISTRAR)  # who may agree with what another has stated


class Said(models.Model):
    """Something said about a promise by a named person; it stands for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.CharField(max_length=100, db_index=True)  # its id in the plan's file
    unit = models.UUIDField(null=True)  # a body or an administration
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # an account

    unscoped = models.Manager()

    class Meta:
        abstract = True
        ordering = ["at"]


class Statement(Said):
    """A written word that it is so, with a reason; or that a survey was made, with its figure."""

    on = models.DateField(_("day"))
    survey = models.BooleanField(default=False)
    indicator = models.CharField(_("indicator"), max_length=100, blank=True)
    reason = models.TextField(_("reason"))
    taken_back_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)  # an account of somebody else, in another role

    @property
    def text(self) -> str:
        """The survey's figure, where there is one, and the words."""
        return f"{self.indicator}. {self.reason}" if self.indicator else self.reason


class Deviation(Said):
    """Why a promise was not kept in time, and what is done about it."""

    election = models.DateField()  # of the period
    turn = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True)
    reason = models.TextField(_("reason"))
    remedy = models.TextField(_("what we do about it"))

    @property
    def key(self) -> tuple[dt.date, str, int, dt.date | None, uuid.UUID | None]:
        """Which occurrence it is about, as a row names itself."""
        return (self.election, self.commitment, self.turn, self.due_on, self.unit)


class Responsible(models.Model):
    """Who answers for a role of the plan: reminded of what it owes, asked for reasons."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(max_length=100, db_index=True)
    account = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["role", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "account"], condition=Q(until=None), name="named_once_for_a_role"
            )
        ]


class Feed(models.Model):
    """A calendar address for a role's due days. Only the secret's hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(max_length=100)
    account = models.UUIDField(db_index=True)
    secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["made_at"]


class Publication(models.Model):
    """The public page of commitments was switched on, and perhaps off."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["since"]


class Consideration(models.Model):
    """What a revision has weighed under one of the plan's five heads, for a version's text."""

    class Head(models.TextChoices):
        LAW = "law", _("current law")
        EXPERIENCE = "experience", _("earlier experience")
        SURROUNDINGS = "surroundings", _("changes in the world around us")
        TRENDS = "trends", _("trends")
        RISKS = "risks", _("risks")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.UUIDField(db_index=True)  # a document's version
    head = CodeField(max_length=12, choices=Head)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["at"]


class ConsideredLesson(models.Model):
    """A lesson was weighed when a version was written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lesson = models.UUIDField()
    version = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    unscoped = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "version"], name="a_lesson_weighed_once")
        ]


class ReportState(models.TextChoices):
    WANTED = "wanted", _("is being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class Report(models.Model):
    """A report of compliance for the executive board, made by the worker.

    Rows are the queue: a wanted one is taken under a lease, and taken again if the worker dies.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.DateField()
    language = models.CharField(max_length=2)
    state = CodeField(max_length=8, choices=ReportState, default=ReportState.WANTED)
    done = models.PositiveSmallIntegerField(default=0)  # steps of STEPS
    pdf = models.BinaryField(null=True)
    docx = models.BinaryField(null=True)
    data = models.BinaryField(null=True)  # the same as JSON, for whoever audits
    sha256 = models.CharField(max_length=64, blank=True)  # of the PDF
    fault = models.CharField(max_length=80, blank=True)  # an error's class, never its words
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField()
    wanted_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(null=True)
    # Each commitment's standing when it was made, by its id: what the next one is compared with.
    standings = models.JSONField(default=dict)
    # That the executive board has had it: the meeting's day, section and reference.
    delivered_on = models.DateField(null=True)
    section = models.CharField(_("section"), max_length=40, blank=True)
    reference = models.CharField(_("reference number"), max_length=100, blank=True)
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.UUIDField(null=True)

    STEPS = 4

    unscoped = models.Manager()

    class Meta:
        ordering = ["-wanted_at"]


class TermsLine(models.Model):
    """One thing that the municipality's employees have, and what elected officials have of it.

    A line is not changed: a new one takes its place, so that what was said each year can be read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    what = models.CharField(_("what it is about"), max_length=200)
    staff = models.TextField(_("what employees have"))
    officials = models.TextField(_("what elected officials have"))
    reason = models.TextField(_("why there is a difference"), blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # an account
    until = models.DateTimeField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["what", "at"]


class TermsReview(models.Model):
    """The whole list was gone through: how many lines it had, and how many of them differ."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lines = models.PositiveSmallIntegerField()
    differ = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["at"]


class RecordsCheck(models.Model):
    """The worker looked through the house's own records; `found`: codes of what was wrong."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField(unique=True)
    found = models.JSONField(default=list)

    unscoped = models.Manager()

    class Meta:
        ordering = ["on"]
