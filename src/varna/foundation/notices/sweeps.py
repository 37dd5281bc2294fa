"""What the worker does again and again for the foundation."""

import datetime as dt

from django.db.models import Max

from varna.foundation import clock, rooms
from varna.foundation.accounts.models import SentCode, Session
from varna.foundation.accounts.rules import CODE_LIVES
from varna.foundation.audit.actions import place_lines, sign_head
from varna.foundation.audit.destroying import destroys
from varna.foundation.audit.models import Checkpoint
from varna.foundation.notices.actions import digest_waits, remind
from varna.foundation.notices.rules import Reminders
from varna.foundation.outbox.actions import beat, send_due


SIGN_EVERY = dt.timedelta(seconds=60)


def mails(*, at: dt.datetime) -> int:
    return send_due(at=at)


def log_lines(*, at: dt.datetime) -> int:
    """Place the log's lines, and sign its head once a minute; each time while the newest head is
    ahead of the clock, for nobody knows then how long ago it was signed.
    """
    placed = place_lines()
    last = Checkpoint.unscoped.aggregate(last=Max("at"))["last"]
    if last is None or not last <= at < last + SIGN_EVERY:
        sign_head(at=at)
    return placed


def pulse(*, at: dt.datetime) -> int:
    beat("worker", at=at)
    return 0


def digest(*, at: dt.datetime, told: list[Reminders] | None = None) -> int:
    """Once a working day: ask every room (or `told`) what is due, and tell each person once."""
    if not digest_waits(at):
        return 0
    asked: list[Reminders] = rooms.reminders() if told is None else told
    day = clock.day_of(at)
    return remind([due for room in asked for due in room(day)], at=at)


@destroys
def old_sessions(*, at: dt.datetime) -> int:
    """Sessions and mailed codes that hold no more."""
    SentCode.objects.filter(since__lt=at - CODE_LIVES * 2).delete()
    return Session.objects.filter(expire_date__lt=at).delete()[0]
