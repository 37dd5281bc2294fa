"""What the worker does again and again for the foundation."""

import datetime as dt

from django.contrib.sessions.models import Session
from django.db.models import Max

from varna.foundation.audit.actions import place_lines, sign_head
from varna.foundation.audit.models import Checkpoint
from varna.foundation.outbox.actions import beat, send_due


SIGN_EVERY = dt.timedelta(seconds=60)


def mails(*, at: dt.datetime) -> int:
    return send_due(at=at)


def log_lines(*, at: dt.datetime) -> int:
    """Place the log's lines, and sign its head once a minute."""
    placed = place_lines()
    last = Checkpoint.unscoped.aggregate(last=Max("at"))["last"]
    if last is None or at - last >= SIGN_EVERY:
        sign_head(at=at)
    return placed


def pulse(*, at: dt.datetime) -> int:
    beat("worker", at=at)
    return 0


def old_sessions(*, at: dt.datetime) -> int:
    return Session.objects.filter(expire_date__lt=at).delete()[0]
