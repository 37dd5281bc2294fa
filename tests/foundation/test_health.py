"""What a load balancer asks."""

import datetime as dt

import pytest

from varna.evidence.sweeps import no_room
from varna.foundation import clock
from varna.foundation.keys.store import forget, keystore
from varna.foundation.outbox.actions import beat, put_uniform
from varna.foundation.outbox.models import Mail
from varna.operation.sweeps import whole_keystore


pytestmark = pytest.mark.django_db


def test_a_living_process_says_so(client):
    assert client.get("/halsa/live").content == b"ok\n"


def test_that_no_worker_works_is_told_and_takes_nobody_out_of_use(client):
    """Reports are received without it."""
    answer = client.get("/halsa/redo")
    assert (answer.status_code, answer.json()["worker"]) == (200, "fault")
    assert client.get("/halsa/drift").status_code == 503


def test_those_who_run_it_see_what_is_wrong_and_what_to_do(client, as_person, otto, alva):
    as_person(otto)
    page = client.get("/drift/").content.decode()
    assert "Arbetaren" in page
    assert "Starta den igen" in page
    as_person(alva)
    assert client.get("/drift/").status_code == 404


def test_it_is_ready_when_everything_is_well(client, love):
    beat("worker", at=clock.now())
    answer = client.get("/halsa/redo")
    assert answer.status_code == 200, answer.content
    assert set(answer.json().values()) == {"ok"}


def test_a_mail_that_waits_too_long_is_told_and_takes_nobody_out_of_use(client, love):
    now = clock.now()
    beat("worker", at=now)
    put_uniform(love.pk, at=now - dt.timedelta(hours=1), at_once=True)
    answer = client.get("/halsa/redo")
    assert (answer.status_code, answer.json()["mail"]) == (200, "fault")
    assert client.get("/halsa/drift").status_code == 503


def test_a_backup_that_is_too_old_is_told(client, love, settings):
    beat("worker", at=clock.now())
    assert client.get("/halsa/drift").status_code == 200
    settings.BACKUP_HOURS = 26
    assert client.get("/halsa/drift").json()["backup"] == "fault"
    beat("backup", at=clock.now() - dt.timedelta(hours=25))
    assert client.get("/halsa/drift").status_code == 200
    beat("backup", at=clock.now() - dt.timedelta(hours=27))
    assert client.get("/halsa/drift").status_code == 503


def test_a_disk_that_is_nearly_full_is_told_and_reports_still_come_in(client, love, settings):
    beat("worker", at=clock.now())
    settings.DISK_FLOOR_BYTES = 1 << 62
    answer = client.get("/halsa/redo")
    assert answer.status_code == 200
    assert answer.json()["files"] == "fault"


def test_those_who_run_it_are_told_once_by_mail_and_on_every_page(
    client, as_person, otto, alva, settings
):
    assert no_room(at=clock.now()) == 0
    settings.DISK_FLOOR_BYTES = 1 << 62
    assert no_room(at=clock.now()) == 1
    assert no_room(at=clock.now()) == 0
    assert Mail.unscoped.get().account == otto.pk
    as_person(otto)
    assert "Disken är nästan full" in client.get("/hem/", follow=True).content.decode()
    as_person(alva)
    assert "Disken är nästan full" not in client.get("/hem/", follow=True).content.decode()


def test_asking_reads_no_more_of_the_keystore_than_its_newest_key(client, love):
    said = []
    keystore()._connection().set_trace_callback(said.append)
    try:
        client.get("/halsa/redo")
    finally:
        keystore()._connection().set_trace_callback(None)
    assert said
    assert not [one for one in said if "check" in one]


def test_a_damaged_keystore_is_found_by_the_worker_and_told_until_it_is_mended(client, love):
    store = keystore()
    path = store._path
    store._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    forget()
    sound = path.read_bytes()
    try:
        broken = bytearray(sound)
        broken[4096 * 2 : 4096 * 3] = b"x" * 4096
        path.write_bytes(broken)
        whole_keystore(at=clock.now())
    finally:
        forget()
        path.write_bytes(sound)
    answer = client.get("/halsa/redo")
    assert (answer.status_code, answer.json()["keystore"]) == (503, "fault")
    whole_keystore(at=clock.now())
    assert client.get("/halsa/redo").json()["keystore"] == "ok"
