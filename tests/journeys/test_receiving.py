"""Somebody always receives: a duty week, a night without anybody, and a conflict found late.

Without scripts, on a phone: whoever has the duty tonight sits on a bus.
"""

import json
import re

import pytest
from playwright.sync_api import expect

from journeys import house as houses
from varna.foundation import clock


SECOND = """
from varna.foundation import clock
from varna.foundation.access.actions import appoint
from varna.foundation.accounts import actions
from varna.foundation.accounts.rules import Role, system
by, at = system("tests"), clock.now()
made = actions.open_account(email="handler2@example.se", name="Sixten Ahl", by=by, at=at)
appoint(made, Role.HANDLER, by=by, at=at)
"""


@pytest.fixture(scope="module")
def filled():
    with houses.opened(VARNA_DUTY_PHONE="021-39 00 99", VARNA_DUTY_CHANGES="00:00") as house:
        house.do(SECOND)
        yield house


def as_(guest, role):
    """Somebody at work, on a phone and without scripts."""
    page = guest(phone=True, script=False)
    guest.sign_in(page, role)
    return page


def as_another_handler(guest):
    """Somebody for whom the demonstration has no button: the same form, sent by hand."""
    page = guest(phone=True, script=False)
    page.goto("/konto/logga-in/")
    form = page.locator("form", has=page.locator('button[value="handler@example.se"]'))
    token = form.locator('[name="csrfmiddlewaretoken"]').get_attribute("value")
    said = {"csrfmiddlewaretoken": token, "email": "handler2@example.se"}
    page.request.post(form.get_attribute("action"), form=said, headers={"Referer": page.url})
    return page


def tell(page, text="Ett brev med hot låg i lådan."):
    page.goto("/anmal/")
    page.get_by_label("Vad har hänt?").fill(text)
    page.get_by_label("Ungefär när?").fill("i går kväll")
    page.get_by_label("Jag kommer tillbaka hit med en kod").check()
    page.get_by_role("button", name="Skicka", exact=True).click()
    page.get_by_role("heading", name="Vi har tagit emot").wait_for()
    return page.locator("#code").inner_text()


def come_back(page, code):
    page.goto("/tillbaka/")
    page.get_by_label("Din kod").fill(code)
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("heading", name="Det du har berättat").wait_for()


def test_a_duty_week_with_a_substitute_and_a_hand_over(inside):
    lead = as_(inside, "lead")
    lead.goto("/jour/")
    assert "Ingen är uppsatt på listan än" in lead.locator("main").inner_text()
    lead.get_by_role("link", name="Fyll på listan").click()
    lead.get_by_label("Alva Lind").check()
    lead.get_by_label("Sixten Ahl").check()
    lead.get_by_label("Första dag").fill(clock.today().isoformat())
    lead.get_by_label("en vecka").check()
    lead.get_by_label("Hur många pass?").fill("2")
    lead.get_by_label("Telefon").fill("021-39 00 12")
    lead.get_by_role("button", name="Fyll på listan").click()
    expect(lead.locator("main")).to_contain_text("Alva Lind svarar nu")

    handler = as_(inside, "handler")
    handler.goto("/arenden/")
    assert "Sixten Ahl är ersättare" in handler.locator("main").inner_text()
    handler.get_by_role("link", name="Jourpasset och överlämningen").click()
    handler.get_by_label("Det som nästa person behöver veta").fill("Polisen ringer kl. 9.")
    handler.get_by_role("button", name="Lämna över").click()
    handler.get_by_text("Polisen ringer kl. 9.").first.wait_for()

    other = as_another_handler(inside)
    other.goto("/jour/")
    other.locator("main table a").first.click()
    expect(other.locator("main")).to_contain_text("Polisen ringer kl. 9.")

    public = inside(phone=True, script=False)
    public.goto("/")
    assert "021-39 00 12" in public.locator("body").inner_text()
    assert "Alva" not in public.content()


