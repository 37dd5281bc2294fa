"""Every page, for everybody: on phone and computer, in light and dark, in each language."""

import pytest

from journeys import judges
from journeys.conftest import DESKTOP, PHONE
from journeys.pages import PLACES


pytestmark = pytest.mark.once
LOOKS = [(PHONE, "light"), (DESKTOP, "dark")]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.address)
def test_a_page_is_accessible_in_every_look_and_fits_the_narrowest_window(visit, place):
    """Fetched once in each language: the looks are the style sheet's, and the page stays."""
    page = visit.window(role=place.role)
    for language in place.languages:
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="light")
        page.goto(place.in_language(language))
        assert page.locator("html").get_attribute("lang") == language
        for size, scheme in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            where = f"{place.in_language(language)} {size} {scheme}"
            assert judges.axe(page) == [], where
            assert not judges.is_wider_than_the_window(page), where
        assert judges.fits_the_narrowest_window(page), place.in_language(language)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.address)
def test_a_page_can_be_left_quickly_and_tells_nothing_in_its_title(visit, place):
    page = visit.window(role=place.role)
    page.set_viewport_size(PHONE)
    page.goto(place.address)
    assert page.locator("[data-leave]").is_visible()
    assert not any(word in page.title().lower() for word in ("hot", "hat", "anmäl", "ärende"))


def test_every_page_is_correct_html(visit):
    pages = {}
    signed_in = {role: visit.window(role=role) for role in {place.role for place in PLACES}}
    for place in PLACES:
        for language in place.languages:
            address = place.in_language(language)
            pages[address] = signed_in[place.role].request.get(address).text()
    assert judges.check_html(pages) == []


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.address)
def test_a_page_says_the_same_without_scripts(visit, place):
    page = visit.window(script=False, role=place.role)
    page.goto(place.address)
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("address", ["/", "/anmal/"])
def test_the_first_page_is_light(visit, address):
    """At most 30 kB over the wire and four requests, the favicon counted."""
    page = visit()
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (it wants a function)
    page.goto(address, wait_until="networkidle")
    sizes = {answer.url: answer.request.sizes() for answer in answers}
    weight = sum(s["responseBodySize"] + s["responseHeadersSize"] for s in sizes.values())
    favicon = 1 if not any("favicon" in url for url in sizes) else 0
    assert len(sizes) + favicon <= 4, sizes
    assert weight <= 30_000, sizes
