"""A new municipality: it reads a plan, says when the boards were elected, and has its calendar.

Without scripts; then the report for the executive board, read back as text.
"""

import re
import shutil
import subprocess
import time

import pytest
from playwright.sync_api import expect

from journeys import house as houses


# plan-format.md: the period from the election of 2026-09-13, boards elected on 2026-11-26.
DAYS = {
    "training": ["2027-04-14", "2027-10-14", "2028-04-14", "2028-10-14", "2029-04-14",
                 "2029-10-14", "2030-04-14", "2030-10-14"],
    "first-training": ["2027-04-14"],
    "cooperation-meetings": ["2027-10-14", "2028-10-14", "2029-10-14", "2030-09-07"],
    "plan-revised": ["2029-12-31"],
    "plan-adopted": ["2029-12-31"],
    "guideline-adopted": ["2030-10-14"],
}  # fmt: skip
ELECTION = "?val=2026-09-13"


@pytest.fixture(scope="module")
def filled():
    with houses.opened() as house:
        yield house


def test_from_nothing_to_a_calendar_that_is_right_to_the_day_and_a_report(inside, tmp_path):
    page = inside(script=False, role="plan_owner")
    page.goto("/planen/")
    page.get_by_role("link", name="Läs in en plans fil").click()
    page.select_option('[name="shipped"]', "vasteras-2018")
    page.get_by_role("button", name="Läs in och jämför").click()
    expect(page.locator("main")).to_contain_text("Frågor till planens ägare")
    page.fill('[name="from_on"]', "2018-06-20")
    page.get_by_role("button", name="Följ den här versionen").click()
    page.goto("/planen/handelser/")
    page.fill('[name="on"]', "2026-11-26")
    page.get_by_role("button", name="Lägg in").click()
    expect(page.locator("main")).to_contain_text("26 november 2026")

    page.goto(f"/planen/{ELECTION}")
    for name, days in DAYS.items():
        row = page.locator("tbody tr", has=page.locator(f'a[href*="/ataganden/{name}/"]'))
        shown = row.locator("time").evaluate_all("all => all.map(t => t.getAttribute('datetime'))")
        assert shown == days, name
    page.goto(f"/planen/ataganden/first-training/{ELECTION}")
    said = " ".join(page.inner_text("main").split())
    assert "från 26 november 2026 till 14 april 2027" in said

    page.goto("/planen/rapporter/")
    page.get_by_role("button", name="Gör rapporten").click()
    pdf = page.get_by_role("link", name=re.compile("^PDF"))
    began = time.monotonic()
    while not pdf.count() and time.monotonic() - began < 60:
        time.sleep(0.5)
        page.reload()
    assert pdf.count(), "the worker made no report"
    fetched = page.request.get(pdf.get_attribute("href"))
    read = subprocess.run(
        [shutil.which("pdftotext"), "-", "-"], input=fetched.body(), capture_output=True, check=True
    ).stdout.decode()
    assert "Hur planen hålls" in read
    assert "Utbildning erbjuds varje halvår" in read
    assert "7 september 2030" in read
