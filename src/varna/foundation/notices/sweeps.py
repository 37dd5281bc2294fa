"""What the worker does again and again for the foundation."""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Max
from django.utils.module_loading import import_string

from varna.foundation import clock
from varna.foundation.audit.actions import place_lines, sign_head
from varna.foundation.audit.models import Checkpoint
from varna.foundation.notices.actions import digest_waits, remind
from varna.foundation.notices.rules import Reminders
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


def digest(*, at: dt.datetime) -> int:
    """Once a working day: ask every room what is to be reminded of, and tell each person once."""
    if not digest_waits(at):
        return 0
    day = clock.day_of(at)
    rooms: list[Reminders] = [import_string(name) for name in settings.REMINDERS]
    return remind([due for room in rooms for due in room(day)], at=at)


def old_sessions(*, at: dt.datetime) -> int:
    return Session.objects.filter(expire_date__lt=at).delete()[0]
