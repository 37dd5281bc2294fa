"""What is done for the person, the police and occupational health. Each is a part of one case."""

from django.db import models

from varna.cases.models import Part
from varna.foundation.codes import CodeField, NumberedField
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault.fields import SealedField
from varna.support import words
from varna.support.rules import MeasureState
from varna.support.sealed import Content, Outcome, PoliceReport


class Measure(Part):
    """A support or protective measure (åtgärd)."""

    measure_class = NumberedField(choices=words.MEASURE_CLASS)
    state = CodeField(max_length=10, choices=words.MEASURE_STATE, default=MeasureState.DECIDED)
    owner = models.UUIDField(null=True)  # the account that carries it out
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    offered_on = models.DateField(null=True)  # when the person was offered it
    what = SealedField(
        sealed_as="cases.measure.what",
        owner="case_id",
        shape=Content,
        compartment=Compartment.PROTECTION,
    )
    outcome = SealedField(
        sealed_as="cases.measure.outcome",
        owner="case_id",
        shape=Outcome,
        compartment=Compartment.PROTECTION,
        null=True,
    )
    task = SealedField(
        sealed_as="cases.measure.task",
        owner="case_id",
        shape=str,
        compartment=Compartment.TASK,
        null=True,
    )  # for the administration
    answer = SealedField(
        owner="case_id", shape=str, compartment=Compartment.PROTECTION, null=True
    )  # what the person said when it was offered: a code


class PoliceContact(Part):
    """A police report and what came of it."""

    remind_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    what = SealedField(
        sealed_as="cases.policecontact.what",
        owner="case_id",
        shape=PoliceReport,
        compartment=Compartment.CONTENT,
    )


class HealthOffer(Part):
    """Occupational health was offered; the answer and nothing else."""

    answer = SealedField(
        sealed_as="cases.healthoffer.answer",
        owner="case_id",
        shape=str,  # a code
        compartment=Compartment.HEALTH,
    )
