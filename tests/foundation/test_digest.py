"""One digest a working day, to each who has something to be reminded of, and never what."""

import datetime as dt
import uuid

from django.core import mail
from django.test import override_settings

import pytest

import cast
from varna.foundation import clock
from varna.foundation.notices import sweeps
from varna.foundation.notices.models import Reminder
from varna.foundation.notices.queries import reminded_of
from varna.foundation.notices.rules import Due
from varna.foundation.outbox.actions import send_due
from varna.foundation.outbox.models import Mail


pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 23)
KNOWN: list[Due] = []


def due_now(_day):
    """A room's reminders."""
    return KNOWN


@pytest.fixture(autouse=True)
def _one_room():
    KNOWN.clear()
    with override_settings(QUIET_DAYS=[]):
        yield


def at(day, time="08:00"):
    moment = dt.datetime.combine(day, dt.time.fromisoformat(time), clock.STOCKHOLM)
    return moment.astimezone(dt.UTC)


def owe(account, *about):
    KNOWN.extend(Due(each, frozenset({account.pk})) for each in about)


def digest(day, time="08:00"):
    return sweeps.digest(at=at(day, time), told=[due_now])


def test_one_mail_a_day_whatever_is_due(alva):
    owe(alva, "commitment:a", "commitment:b", "meeting:c")
    assert digest(MONDAY) == 1
    assert Mail.unscoped.count() == 1
    assert Reminder.unscoped.count() == 3


def test_before_its_time_nothing_leaves_and_after_it_only_once(alva):
    owe(alva, "commitment:a")
    assert digest(MONDAY, "07:29") == 0
    assert digest(MONDAY, "07:30") == 1
    owe(alva, "commitment:b")
    assert digest(MONDAY, "11:00") == 0
    assert Mail.unscoped.count() == 1


def test_a_worker_that_was_away_makes_up_for_it_before_noon_and_not_later(alva):
    owe(alva, "commitment:a")
    assert [digest(MONDAY, time) for time in ("11:30", "18:00", "23:59")] == [0, 0, 0]
    assert digest(MONDAY, "11:29") == 1


def test_what_a_day_did_not_tell_is_told_the_next(alva):
    owe(alva, "commitment:a")
    assert digest(MONDAY, "18:00") == 0
    assert digest(MONDAY + dt.timedelta(days=1)) == 1


@pytest.mark.parametrize("day", [dt.date(2026, 11, 22), dt.date(2026, 12, 24), MONDAY])
def test_weekends_holidays_and_quiet_days_are_quiet(alva, day):
    owe(alva, "commitment:a")
    with override_settings(QUIET_DAYS=[MONDAY]):
        assert digest(day) == 0
    assert not Mail.unscoped.exists()


def test_the_same_thing_is_not_told_again_the_next_day_but_after_a_week(alva):
    owe(alva, "commitment:a")
    assert digest(MONDAY) == 1
    assert [digest(MONDAY + dt.timedelta(days=n)) for n in (1, 2, 3, 4)] == [0, 0, 0, 0]
    assert digest(MONDAY + dt.timedelta(days=7)) == 1
    assert reminded_of("commitment:a") == [MONDAY, MONDAY + dt.timedelta(days=7)]


def test_something_new_is_told_although_the_old_is_not_told_again(alva):
    owe(alva, "commitment:a")
    digest(MONDAY)
    owe(alva, "commitment:b")
    tuesday = MONDAY + dt.timedelta(days=1)
    assert digest(tuesday) == 1
    assert set(Reminder.unscoped.filter(on=tuesday).values_list("about", flat=True)) == {
        "commitment:b"
    }


def test_the_mail_says_nothing_of_what_is_due(alva):
    owe(alva, "commitment:cooperation-meetings:2")
    digest(MONDAY)
    assert send_due(at=at(MONDAY, "08:01")) == 1
    sent = mail.outbox[0]
    assert sent.to == [alva.email]
    assert "cooperation" not in str(sent.message())


@pytest.mark.proves("F-29")
def test_a_second_worker_finds_it_done(alva):
    """Both looked before either wrote: the rows themselves refuse the second one."""
    from varna.foundation.notices.actions import remind

    owe(alva, "commitment:a")
    remind(KNOWN, at=at(MONDAY))
    remind(KNOWN, at=at(MONDAY, "08:01"))
    assert Mail.unscoped.count() == 1
    assert Reminder.unscoped.count() == 1


def test_a_locked_account_gets_no_mail(alva):
    owe(alva, "commitment:a")
    cast.lock(alva)
    digest(MONDAY)
    send_due(at=at(MONDAY, "08:01"))
    assert not mail.outbox


def test_nothing_due_is_no_mail():
    KNOWN.append(Due("commitment:a", frozenset()))
    assert digest(MONDAY) == 0
    assert uuid.UUID(int=0) not in set(Reminder.unscoped.values_list("account", flat=True))
