"""Cases and what belongs to them. In clear stands only what lists and clocks need."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q

from varna.cases import words
from varna.cases.rules.counting import Consequence, EventGroup, WhyNotPolice
from varna.cases.rules.judging import Answer
from varna.cases.rules.steps import State, Waits
from varna.cases.sealed import ExposedPerson, PersonPointedOut, Reasoning, Result
from varna.foundation.access.queries import held_by, kept_out_of
from varna.foundation.access.rules import HANDLING, Relation
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.codes import CodeField, NumberedField
from varna.foundation.keys.rules import Compartment
from varna.foundation.tags import Tagged, TaggedQuerySet
from varna.foundation.vault import owners
from varna.foundation.vault.fields import SealedField


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor, *, at: dt.datetime) -> "CaseQuerySet":
        """Keep the cases this actor handles; rank adds none, and a conflict takes away."""
        return self.filter(held_by(actor, HANDLING, at=at))

    def shared_with(self, actor: Actor, *, at: dt.datetime) -> "CaseQuerySet":
        """Keep the cases of which tasks are shared with the administration's contact."""
        return self.filter(held_by(actor, frozenset({Relation.SHARED}), at=at))


class Case(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=12, unique=True)
    state = CodeField(max_length=10, choices=words.STATE, default=State.RECEIVED)
    waits_for = CodeField(max_length=15, choices=words.WAITS, blank=True, default=Waits.NOBODY)
    level = NumberedField(null=True, blank=True, choices=words.LEVEL)
    handler = models.UUIDField(null=True, db_index=True)
    opened_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)  # the first report's
    answered_at = models.DateTimeField(null=True)  # the first word to the reporter
    measures_reviewed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    after_checked_at = models.DateTimeField(null=True)
    shredded_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True, db_index=True)
    due_clock = CodeField(max_length=12, choices=words.CLOCK, blank=True)
    # A code in clear, for the plan's figures: nobody can be known again by it. Blank: not said.
    whom = CodeField(max_length=6, choices=words.WHOM, blank=True, default="")
    exposed_index = models.BinaryField(max_length=32, null=True, db_index=True)
    label = SealedField(
        owner="id", shape=str, compartment=Compartment.CONTENT, null=True
    )  # the handlers' working name
    exposed = SealedField(
        owner="id", shape=ExposedPerson, compartment=Compartment.CONTENT, null=True
    )
    pointed_out = SealedField(
        owner="id", shape=PersonPointedOut, compartment=Compartment.PERSON, null=True
    )
    after_check = SealedField(owner="id", shape=str, compartment=Compartment.CONTENT, null=True)

    unscoped = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "-opened_at"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.CLOSED.value, closed_at__isnull=False)
                | (~Q(state=State.CLOSED.value) & Q(closed_at=None)),
                name="case_is_closed_when_it_has_a_closing_time",
            )
        ]

    @classmethod
    def visible_to(cls, actor: Actor, *, at: dt.datetime) -> CaseQuerySet:
        return cls.unscoped.visible_to(actor, at=at)

    @classmethod
    def shared_with(cls, actor: Actor, *, at: dt.datetime) -> CaseQuerySet:
        return cls.unscoped.shared_with(actor, at=at)


