"""What people have been reminded of: by reference, never in words."""

import uuid

from django.db import models


class Reminder(models.Model):
    """Somebody was reminded of something in the digest of a day. `about` is a reference."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.CharField(max_length=200, db_index=True)
    account = models.UUIDField()
    on = models.DateField()

    unscoped = models.Manager()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "account", "on"], name="reminded_of_a_thing_once_a_day"
            )
        ]
