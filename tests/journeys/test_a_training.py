"""A training offered to the whole register, with mails caught by a real mail server, answers by
link without scripts, and attendance; and every page of training, judged.
"""

import datetime as dt
import json
import re
import time

import icalendar
import pytest
from playwright.sync_api import expect

from journeys import house as houses
from journeys import judges
from journeys.judges import LOOKS
from varna.foundation import clock


FILL = """
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.organisation import demonstration as organisation
from varna.training import demonstration as training
from varna.following import demonstration as compliance
for room in (organisation, training, compliance):
    room.fill(by=system("tests"), at=clock.now())
"""
STANDING = """
import datetime as dt
from varna.following.queries import stand
from varna.foundation import clock
day = dt.date.fromisoformat({day!r})
for row in stand(clock.start_of(day) + dt.timedelta(hours=20)).rows:
    one = row.occurrence
    if row.commitment.id == "training" and one.opens_on <= day <= one.closes_on:
        print(row.standing.value, row.figure.done == row.figure.of, row.stated)
"""
PROOF = """
import json
from varna.training.queries import offers
for offer in offers():
    if offer.title == {title!r}:
        print(json.dumps([len(offer.sent), len(offer.accepted), len(offer.attended)]))
"""
A_LINK = """
from varna.invitations import links
from varna.invitations.models import Invitation
from varna.training.models import Session
for course in (False, True):
    session = Session.unscoped.filter(is_course=course).exclude(invited_at=None).first()
    row = Invitation.unscoped.filter(occasion=session.occasion).exclude(answer="").first()
    print(links.token(row.pk, row.version))
"""
TITLE = "Trygg i valrörelsen"


@pytest.fixture(scope="module")
def filled(post):
    with houses.opened(EMAIL_URL=f"smtp://127.0.0.1:{post.port}") as house:
        house.do(FILL)
        yield house


def plan(page, day):
    page.goto("/utbildning/")
    page.get_by_role("link", name="Planera ett tillfälle").click()
    page.get_by_label("Vad heter det?").fill(TITLE)
    page.get_by_label("Dag", exact=True).fill(day.isoformat())
    page.get_by_label("Börjar").fill("13:00")
    page.get_by_label("Slutar").fill("15:00")
    page.get_by_label("Var?").fill("Stadshuset")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("heading", name=TITLE).wait_for()
    return re.match(r".*(/utbildning/tillfalle/[0-9a-f-]{36}/)", page.url)[1]


def send(page):
    """Answer how many there are in the register, as the page says it before sending."""
    page.get_by_role("link", name="Skicka inbjudningarna").click()
    fresh = page.locator("dd", has_text="person").nth(1).inner_text()
    page.get_by_role("button", name="Skicka").click()
    page.get_by_role("heading", name=TITLE).wait_for()
    return int(re.match(r"\d+", fresh)[0])


def wait_for(post, count):
    for _ in range(600):
        if len(post.taken) >= count:
            return
        time.sleep(0.2)
    raise AssertionError(f"{len(post.taken)} of {count} mails came")


