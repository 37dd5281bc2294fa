"""Tell people that something waits for them."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from varna.foundation import clock
from varna.foundation.notices.models import Reminder
from varna.foundation.notices.queries import last_told
from varna.foundation.notices.rules import Due, digest_leaves, in_the_morning, to_tell
from varna.foundation.outbox.actions import beat, put_digest, put_uniform
from varna.foundation.outbox.queries import last_beat


def tell(accounts: Iterable[uuid.UUID], *, at: dt.datetime) -> None:
    """The uniform mail, at the next of the day's fixed times."""
    put_uniform(*sorted(set(accounts)), at=at)


def call_duty(accounts: Iterable[uuid.UUID], *, at: dt.datetime) -> None:
    """The same mail, at once: a new report reaches whoever is on duty within a minute."""
    put_uniform(*sorted(set(accounts)), at=at, at_once=True)


DIGEST = "digest"


def digest_waits(at: dt.datetime) -> bool:
    """Today's digest is to leave, and has not."""
    day = clock.day_of(at)
    leaves = dt.time.fromisoformat(settings.DIGEST_TIME)
    if not in_the_morning(at.astimezone(clock.STOCKHOLM), leaves):
        return False
    if not digest_leaves(
        day, is_workday=clock.is_workday(day), quiet=frozenset(settings.QUIET_DAYS)
    ):
        return False
    last = last_beat(DIGEST)
    return last is None or clock.day_of(last) < day


@transaction.atomic
def remind(dues: Iterable[Due], *, at: dt.datetime) -> int:
    """One mail to each who has something to be told, and a row for each thing told.

    The mail says what every mail says. Two workers at once: the second finds the rows and the
    mails there already. Answer how many people are told.
    """
    people = _noted(dues, clock.day_of(at))
    put_digest(*people, day=clock.day_of(at), at=at)
    beat(DIGEST, at=at)
    return len(people)


@transaction.atomic
def alarm(dues: Iterable[Due], *, at: dt.datetime) -> int:
    """Tell at once what cannot wait for a digest, and the same thing not again until it is due to
    be told again. Answer how many people are told.
    """
    people = _noted(dues, clock.day_of(at))
    call_duty(people, at=at)
    return len(people)


def _noted(dues: Iterable[Due], day: dt.date) -> list[uuid.UUID]:
    """Note what is told to whom on this day; answer the people who have not been told lately."""
    told = to_tell(dues, last_told(day), day)
    Reminder.unscoped.bulk_create(
        [Reminder(about=about, account=account, on=day) for about, account in sorted(told)],
        ignore_conflicts=True,
    )
    return sorted({account for _about, account in told})