class Part(models.Model):
    """Something that belongs to one case; read through the case and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # an account

    unscoped = models.Manager()

    class Meta:
        abstract = True
        ordering = ["at"]


class LinkedReport(Part):
    """A report that the case is about. Linked, never merged."""

    report = models.UUIDField(unique=True)
    reason = SealedField(owner="case_id", shape=str, compartment=Compartment.CONTENT)


class Step(Part):
    """The case went from one state to another."""

    before = CodeField(max_length=10, choices=words.STATE)
    after = CodeField(max_length=10, choices=words.STATE)
    reason = SealedField(owner="case_id", shape=str, compartment=Compartment.CONTENT, null=True)


class Assessment(Part):
    """One version of the judgement. A version is not changed; the next one replaces it."""

    version = models.PositiveSmallIntegerField()
    level = NumberedField(choices=words.LEVEL)
    review_on = models.DateField()
    judgement = SealedField(owner="case_id", shape=Reasoning, compartment=Compartment.CONTENT)
    second_by = models.UUIDField(null=True)
    second_at = models.DateTimeField(null=True)
    second_agrees = models.BooleanField(null=True)
    second_words = SealedField(
        owner="case_id", shape=str, compartment=Compartment.CONTENT, null=True
    )

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_assessment_a_version")
        ]


class Classification(Part):
    """What the case is counted as; codes only."""

    kinds = models.CharField(max_length=100, blank=True)  # codes of the plan's five forms
    channels = models.CharField(max_length=150, blank=True)
    event_group = CodeField(
        max_length=1, choices=words.EVENT_GROUP, blank=True, default=EventGroup.A
    )
    influence = CodeField(max_length=7, choices=words.ANSWER, default=Answer.UNKNOWN)
    hate_motive = CodeField(max_length=7, choices=words.ANSWER, default=Answer.UNKNOWN)
    repeated = CodeField(max_length=7, choices=words.ANSWER, default=Answer.UNKNOWN)
    sexual = CodeField(max_length=7, choices=words.ANSWER, default=Answer.UNKNOWN)
    consequence = CodeField(max_length=20, choices=words.CONSEQUENCE, default=Consequence.UNKNOWN)
    police_reported = CodeField(max_length=7, choices=words.ANSWER, default=Answer.UNKNOWN)
    why_not_police = CodeField(
        max_length=15, choices=words.WHY_NOT_POLICE, blank=True, default=WhyNotPolice.UNKNOWN
    )

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["case"], name="one_classification_a_case")]


class Note(Part):
    """A handler's note: for the team, or for its author only."""

    private = models.BooleanField(default=False)
    words = SealedField(owner="case_id", shape=str, compartment=Compartment.CONTENT)


class Closing(Part):
    """How the case ended. `weighed`: a lesson was kept, or it is written why there is none."""

    weighed = models.BooleanField(default=False)
    what = SealedField(owner="case_id", shape=Result, compartment=Compartment.CONTENT)
    no_lesson = SealedField(
        owner="case_id", shape=str, compartment=Compartment.CONTENT, null=True
    )  # why there is nothing for others to learn


class DisposalQuerySet(TaggedQuerySet["Disposal"]):
    def visible_to(self, actor: Actor, *, at: dt.datetime) -> "DisposalQuerySet":
        """A lead's are those of what they see; a registrar's all, but never what either is kept out
        of: it is as if it were not there.
        """
        if not actor.reads_as(Role.LEAD, Role.REGISTRAR):
            return self.none()
        if actor.has(Role.REGISTRAR):
            return self.exclude(about__in=kept_out_of(actor))
        return self.filter(held_by(actor, frozenset({Relation.LEAD}), at=at, about="about"))

    def standing(self) -> "DisposalQuerySet":
        """Those that nobody has taken back."""
        return self.filter(withdrawn_at=None)


class Disposal(Tagged):
    """It is decided that the keys of a case, or of a report that became none, are destroyed: who
    asked, who confirmed, and when it was done. It knows its case by its id only, and outlives it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.UUIDField(db_index=True)
    decision = models.CharField(max_length=80)  # the reference of the decision on disposal
    asked_by = models.UUIDField(null=True)  # an account
    asked_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)

    unscoped = DisposalQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(withdrawn_at=None),
                name="one_disposal_of_a_thing",
            )
        ]

    @classmethod
    def visible_to(cls, actor: Actor, *, at: dt.datetime) -> DisposalQuerySet:
        return cls.unscoped.visible_to(actor, at=at)

    @classmethod
    def standing_to(cls, actor: Actor, *, at: dt.datetime) -> DisposalQuerySet:
        return cls.visible_to(actor, at=at).standing()


class Lesson(models.Model):
    """What others can learn, with nothing that points at anybody; it knows of no case.

    Sealed under the installation's own key, so that it stays when the case's keys are destroyed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField()
    words = SealedField(owner=owners.LESSONS, shape=str, compartment=Compartment.CONTENT)
    marked_by = models.UUIDField()  # who says that it points at nobody

    unscoped = models.Manager()

    class Meta:
        ordering = ["on"]