def test_a_night_without_anybody_who_receives(inside, filled):
    told = len(filled.mails("access_admin@example.se"))
    admin = as_(inside, "access_admin")
    for name in ("Love Berg", "Sixten Ahl"):
        admin.goto("/konton/")
        admin.get_by_role("link", name=name).click()
        admin.get_by_role("button", name="Lås kontot").click()
    filled.do("from varna.foundation.accounts.models import Shift; Shift.unscoped.all().delete()")
    handler = as_(inside, "handler")
    handler.goto("/arenden/")
    handler.get_by_role("button", name="Sluta ta emot nya").click()
    handler.get_by_role("heading", name="Du är den sista som tar emot anmälningar").wait_for()
    handler.get_by_role("button", name="Sluta ändå").click()

    reporter = inside(phone=True, script=False)
    code = tell(reporter)
    said = reporter.locator("main").inner_text()
    assert "Ingen kan läsa din anmälan just nu" in said
    assert "021-39 00 99" in said
    assert "läser den senast" not in said

    filled.wait_for_mail("access_admin@example.se", after=told, seconds=60)
    admin.goto("/konton/")
    assert "1 anmälan kan inte läsas av någon" in admin.locator("main").inner_text()
    health = json.loads(reporter.request.get("/halsa/redo").text())
    assert health["receivers"] == "fault"

    handler.goto("/arenden/")
    handler.get_by_role("button", name="Ta emot nya igen").click()
    handler.locator('a.card[href*="/anmalningar/"]').last.click()
    expect(handler.locator("main")).to_contain_text("Ett brev med hot låg i lådan.")
    admin.goto("/konton/")
    assert "kan inte läsas av någon" not in admin.locator("main").inner_text()
    come_back(reporter, code)
    assert "Ingen kan läsa" not in reporter.locator("main").inner_text()
    for name in ("Love Berg", "Sixten Ahl"):
        admin.goto("/konton/")
        admin.get_by_role("link", name=name).click()
        admin.get_by_role("button", name="Lås upp kontot").click()


def test_a_conflict_found_late_takes_away_the_case_and_what_comes_to_it(inside):
    reporter = inside(phone=True, script=False)
    tell(reporter)
    handler = as_(inside, "handler")
    handler.goto("/arenden/")
    handler.locator('a.card[href*="/anmalningar/"]').last.click()
    handler.get_by_role("link", name="Gör ett ärende av den").click()
    handler.get_by_label("Arbetsnamn").fill("Sent jäv")
    handler.get_by_label("Varför öppnas ett ärende?").fill("Ska utredas.")
    handler.get_by_label("Vem handlägger det?").select_option(label="Alva Lind")
    handler.get_by_role("button", name="Öppna ärendet").click()
    case = re.match(r".*(/arenden/[0-9a-f-]{36}/)", handler.url)[1]

    lead = as_(inside, "lead")
    lead.goto(f"{case}krets/")
    lead.locator("summary", has_text="jävig").click()
    lead.get_by_label("Vem är jävig?").select_option(label="Alva Lind")
    lead.get_by_role("button", name="Håll utanför").click()
    assert handler.goto(case).status == 404

    tell(reporter, "Nu har det hänt igen.")
    lead.goto("/arenden/")
    lead.locator('a.card[href*="/anmalningar/"]').last.click()
    report = re.match(r".*(/anmalningar/[0-9a-f-]{36}/)", lead.url)[1]
    assert handler.goto(report).status == 200, "before it is known to belong there"
    lead.goto(f"{report}koppla/")
    lead.locator('[name="case"]').select_option(case.split("/")[2])
    lead.locator('[name="reason"]').fill("Samma avsändare.")
    lead.get_by_role("button", name="Koppla").click()
    lead.wait_for_url(lambda address: case in address)
    assert handler.goto(report).status == 404
    lead.goto(report)
    assert case in lead.url, "a linked report leads to its case"
