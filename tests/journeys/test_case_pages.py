"""The case room's pages, with cases on them: accessible, correct, narrow enough, neutral."""

import re

import pytest
from playwright.sync_api import expect

from journeys import house as houses
from journeys import judges
from journeys.judges import LOOKS


pytestmark = pytest.mark.once  # how a page looks does not depend on the database
FILL = """
import datetime as dt
from varna.foundation import clock
from varna.foundation.accounts.models import RoleGrant
from varna.foundation.accounts.rules import system
from varna.organisation import demonstration as organisation
from varna.intake import demonstration as cases
for held in RoleGrant.objects.all():
    held.since = clock.now() - dt.timedelta(days=400)  # as old as the cases
    held.save()
for room in (organisation, cases):
    room.fill(by=system("tests"), at=clock.now())
"""
CASE_PAGES = ["", "bedomning/", "klassning/", "atgarder/", "polis/", "foretagshalsovard/",
              "samtal/", "anteckningar/", "handelser/", "krets/", "avsluta/",
              "efterkontroll/"]  # fmt: skip
STAFF_PAGES = ["/arenden/", "/arenden/alla/", "/arenden/nytt/", "/anmalningar/lagda-at-sidan/",
               "/register/", "/register/personer/"]  # fmt: skip


@pytest.fixture(scope="module")
def filled():
    with houses.opened() as house:
        house.do(FILL)
        yield house


def a_case(page, state="under_way"):
    page.goto(f"/arenden/alla/?lage={state}")
    return page.locator("tbody a").first.get_attribute("href")


def a_report(page):
    page.goto("/arenden/")
    return page.locator('a[href*="/anmalningar/"].card').first.get_attribute("href")


def addresses(page):
    """What a lead handler can open: the desk, a report, all of an open and a closed case."""
    open_case, closed_case, report = a_case(page), a_case(page, "closed"), a_report(page)
    found = [*STAFF_PAGES, report, f"{report}nytt-arende/", f"{report}koppla/"]
    found += [f"{open_case}{part}" for part in CASE_PAGES]
    found += [closed_case, f"{closed_case}efterkontroll/"]
    page.goto(f"{open_case}atgarder/")
    measure = page.locator(".card a").first
    if measure.count():
        found.append(measure.get_attribute("href"))
    return found


def test_the_pages_of_cases_are_accessible_correct_and_fit_every_window(inside):
    pages = {}
    for look, language in LOOKS:
        page = inside.window(role="lead", **look)
        for address in [f"{language}{part}" for part in addresses(page)]:
            pages[address] = page.goto(address).text()
            assert judges.axe(page) == [], address
            assert not judges.is_wider_than_the_window(page), address
            assert judges.fits_the_narrowest_window(page), address
            assert not any(word in page.title().lower() for word in ("hot", "anmäl", "ärende"))
            assert page.locator("[data-leave]").is_visible()
    contact = inside.window(role="contact")
    pages["/forvaltning/"] = contact.request.get("/forvaltning/").text()
    assert "<h1" in pages["/forvaltning/"]
    assert judges.check_html(pages) == []


def test_open_details_are_accessible_too(inside):
    """Everything that is folded away, unfolded."""
    page = inside.window(role="lead", **LOOKS[0][0])
    case = a_case(page)
    for address in (case, f"{case}bedomning/", f"{case}krets/", a_report(page), "/anmal/"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert judges.axe(page) == [], address
        assert not judges.is_wider_than_the_window(page), address


def test_faulty_forms_are_accessible_and_correct(inside):
    """Error summaries and errors beside their fields, in every form of a case."""
    page = inside.window(role="lead", **LOOKS[0][0])
    case = a_case(page)
    pages = {}
    for part in ("bedomning/", "atgarder/", "avsluta/", "anteckningar/", "polis/"):
        page.goto(f"{case}{part}")
        if part == "polis/":
            page.fill('[name="reported_on"]', "i går")
        page.locator("main form button").last.click()
        expect(page.locator(".errors"), part).to_be_visible()
        assert judges.axe(page) == [], part
        pages[part] = page.content()
    assert judges.check_html(pages) == []


def test_hateful_words_are_shown_only_when_asked_for(inside):
    page = inside.window(role="lead", **LOOKS[0][0])
    page.goto(a_report(page))
    words = page.locator("details.blurred .said").first
    assert not words.is_visible()
    page.locator("details.blurred summary").first.click()
    expect(words).to_be_visible()


def test_pictures_for_the_readme_and_the_handbook(inside):
    page = inside.window(phone=False, role="lead")
    for name, address in (("start", "/"), ("anmal", "/anmal/"), ("i-dag", "/arenden/")):
        page.goto(address)
        judges.picture(page, name, whole=False)
    case = a_case(page)
    for name, part in (("arende", ""), ("bedomning", "bedomning/"), ("atgarder", "atgarder/"),
                       ("krets", "krets/")):  # fmt: skip
        page.goto(f"{case}{part}")
        judges.picture(page, name, whole=False)
    page.goto("/register/")
    judges.picture(page, "register", whole=False)
    phone = inside.window()
    phone.goto("/anmal/")
    judges.picture(phone, "anmal-telefon", whole=False)
    assert re.search("/arenden/", case)