def test_a_training_offered_to_everybody_is_proved_by_what_was_done(inside, filled, post):
    trainer = inside(role="handler", script=False, phone=False)
    day = clock.today() + dt.timedelta(days=21)
    before = filled.do(STANDING.format(day=day.isoformat())).split()
    assert before[0] in {"open", "due-soon"}
    session = plan(trainer, day)
    people = send(trainer)
    assert people > 250
    wait_for(post, people)
    letters = [one for one in post.letters() if one["subject"] == f"Inbjudan: {TITLE}"]
    assert len({one["to"] for one in letters}) == len(letters) == people
    for letter in (letters[0], letters[people // 2], letters[-1]):
        event = icalendar.Calendar.from_ical(letter["calendar"]).walk("VEVENT")[0]
        assert event["dtstart"].dt.date() == day
        assert event["dtstart"].dt.hour == 13
        assert str(event["attendee"]) == f"mailto:{letter['to']}"
        invited = inside(script=False)
        invited.goto(re.search(r"http\S+/utbildning/kallelse/\S+", letter["text"])[0])
        invited.get_by_label("Ja, jag kommer").check()
        invited.get_by_role("button", name="Svara").click()
        invited.get_by_text("Tack. Ditt svar:").wait_for()
        assert not invited.context.cookies()
    trainer.goto(f"{session}narvaro/")
    for tick in trainer.locator('input[name="here"]').all()[:2]:
        tick.check()
    trainer.get_by_role("button", name="Spara").click()
    trainer.wait_for_load_state()
    assert json.loads(filled.do(PROOF.format(title=TITLE))) == [people, 3, 2]
    # Nobody has said so: on the evening of that day the promise is kept by its evidence alone.
    assert filled.do(STANDING.format(day=day.isoformat())).strip() == "kept True False"


def addresses(page):
    """Every page of a session that has been held, one that comes and the self-study."""
    page.goto("/utbildning/")
    sessions = page.locator("tbody th a").evaluate_all("all => all.map(a => a.pathname)")
    found = ["/utbildning/", "/utbildning/heltid/"]
    found += sessions
    found += [f"{session}kalla/" for session in sessions[:2]]  # what has been held asks nobody
    for part in ("kallade/", "kallade/?visa=to_give", "narvaro/", "andra/", "stall-in/"):
        found += [f"{session}{part}" for session in sessions[1:3]]
    page.goto("/utbildning/heltid/")
    found.append(page.locator("tbody a").first.get_attribute("href"))
    return found


def invited_addresses(filled):
    meeting, course = filled.do(A_LINK).split()
    parts = [f"/utbildning/kallelse/{course}/del/{number}/" for number in (1, 2, 3)]
    return [f"/utbildning/kallelse/{meeting}/", f"/utbildning/kallelse/{course}/", *parts]


@pytest.mark.once
def test_the_pages_of_training_are_accessible_correct_and_fit_every_window(inside, filled):
    pages, invited = {}, invited_addresses(filled)
    for look, language in LOOKS:
        page, anybody = inside.window(role="lead", **look), inside.window(**look)
        places = [(page, a) for a in addresses(page)] + [(anybody, a) for a in invited]
        for window, part in places:
            address = f"{language}{part}"
            pages[address] = window.goto(address).text()
            assert judges.axe(window) == [], address
            assert not judges.is_wider_than_the_window(window), address
            assert judges.fits_the_narrowest_window(window), address
            assert not any(word in window.title().lower() for word in ("hot", "hat", "ärende"))
            assert window.locator("[data-leave]").is_visible()
    assert judges.check_html(pages) == []


@pytest.mark.once
def test_faulty_forms_of_training_are_accessible_and_correct_html(inside, filled):
    look, _language = LOOKS[0]
    page, anybody = inside.window(role="lead", **look), inside.window(**look)
    pages = {}
    page.goto("/utbildning/nytt/")
    page.locator("main form button").last.click()
    expect(page.locator(".errors")).to_be_visible()
    assert judges.axe(page) == []
    pages["faulty"] = page.content()
    anybody.goto(invited_addresses(filled)[2])
    for question in anybody.locator("main fieldset").all():
        question.locator("input").first.check()
    anybody.locator("main form button").click()
    anybody.get_by_text("Inte riktigt än.").wait_for()
    assert judges.axe(anybody) == []
    pages["wrong"] = anybody.content()
    assert judges.check_html(pages) == []


@pytest.mark.once
def test_pictures_of_training_for_the_handbook(inside):
    page = inside.window(phone=False, role="lead")
    page.goto("/utbildning/")
    judges.picture(page, "utbildning", whole=False)
    page.locator("tbody th a").nth(1).click()
    expect(page.locator("h1")).to_have_count(1)
    judges.picture(page, "utbildning-tillfalle", whole=False)
