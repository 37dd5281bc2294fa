"""Which installation the database is of; the keystore says the same."""

import uuid

from django.db import models

from varna.foundation.keys.rules import Belonging


class Installation(models.Model):
    """The one row: an id made at random, with the tag that only this installation's keystore can
    give it. A database and a keystore that do not say the same do not belong together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tag = models.BinaryField(max_length=32)

    unscoped = models.Manager()

    @classmethod
    def belonging(cls) -> Belonging | None:
        found = cls._base_manager.first()
        return None if found is None else Belonging(found.pk, bytes(found.tag))
