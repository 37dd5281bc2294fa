"""Four meetings over a mandate, with the clock moved: kept, kept late, overdue, missed.

The server runs in this process, so that its clock is the test's. Nobody touches the commitment:
the meetings alone decide how it stands.
"""

import datetime as dt

import pytest
import time_machine

import cast
from journeys.conftest import Visitor
from varna.cooperation.actions import meetings, partners
from varna.cooperation.sealed import PartnerPerson
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.outbox.actions import send_due
from varna.invitations.rules import Details
from varna.organisation.actions import people as register
from varna.plan import actions as plans
from varna.plan.queries import text_in


pytestmark = [pytest.mark.django_db(transaction=True)]
KINDS = {"police": "Polisen", "security-service": "Säkerhetspolisen", "party-security": "Partiet"}
BY = system("tests")
PAGE = "/planen/ataganden/cooperation-meetings/"


def at(day, hour=9):
    local = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), clock.STOCKHOLM)
    return local.astimezone(dt.UTC)


def begin():
    """The plan is followed from the mandate's first week, and there are three partners."""
    moment = at("2026-10-20")
    edition = plans.read_plan(text_in("vasteras-2018"), by=BY, at=moment)
    plans.adopt_plan(edition.pk, from_on=dt.date(2018, 6, 20), by=BY, at=moment)
    for year in range(2026, 2031):
        for month in ("02", "05", "08", "11"):
            register.vouch(by=BY, at=at(f"{year}-{month}-01"))
    for kind, name in KINDS.items():
        partner = partners.add(name=name, kind=kind, by=BY, at=moment)
        said = PartnerPerson(name, f"{kind}@example.se")
        partners.name_contact(partner, said, by=BY, at=moment)


def meet(day):
    """Everybody is invited three weeks before, and the mails leave."""
    begins = at(day, 13)
    asked = begins - dt.timedelta(days=21)
    details = Details(title="Samverkan", starts_at=begins, ends_at=begins + dt.timedelta(hours=1))
    with time_machine.travel(asked):
        meetings.invite(meetings.plan(details, "", by=BY, at=asked), by=BY, at=asked)
        assert send_due(at=asked + dt.timedelta(minutes=1)) == len(KINDS)


@pytest.fixture
def look(browser, live_server):
    """`look(day)`: how the four turns stand on that day, as the plan's owner sees them."""
    live_server.elsewhere = live_server.url
    visitor = Visitor(browser, live_server)
    with time_machine.travel(at("2026-10-19")):
        per = cast.an_account("Per Vik", "plan_owner", email="per@example.se")

    def stands(day):
        with time_machine.travel(at(day, 12)):
            context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
            visitor.contexts.append(context)
            page = context.new_page()
            page.goto("/konto/logga-in/")
            page.locator(f'button[value="{per.email}"]').click()
            page.goto(f"{PAGE}?val=2026-09-13")
            turns = page.locator(".timeline .badge[class*=standing-]")
            found = turns.evaluate_all("all => all.map(one => one.classList[1])")
        return [name.removeprefix("standing-") for name in found]

    yield stands
    visitor.leave()


def test_four_meetings_are_kept_kept_late_overdue_and_missed(look):
    begin()
    assert look("2026-11-01") == ["open", "upcoming", "upcoming", "upcoming"]
    assert look("2027-08-20") == ["due-soon", "upcoming", "upcoming", "upcoming"]
    meet("2027-09-01")
    assert look("2027-09-02") == ["kept", "upcoming", "upcoming", "upcoming"]
    assert look("2028-10-20") == ["kept", "overdue", "open", "upcoming"]
    meet("2028-11-08")
    assert look("2028-11-09") == ["kept", "kept-late", "open", "upcoming"]
    assert look("2029-10-15") == ["kept", "kept-late", "overdue", "open"]
    assert look("2030-10-15") == ["kept", "kept-late", "missed", "missed"]
