"""What a load balancer asks."""

import pytest

from varna.foundation import clock
from varna.foundation.outbox.actions import beat


pytestmark = pytest.mark.django_db


def test_a_living_process_says_so(client):
    assert client.get("/halsa/live").content == b"ok\n"


def test_it_is_not_ready_while_no_worker_works(client):
    answer = client.get("/halsa/redo")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "fault"


def test_it_is_ready_when_everything_is_well(client, love):
    beat("worker", at=clock.now())
    answer = client.get("/halsa/redo")
    assert answer.status_code == 200, answer.content
    assert set(answer.json().values()) == {"ok"}
