"""Advice for everybody: in three languages, neutral addresses, and confirmed by somebody here."""

from django.urls import reverse

import pytest

from varna.documents import pages
from varna.documents.models import AdviceCheck
from varna.documents.words import ADVICE
from varna.foundation import clock


def address(name, *args):
    return reverse(f"documents:{name}", args=args)


@pytest.mark.parametrize("name", ADVICE)
@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_each_piece_is_written_in_each_language_and_says_112(name, language):
    heading, text = pages.written(name, language)
    assert heading
    assert "112" in text
    assert text.count("<h2>") >= 3
    assert "<h1>" not in text


@pytest.mark.parametrize("name", ADVICE)
def test_the_same_things_are_said_in_each_language(name):
    """As many headings and points: nobody is left without one."""
    shapes = {
        (text.count("<h2>"), text.count("<li>"))
        for _heading, text in (pages.written(name, language) for language in pages.LANGUAGES)
    }
    assert len(shapes) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en", "/fi"])
def test_anybody_may_read(client, prefix):
    for path in ("/rad/", *(f"/rad/{name}/" for name in ADVICE)):
        answer = client.get(prefix + path)
        assert answer.status_code == 200
        assert b"data-leave" in answer.content


@pytest.mark.django_db
def test_what_is_no_advice_is_not_found(client):
    assert client.get("/rad/finns-inte/").status_code == 404


@pytest.mark.django_db
def test_whoever_writes_documents_confirms_and_the_day_shows(love, alva, as_person):
    refused = as_person(alva).post(address("confirm_advice", "post"))
    assert refused.status_code == 404
    client = as_person(love)
    assert client.post(address("confirm_advice", "finns-inte")).status_code == 404
    client.post(address("confirm_advice", "post"))
    assert AdviceCheck.unscoped.get().on == clock.today()
    assert f'datetime="{clock.today()}"' in client.get(address("advice", "post")).content.decode()
