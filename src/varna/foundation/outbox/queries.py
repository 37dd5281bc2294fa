"""What the outbox can be asked."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Max, Min

from varna.foundation.outbox.models import Mail, Pulse
from varna.foundation.outbox.rules import GIVE_UP_AFTER


def last_beat(name: str) -> dt.datetime | None:
    """When a part of the system last showed that it is alive."""
    return Pulse.unscoped.filter(name=name).values_list("at", flat=True).first()


def left_at(mails: Iterable[uuid.UUID]) -> dict[uuid.UUID, dt.datetime]:
    """When these mails left; those that have not are left out."""
    found = Mail.unscoped.filter(pk__in=list(mails)).exclude(sent_at=None)
    return {pk: left for pk, left in found.values_list("pk", "sent_at") if left is not None}


def given_up(mails: Iterable[uuid.UUID], *, at: dt.datetime) -> set[uuid.UUID]:
    """Those that nobody tries to send any more: the mail server said no for three days."""
    old = Mail.unscoped.filter(pk__in=list(mails), sent_at=None, created_at__lte=at - GIVE_UP_AFTER)
    return set(old.values_list("pk", flat=True))


def waits_since(*, at: dt.datetime) -> dt.datetime | None:
    """Since when no mail leaves that should: when the oldest was to leave among those that were to
    leave after the last that did. One address that its server will not take is not a server that
    is away, and mails that have left since show it.
    """
    last = Mail.unscoped.aggregate(last=Max("sent_at"))["last"]
    waiting = Mail.unscoped.filter(sent_at=None, due_at__lte=at)
    if last is not None:
        waiting = waiting.filter(due_at__gt=last)
    oldest: dt.datetime | None = waiting.aggregate(oldest=Min("due_at"))["oldest"]
    return oldest
