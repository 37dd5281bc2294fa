"""Words that met something of somebody else's on their way are received all the same."""

import threading

from django.db import IntegrityError, connection, transaction
from django.urls import reverse

import pytest

from varna.foundation import clock
from varna.foundation.access.models import Matter
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.outbox.models import Pulse
from varna.foundation.vault import reserve
from varna.reports.models import Report
from varna.reports.receipts import new_token, receipt_for


def beat(name):
    return Pulse(name=name, at=clock.now())


def test_what_met_another_is_done_again(db):
    beat("there").save(force_insert=True)
    names = iter(["there", "another"])

    def deed():
        with transaction.atomic():
            beat(next(names)).save(force_insert=True)
        return "done"

    assert reserve.by_all_means(deed) == "done"
    assert Pulse.unscoped.filter(name="another").exists()


def test_it_is_done_again_once_and_no_more(db):
    beat("there").save(force_insert=True)
    tries = []

    def deed():
        tries.append(1)
        with transaction.atomic():
            beat("there").save(force_insert=True)

    with pytest.raises(IntegrityError):
        reserve.by_all_means(deed)
    assert len(tries) == 2


def test_what_is_wrong_in_another_way_is_not_tried_again():
    tries = []

    def deed():
        tries.append(1)
        raise KeysMissingError("away")

    with pytest.raises(KeysMissingError):
        reserve.by_all_means(deed)
    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_that_wait_for_each_other_both_are_done():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    beat("one").save(force_insert=True)
    beat("two").save(force_insert=True)
    both, done = threading.Barrier(2), []

    def touch(first, second):
        waited = []

        def deed():
            with transaction.atomic():
                Pulse.unscoped.select_for_update().get(name=first)
                if not waited:
                    waited.append(1)
                    both.wait()
                Pulse.unscoped.select_for_update().get(name=second)

        reserve.by_all_means(deed)
        done.append(first)
        connection.close()

    threads = [
        threading.Thread(target=touch, args=each) for each in (("one", "two"), ("two", "one"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["one", "two"]


def test_what_collides_with_something_else_is_not_taken_for_a_form_sent_twice(client, db):
    token = new_token()
    Matter(id=receipt_for(token).report, since=clock.now(), for_duty=True).save(force_insert=True)
    answer = client.post(
        reverse("reports:tell"),
        {"token": token, "happened": "Det hände i går", "when": "nu", "reach": "code"},
    )
    assert answer.status_code == 503
    assert "Det hände i går" in answer.content.decode()
    assert not Report.unscoped.exists()
