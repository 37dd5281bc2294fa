"""A guideline is adopted and made known: by link, by minutes and by hand, to the last one.

Without scripts, with a real mail server; the plan's two promises are kept by it alone.
"""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from journeys import house as houses
from varna.foundation import clock


TESTS = str(Path(__file__).parents[1])
FILL = """
import people
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.organisation.actions import people as register
from varna.organisation.models import Party
from varna.plan import actions
from varna.plan.queries import text_in
import datetime as dt
by, at = system("tests"), clock.now()
people.a_crowd(3, without=1)
Party.unscoped.create(name="Mittenlistan", name_key="mittenlistan")
register.vouch(by=system("tests"), at=at)
edition = actions.read_plan(text_in("vasteras-2018"), by=by, at=at)
actions.adopt_plan(edition.pk, from_on=dt.date(2018, 6, 20), by=by, at=at)
"""
STANDINGS = """
from varna.following.queries import stand
from varna.foundation import clock
for row in stand(clock.now()).rows:
    if row.commitment.id in {"guideline-adopted", "guideline-known"}:
        print(row.commitment.id, row.standing.value, f"{row.figure.done}/{row.figure.of}")
"""


@pytest.fixture(scope="module")
def filled(post):
    with houses.opened(EMAIL_URL=f"smtp://127.0.0.1:{post.port}") as house:
        house.do(f"import sys; sys.path.insert(0, {TESTS!r})\n{FILL}")
        yield house


def stands(filled):
    return dict(line.split(maxsplit=1) for line in filled.do(STANDINGS).strip().splitlines())


def adopt(page):
    page.goto("/dokument/nytt/")
    page.locator('[name="kind"][value="guideline"]').check()
    page.fill('[name="title"]', "Riktlinje för trygghet")
    page.locator("main form button").last.click()
    page.fill('[name="number"]', "2026")
    page.locator("main form button").last.click()
    page.fill('[name="text"]', "# Så gör du\n\nRing 112 först.")
    page.locator("main form button").last.click()
    page.get_by_role("link", name="Det har antagits").click()
    page.locator('[name="by"][value="other"]').check()
    page.fill('[name="by_other"]', "Trygghet- och säkerhetsprocessen")
    today = clock.today().isoformat()
    page.fill('[name="adopted_on"]', today)
    page.fill('[name="decision"]', "Beslut 7")
    page.fill('[name="in_force_on"]', today)
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text("Ring 112 först.")


def test_a_guideline_is_adopted_and_made_known_to_all(inside, filled, post):
    lead = inside(role="lead", script=False, phone=False)
    adopt(lead)
    assert stands(filled)["guideline-adopted"].startswith("kept")
    assert stands(filled)["guideline-known"] == "open 0/4"

    lead.get_by_role("link", name="Vilka som har tagit del av den").click()
    lead.get_by_role("link", name="Gör den känd").click()
    lead.locator("main form button").last.click()
    began = time.monotonic()
    while len(post.taken) < 2 and time.monotonic() - began < 60:
        time.sleep(0.2)
    links = [re.search(r"http\S+/ta-del/\S+", one["text"])[0] for one in post.letters()]
    assert len(set(links)) == 2
    for link in links:
        reader = inside(script=False)
        reader.goto(link)
        reader.locator("main form button").click()
        expect(reader.locator("main")).to_contain_text("Tack")
    assert stands(filled)["guideline-known"] == "open 2/4"

    lead.reload()
    assert "2 av 3" in lead.inner_text("main")
    lead.get_by_role("button", name=re.compile("^Har tagit del")).click()
    lead.select_option('[name="unit"]', label="Mittenlistan")
    lead.fill('[name="on"]', clock.today().isoformat())
    lead.fill('[name="minutes"]', "§ 14")
    lead.locator("main form button").last.click()
    expect(lead.locator("main")).to_contain_text("100 %")
    assert stands(filled)["guideline-known"] == "kept 4/4"
