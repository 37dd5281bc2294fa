"""The plan's pages, half a mandate in: accessible, correct, narrow enough, without scripts too."""

import pytest
from playwright.sync_api import expect

from journeys import house as houses
from journeys import judges
from journeys.judges import LOOKS


pytestmark = pytest.mark.once  # how a page looks does not depend on the database
FILL = """
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.organisation import demonstration as organisation
from varna.following import actions as compliance_actions
from varna.following import demonstration as compliance
from varna.plan import actions
from varna.plan.queries import text_in
by, at = system("tests"), clock.now()
for room in (organisation, compliance):
    room.fill(by=by, at=at)
compliance_actions.publish(on=True, by=by, at=at)
print(actions.read_plan(text_in("region"), by=by, at=at).pk)
"""
PAGES = ["", "nittio-dagar/", "ataganden/cooperation-meetings/", "ataganden/training/",
         "ataganden/survey-officials/", "ansvariga/", "kalender/", "rapporter/", "handelser/",
         "versioner/", "versioner/las-in/"]  # fmt: skip


@pytest.fixture(scope="module")
def filled():
    with houses.opened() as house:
        house.edition = house.do(FILL).strip()  # type: ignore[attr-defined]
        yield house


@pytest.fixture
def addresses(filled):
    planned = [f"/planen/{part}" for part in [*PAGES, f"versioner/{filled.edition}/"]]
    return [*planned, "/ataganden/"]


def test_the_pages_of_the_plan_are_accessible_correct_and_fit_every_window(inside, addresses):
    pages = {}
    for look, language in LOOKS:
        page = inside.window(role="plan_owner", **look)
        for address in [f"{language}{part}" for part in addresses]:
            pages[address] = page.goto(address).text()
            assert judges.fits_the_narrowest_window(page), address
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert judges.axe(page) == [], address
            assert not judges.is_wider_than_the_window(page), address
            assert not any(word in page.title().lower() for word in ("hot", "anmäl", "ärende"))
    assert all("<h1" in content for content in pages.values())
    assert judges.check_html(pages) == []


def test_every_standing_is_somewhere_on_the_picture_with_its_sign_and_in_the_table(inside):
    page = inside.window(phone=False, role="plan_owner")
    page.goto("/planen/")
    drawn = page.locator("svg rect").evaluate_all("all => all.map(r => r.className.baseVal)")
    told = page.locator("tbody .badge").evaluate_all("all => all.map(b => b.classList[1])")
    wanted = {"kept", "open", "due-soon", "overdue", "missed", "upcoming", "unknown",
              "awaiting-event"}  # fmt: skip
    assert {f"standing-{name}" for name in wanted} <= set(drawn)
    assert set(drawn) <= set(told)
    signs = page.locator("svg .sign").all_text_contents()
    assert len(signs) == len(drawn)
    assert all(signs)
    judges.picture(page, "mandatperioden", whole=False)


def test_faulty_forms_keep_what_was_written_and_say_what_is_wrong(inside):
    page = inside.window(role="plan_owner", **LOOKS[0][0])
    pages = {}
    page.goto("/planen/nittio-dagar/")
    page.goto("/planen/ataganden/cooperation-meetings/")
    page.get_by_role("link", name="Förklara och planera").first.click()
    page.fill('[name="reason"]', "Polisen kallades till annat.")
    page.locator("main form button").last.click()
    expect(page.locator(".errors")).to_be_visible()
    assert page.input_value('[name="reason"]') == "Polisen kallades till annat."
    assert judges.axe(page) == []
    pages["forklara"] = page.content()
    page.goto("/planen/versioner/las-in/")
    page.set_input_files(
        '[name="file"]',
        {"name": "plan.toml", "mimeType": "text/plain", "buffer": b"format = 2\n[plan]\n"},
    )
    page.locator("main form button").last.click()
    expect(page.locator(".errors")).to_contain_text("Inget lästes in")
    assert judges.axe(page) == []
    pages["las-in"] = page.content()
    assert judges.check_html(pages) == []
