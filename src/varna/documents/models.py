"""Documents, their versions, and who has acknowledged which version."""

import datetime as dt
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from varna.documents.rules.versions import Standing, State, standing
from varna.documents.words import STANDING
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.codes import CodeField


WRITERS = (Role.LEAD, Role.PLAN_OWNER)
NOTERS = (*WRITERS, Role.HANDLER)  # see who has taken part, and note what minutes say
STATE_LABELS = {
    State.DRAFT: STANDING[Standing.DRAFT],
    State.SENT: STANDING[Standing.SENT],
    State.ADOPTED: _("adopted"),
}


def notes(actor: Actor) -> bool:
    return bool(actor.system) or actor.reads_as(*NOTERS)


def writes(actor: Actor) -> bool:
    return bool(actor.system) or actor.reads_as(*WRITERS)


class Document(models.Model):
    """Styrdokument: the plan, the guideline, or another that the municipality keeps here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(_("id"), max_length=60, unique=True)  # what the plan calls it
    title = models.CharField(_("title"), max_length=200)

    unscoped = models.Manager()

    class Meta:
        ordering = ["title"]


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, actor: Actor) -> "VersionQuerySet":
        """Drafts for those who write, strongly signed in; what is out for comment or adopted, for
        all signed in, however weakly: it is sent to officials who have nothing but a mailbox.
        """
        if writes(actor):
            return self
        return self.exclude(state=State.DRAFT) if actor.account else self.none()

    def without_file(self) -> "VersionQuerySet":
        return self.defer("pdf")


class Version(models.Model):
    """One wording of a document. Adopted, it is never changed again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("version"), max_length=40)
    text = models.TextField(_("text"), blank=True)
    state = CodeField(max_length=8, choices=STATE_LABELS, default=State.DRAFT.value)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_on = models.DateField(null=True)
    sent_to = models.CharField(max_length=300, blank=True)
    comments_until = models.DateField(null=True)
    adopted_on = models.DateField(null=True)
    adopted_by = models.CharField(max_length=200, blank=True)  # a role's id, or words
    decision = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    in_force_on = models.DateField(null=True)
    pdf = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    unscoped = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_on", "-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="a_version_has_a_name"),
            models.UniqueConstraint(
                fields=["document", "in_force_on"], name="one_version_in_force_from_a_day"
            ),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> VersionQuerySet:
        return cls.unscoped.visible_to(actor)

    @property
    def is_adopted(self) -> bool:
        return self.state == State.ADOPTED

    def standing(self, replaced: dt.date | None, day: dt.date) -> Standing:
        return standing(State(self.state), self.in_force_on, replaced, day)


class Asking(models.Model):
    """Who is asked to take part of a version. The invitations are its occasion's, same id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # the occasion's
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="+")
    groups = models.JSONField(default=list)  # codes of groups in the register
    bodies = models.BooleanField(default=False)  # every body, by its minutes
    caught_up_on = models.DateField(null=True)

    unscoped = models.Manager()


class AdviceCheck(models.Model):
    """A day on which somebody here read a piece of advice, and found it still right."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.SlugField(max_length=20)
    on = models.DateField()
    noted_by = models.CharField(max_length=60)  # an actor's reference

    unscoped = models.Manager()

    class Meta:
        ordering = ["on"]


class Acknowledgement(models.Model):
    """Somebody, or a body by its minutes, has taken part of a version."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        UNIT = "unit", _("body")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    kind = CodeField(max_length=6, choices=Kind)
    who = models.UUIDField()  # in the register
    on = models.DateField()
    minutes = models.CharField(max_length=100, blank=True)  # a body's: date and section
    noted_by = models.CharField(max_length=60)  # an actor's reference

    unscoped = models.Manager()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "who"], name="acknowledged_once_a_version"
            )
        ]
