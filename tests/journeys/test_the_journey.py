"""The journey: a report with a picture from a phone, its case, its answer, its end, and its proof.

With scripts and without, by touch and by keyboard only.
"""

import base64
import re

import pytest


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def tell(page, text):
    page.goto("/")
    page.get_by_role("link", name="Berätta vad som har hänt").click()
    page.get_by_label("Vad har hänt?").fill(text)
    page.get_by_label("Ungefär när?").fill("i går kväll")
    page.get_by_label("Jag kommer tillbaka hit med en kod").check()
    page.set_input_files(
        "#files", {"name": "skärmbild.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.get_by_role("button", name="Skicka", exact=True).click()
    page.get_by_role("heading", name="Vi har tagit emot").wait_for()
    assert "code" not in page.url
    return page.locator("#code").inner_text()


def triage(page, label):
    page.goto("/arenden/")
    page.locator('a.card[href*="/anmalningar/"]').last.click()
    page.locator("details.blurred summary").first.click()
    page.get_by_role("link", name="Gör ett ärende av den").click()
    page.get_by_label("Arbetsnamn").fill(label)
    page.get_by_label("Varför öppnas ett ärende?").fill("Ska utredas.")
    page.get_by_label("Vem handlägger det?").select_option(label="Alva Lind")
    page.get_by_role("button", name="Öppna ärendet").click()
    page.get_by_role("heading", name=label).wait_for()
    return re.match(r".*(/arenden/[0-9a-f-]{36}/)", page.url)[1]


def assess(page, case):
    page.goto(f"{case}bedomning/")
    page.get_by_label("2 Förhöjd").check()
    page.get_by_label("Samlad bedömning, i ord").fill("Förhöjd oro, okänd avsändare.")
    page.get_by_label("Vilka deltog?").fill("Alva och Love")
    page.get_by_label("Nästa dag för översyn").fill("2099-01-31")
    page.get_by_role("button", name="Spara bedömningen").click()
    page.get_by_role("heading", name="Version 1").wait_for()


def decide(page, case, measure):
    page.goto(f"{case}atgarder/")
    page.locator('[name="choice"]').select_option(measure)
    page.get_by_label("Varför just detta").fill("Personen är orolig.")
    page.locator('[name="consent"]').select_option("given")
    decided = page.locator(".card a").count()
    page.get_by_role("button", name="Besluta").click()
    page.locator(".card a").nth(decided).wait_for()


def answer(page, case, text):
    page.goto(f"{case}samtal/")
    page.get_by_label("Ditt meddelande").fill(text)
    page.get_by_role("button", name="Skicka", exact=True).click()
    page.get_by_text(text).wait_for()


def finish(page, case):
    page.goto(f"{case}atgarder/")
    while page.locator(".card a").count():
        page.locator(".card a").first.click()
        page.get_by_label("klar", exact=True).check()
        page.get_by_role("button", name="Spara").click()
        page.wait_for_load_state()
    page.goto(f"{case}avsluta/")
    page.get_by_label("Vad gjordes?").fill("Kontaktperson och polisanmälan.")
    page.get_by_label("Vad hjälpte").fill("Att någon ringde.")
    page.locator('[name="content"]').select_option("yes")
    page.get_by_label("Vad ledde anmälan till?").fill("Din anmälan ledde till två åtgärder.")
    page.get_by_label("Inget för andra att lära").fill("Rutinen följdes.")
    page.get_by_role("button", name="Avsluta ärendet").click()
    page.get_by_role("heading", name="Hur det slutade").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_report_on_a_phone_to_a_closed_case_and_a_whole_log(visit, house, script):
    label = f"Brev {script}"
    reporter = visit(phone=True, script=script)
    code = tell(reporter, "Ett brev med hot låg i lådan.")
    handler = visit(phone=True, script=script, role="handler")
    case = triage(handler, label)
    assess(handler, case)
    decide(handler, case, "3:contact_person")
    decide(handler, case, "2:report")
    answer(handler, case, "Vi har läst och ringer i dag.")

    reporter.goto("/tillbaka/")
    reporter.get_by_label("Din kod").fill(code)
    reporter.get_by_role("button", name="Fortsätt").click()
    reporter.get_by_text("Vi har läst och ringer i dag.").wait_for()
    reporter.get_by_label("Ditt meddelande").fill("Tack.")
    reporter.get_by_role("button", name="Skicka", exact=True).click()
    reporter.get_by_text("Tack.", exact=True).wait_for()

    finish(handler, case)
    reporter.reload()
    reporter.get_by_text("Din anmälan ledde till två åtgärder.").wait_for()
    reporter.locator("[data-leave]").click()
    reporter.wait_for_url(lambda address: "localhost" not in address)
    house.varna("audit", "sign")
    assert "Loggen är hel, och Värna har skrivit alla behörigheter." in house.varna(
        "audit", "verify"
    )


@pytest.mark.once  # what a browser does
def test_a_report_is_sent_by_keyboard_only(visit):
    """Tab, type, space and enter; the focus is always visible on something."""
    page = visit(phone=False)
    page.goto("/anmal/")
    wanted = {"id_happened": "Han ringde igen.", "id_when": "i natt"}
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.id")
        if here in wanted:
            page.keyboard.type(wanted.pop(here))
        elif here.startswith("id_reach_") and not page.locator("[name=reach]:checked").count():
            page.keyboard.press("Space")
        elif page.evaluate("document.activeElement.matches('form button.button')") and not wanted:
            page.keyboard.press("Enter")
            break
    page.get_by_role("heading", name="Vi har tagit emot").wait_for()


@pytest.mark.once  # what a browser does
def test_nothing_is_kept_in_the_browser(visit):
    """No cookie before it is needed, no storage, no page that the back button brings back."""
    page = visit()
    tell(page, "Något att inte visa igen.")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.goto("/tillganglighet/")
    page.go_back()
    page.wait_for_url(lambda address: "/anmal/" not in address)
    assert "Något att inte visa igen." not in page.content()


@pytest.mark.once
@pytest.mark.parametrize("language", ["/en", "/fi"])
def test_the_form_speaks_other_languages(visit, language):
    page = visit()
    page.goto(f"{language}/anmal/")
    page.locator("#id_happened").fill("A letter.")
    page.locator("#id_when").fill("yesterday")
    page.locator("#id_reach_0").check()
    page.locator("form button.button").click()
    page.locator("#code").wait_for()
    assert page.locator("html").get_attribute("lang") == language[1:]
