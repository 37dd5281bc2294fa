"""Sessions, who took part, and what has been confirmed about whom."""

import datetime as dt
import uuid

from django.db import models

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault.fields import SealedField
from varna.invitations.models import Occasion, keeps_invitations
from varna.organisation.rules.roles import Group
from varna.training.words import HOW, WHAT


KIND = "training"  # of an occasion


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, actor: Actor) -> "SessionQuerySet":
        return self if keeps_invitations(actor) else self.none()


class Session(models.Model):
    """Utbildningstillfälle: an occasion with a trainer and an audience; or a self-study course,
    which has no time and is held from the day it is opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.OneToOneField(Occasion, on_delete=models.PROTECT, related_name="+")
    trainer = models.CharField(max_length=200, blank=True)
    audience = models.JSONField(default=list)  # codes of groups
    subjects = models.JSONField(default=list)  # codes of what it is about
    material = models.TextField(blank=True)
    material_link = models.CharField(max_length=500, blank=True)
    is_course = models.BooleanField(default=False)
    opened_on = models.DateField()
    code = models.CharField(max_length=8)  # shown in the room, written by those who are there
    invited_at = models.DateTimeField(null=True)  # the first time
    caught_up_on = models.DateField(null=True)

    unscoped = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-occasion__starts_at", "-opened_on"]

    @classmethod
    def visible_to(cls, actor: Actor) -> SessionQuerySet:
        return cls.unscoped.visible_to(actor).select_related("occasion")

    @property
    def held_on(self) -> dt.date:
        starts_at = self.occasion.starts_at
        return self.opened_on if starts_at is None else clock.day_of(starts_at)

    def groups(self) -> list[Group]:
        return [Group(code) for code in self.audience]


class Attendance(models.Model):
    """Närvaro: somebody took part."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField(db_index=True)
    how = CodeField(max_length=6, choices=HOW)
    at = models.DateTimeField()
    noted_by = models.CharField(max_length=60)  # an actor's reference

    unscoped = models.Manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_attendance_each")
        ]


class CourseStep(models.Model):
    """A part of the self-study that somebody has gone through."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField()
    part = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    unscoped = models.Manager()

    class Meta:
        ordering = ["part"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "part"], name="one_step_each")
        ]


class Confirmation(models.Model):
    """Intyg: somebody vouches that a person has what the law asks for. Added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField(db_index=True)
    what = CodeField(max_length=10, choices=WHAT)
    on = models.DateField()
    by = models.CharField(max_length=60)  # an actor's reference
    made_at = models.DateTimeField()
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    note = SealedField(
        owner=owners.TRAINING, shape=str, compartment=Compartment.CONTENT, null=True
    )  # how, in words

    unscoped = models.Manager()

    class Meta:
        ordering = ["-on", "-made_at"]
