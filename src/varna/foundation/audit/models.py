"""The log's rows. They hold references, never content, and no foreign key to what lives."""

from django.db import models

from varna.foundation.tags import Tagged, TaggedQuerySet


class Event(models.Model):
    """One line: who did or read what, when, and whether it was allowed."""

    id = models.BigAutoField(primary_key=True)
    body = models.TextField()  # canonical JSON
    salt = models.BinaryField(max_length=16)
    leaf = models.BinaryField(max_length=32)
    # What the pages look things up by; the same values stand in the body, which is what is proved.
    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60)
    about = models.UUIDField(null=True, db_index=True)

    unscoped = models.Manager()

    class Meta:
        ordering = ["id"]


class Waiting(models.Model):
    """A line that has no place yet. The database itself writes it, with the line (a trigger): one
    that is committed late waits like any other, and none is looked for among those that do not.
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )

    unscoped = models.Manager()


class Leaf(models.Model):
    """An event's place in the tree, given in order and without gaps."""

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")

    unscoped = models.Manager()


class Range(Tagged):
    """The tree as far as lines have places: how many, and one hash for each whole subtree, largest
    first. It moves in the transaction that gives the places; there is one.
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    size = models.BigIntegerField(default=0)
    peaks = models.BinaryField(max_length=64 * 32, default=bytes)

    unscoped = TaggedQuerySet["Range"].as_manager()


class Clock(Tagged):
    """What the clock said when it was last believed; there is one. Not there, or not as Värna wrote
    it: the last signed head tells.
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField()
    boot = models.CharField(max_length=36, blank=True)  # which start of the machine
    booted_at = models.DateTimeField(null=True)
    leapt_at = models.DateTimeField(null=True)  # seen to disagree then, and not confirmed since

    unscoped = TaggedQuerySet["Clock"].as_manager()


class Checkpoint(models.Model):
    """A signed head of the tree."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    at = models.DateTimeField()

    unscoped = models.Manager()
