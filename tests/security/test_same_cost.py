"""A file that one may not see costs what one that is not there costs: the same questions, the same
line. Time itself is measured by hand (docs/reference/figures.md), never asserted.
"""

import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

import cast
from varna.foundation.audit.models import Event


pytestmark = pytest.mark.django_db


def asked_for(client, item):
    """The statements of a request, without their values."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(reverse("cases:file", args=[item]))
    return answer.status_code, [query["sql"].split(" WHERE ")[0][:60] for query in asked]


@pytest.mark.parametrize("part", ["other_handler", "outsider", "shared_contact", "access_admin"])
@pytest.mark.proves("L4")
@pytest.mark.proves("T21", part=True)
def test_a_hidden_file_and_one_that_is_not_there_are_asked_for_alike(world, client, part):
    cast.sign_in(client, world.people[part])
    client.get("/")
    hidden, missing = world.item, uuid.uuid4()
    lines = Event.unscoped.filter(act="read.refused").count()
    assert asked_for(client, hidden) == asked_for(client, missing)
    assert Event.unscoped.filter(act="read.refused").count() == lines + 2


def test_nobody_known_asks_for_nothing(world, client):
    status, asked = asked_for(client, world.item)
    assert (status, asked) == (404, [])
