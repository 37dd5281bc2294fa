"""Reports and their threads. What somebody wrote is sealed under the report's own keys."""

import datetime as dt
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from varna.foundation.access.queries import held_by
from varna.foundation.access.rules import HANDLING, OWN
from varna.foundation.accounts.rules import Actor
from varna.foundation.codes import CodeField
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault.fields import SealedField
from varna.reports.rules import Lane, Reason, State
from varna.reports.sealed import Answers, Consents, Contact, Message


STATE_LABELS = {
    State.NEW: _("new"),
    State.LINKED: _("in a case"),
    State.SET_ASIDE: _("put aside"),
}
REASON_LABELS = {
    Reason.NOT_OURS: _("concerns something else than unlawful influence"),
    Reason.EMPTY: _("holds nothing that can be handled"),
    Reason.FLOOD: _("one of many alike in a flood"),
    Reason.TEST: _("a test or an exercise"),
}
LANE_LABELS = {Lane.NORMAL: _("normal"), Lane.QUARANTINE: _("put aside in a flood")}


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor, *, at: dt.datetime) -> "ReportQuerySet":
        """Keep the reports that this actor receives now. One that has gone into a case is read
        through its case and nowhere else, and one that is destroyed by nobody.
        """
        received = self.filter(held_by(actor, HANDLING, at=at), shredded_at=None)
        return received.exclude(state=State.LINKED)

    def own_of(self, actor: Actor, *, at: dt.datetime) -> "ReportQuerySet":
        """Keep the actor's own: sent when signed in, or opened with its receipt code."""
        if actor.report is not None:
            return self.filter(pk=actor.report)
        return self.filter(held_by(actor, OWN, at=at))


class Report(models.Model):
    """One report. Its id is made from the form's one-time token, so that the form sent twice is
    one report.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    received_at = models.DateTimeField(db_index=True)
    state = CodeField(max_length=10, choices=STATE_LABELS, default=State.NEW)
    lane = CodeField(max_length=10, choices=LANE_LABELS, default=Lane.NORMAL)
    language = models.CharField(max_length=2, default="sv")
    lookup = models.BinaryField(max_length=32, unique=True)  # a hash of the receipt code
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    shredded_at = models.DateTimeField(null=True, blank=True)
    set_aside_for = CodeField(max_length=12, choices=REASON_LABELS, blank=True)
    told = SealedField(owner="id", shape=Answers, compartment=Compartment.CONTENT)
    consents = SealedField(owner="id", shape=Consents, compartment=Compartment.CONTENT, null=True)
    contact = SealedField(owner="id", shape=Contact, compartment=Compartment.PROTECTION)
    pointed_out = SealedField(owner="id", shape=str, compartment=Compartment.PERSON, null=True)

    unscoped = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["state", "received_at"])]

    @classmethod
    def visible_to(cls, actor: Actor, *, at: dt.datetime) -> ReportQuerySet:
        return cls.unscoped.visible_to(actor, at=at)

    @classmethod
    def own_of(cls, actor: Actor, *, at: dt.datetime) -> ReportQuerySet:
        return cls.unscoped.own_of(actor, at=at)


class Entry(models.Model):
    """One thing said in the thread between the reporter and the handlers."""

    class Author(models.TextChoices):
        REPORTER = "reporter", _("the reporter")
        HANDLER = "handler", _("the handlers")
        SYSTEM = "system", _("Värna")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    author = CodeField(max_length=10, choices=Author)
    account = models.UUIDField(null=True)  # the handler who wrote
    words = SealedField(owner="report_id", shape=Message, compartment=Compartment.CONTENT)
    seen_at = models.DateTimeField(null=True, blank=True)  # by the other side

    unscoped = models.Manager()

    class Meta:
        ordering = ["at"]
