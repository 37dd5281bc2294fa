"""What was remarked."""

import uuid

from django.db import models

import cryptography

from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault.fields import SealedField
from varna.reports.models import Report


CIPHERS = cryptography.__version__


class Remark(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="remarks")
    words = SealedField(owner=owners.LESSONS, shape=str, compartment=Compartment.CONTENT)
    note = models.BinaryField()
