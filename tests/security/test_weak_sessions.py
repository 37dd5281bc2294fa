"""Whoever has nothing but a mailbox writes, and does not read: every door, with every role."""

import re

from django.test import Client
from django.urls import reverse

import pytest

import cast
import engines
import world as worlds
from security.doors import DOORS, addresses, arguments
from varna.foundation import clock


pytestmark = pytest.mark.django_db
OWN_ACCOUNT = "one's own sign-in, and how to make it stronger"
# What a session by mail is let in to beside what anybody is, and why that is right.
OPEN = {
    "documents:overview": "what is adopted, or sent to all who are signed in for their comments",
    "documents:document": "the same, one document",
    "documents:version": "the same, one wording",
    "documents:file": "the same, printed",
    "training:course": "a course that is the same for everybody, and holds nobody's answers",
    "training:part": "a part of it",
    "account_logout": OWN_ACCOUNT,
    "stronger": OWN_ACCOUNT,
    "own_sessions": OWN_ACCOUNT,
    "mfa_index": OWN_ACCOUNT,
    "mfa_list_webauthn": OWN_ACCOUNT,
}


def opened(client, world):
    """What stands on every page that lets this browser in, by its name."""
    found = {}
    for name, pattern in addresses():
        if name in DOORS:
            answer = client.get(reverse(name, kwargs=arguments(world, name, pattern)))
            if answer.status_code == 200:
                found[name] = said(answer)
    return found


def said(answer):
    text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
        "utf-8", "replace"
    )
    text = re.sub(r'name="(csrfmiddlewaretoken|token)" value="[^"]*"', "", text)
    main = re.search(r"<main.*</main>", text, re.DOTALL)
    return main[0] if main else text


def by_mail(world, part):
    return cast.sign_in(Client(), world.people[part], strong=False)


@pytest.fixture(autouse=True)
def _one_moment(time_machine):
    time_machine.move_to(clock.now(), tick=False)


@pytest.fixture(scope="module")
def to_anybody(built):
    return set(opened(Client(), built))


# What a role is and what a session by mail may are decided in Python.
FEW = {"lead", "access_admin"}


@pytest.mark.parametrize("part", engines.whole_or(FEW, set(worlds.CAST) - {"outsider"}))
@pytest.mark.proves("T5", "L3")
def test_a_role_opens_nothing_to_a_session_by_mail(world, to_anybody, part):
    pages = opened(by_mail(world, part), world)
    assert set(pages) - to_anybody == set(OPEN)


@pytest.mark.parametrize("part", engines.whole_or(FEW, set(worlds.CAST) - {"outsider", "reporter"}))
def test_no_page_tells_a_session_by_mail_more_because_of_a_role(world, part):
    """Word for word what an elected official without any other role is told."""
    pages = opened(by_mail(world, part), world)
    official = opened(by_mail(world, "reporter"), world)
    own = {name for name, why in OPEN.items() if why == OWN_ACCOUNT}
    for name in set(pages) - own:
        assert pages[name] == official.get(name), name
