"""The pages of documents and of the other rooms that do the plan's work, with something in them.

Every page that a link leads to is visited: accessible, correct, narrow enough, neutral.
"""

import re

import pytest

from journeys import house as houses
from journeys import judges
from journeys.judges import LOOKS


pytestmark = pytest.mark.once  # how a page looks does not depend on the database
FILL = """
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.organisation import demonstration as organisation
from varna.contacts import demonstration as contacts
from varna.cooperation import demonstration as cooperation
from varna.documents import demonstration as documents
from varna.requests import demonstration as requests
for room in (organisation, contacts, documents, cooperation, requests):
    room.fill(by=system("tests"), at=clock.now())
"""
ROOMS = ("/dokument/", "/register/kontakter/", "/samverkan/", "/hjalp/")
ONE_OF_A_KIND = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
FILES = re.compile(r"/pdf/$")
MOST_OF_A_KIND = 3


@pytest.fixture(scope="module")
def filled():
    with houses.opened() as house:
        house.do(FILL)
        yield house


def found_from(page, start, language=""):
    """Every address below `start` that links lead to, a few of each kind, and its HTML."""
    waiting, seen, kinds = [language + start], [], {}
    while waiting:
        address = waiting.pop(0)
        kind = ONE_OF_A_KIND.sub("*", address)
        if address in seen or kinds.get(kind, 0) >= MOST_OF_A_KIND:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        seen.append(address)
        yield address, page.goto(address).text()
        links = page.locator("main a[href]").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        waiting += [
            link for link in links if link.startswith(language + start) and not FILES.search(link)
        ]


@pytest.mark.parametrize("start", ROOMS)
@pytest.mark.parametrize(("look", "language"), LOOKS)
def test_every_page_of_the_room_is_accessible_and_fits(inside, start, look, language):
    page = inside.window(role="lead", **look)
    for address, _html in found_from(page, start, language):
        assert judges.axe(page) == [], address
        assert not judges.is_wider_than_the_window(page), address
        assert page.locator("h1").count() == 1, address
        assert not any(word in page.title().lower() for word in ("hot", "hat", "anmäl", "ärende"))
        assert page.locator("[data-leave]").is_visible()


def test_every_page_of_the_rooms_fits_the_narrowest_window_and_is_correct_html(inside):
    page = inside.window(width=320, script=False, role="lead")
    pages = {}
    for start in ROOMS:
        before = len(pages)
        for address, html in found_from(page, start):
            assert not judges.is_wider_than_the_window(page), address
            pages[address] = html
        assert len(pages) > before + 1, start
    assert judges.check_html(pages) == []
