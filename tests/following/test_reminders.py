"""Who answers is reminded; the occurrence shows it; and a calendar can be subscribed to."""

import datetime as dt

from django.urls import reverse

import pytest
from icalendar import Calendar

import cast
from plans import PLAN, commitment
from varna.following import actions, queries, sweeps
from varna.following.models import Feed
from varna.foundation import clock
from varna.foundation.deeds import Forbidden
from varna.foundation.notices.sweeps import digest
from varna.organisation.actions import people
from varna.organisation.models import Vouching
from worlds import noon


pytestmark = pytest.mark.django_db
OLD = PLAN.replace("known = 2026-09-13", "known = 2024-09-08") + commitment(
    'form = "quota", count = 4, spread = "mandate-year"'
)


@pytest.fixture
def behind(follow, town):
    follow(OLD, at=noon("2024-10-20"))


def monday(now):
    day = clock.day_of(now)
    while not clock.is_workday(day):
        day += dt.timedelta(days=1)
    return clock.start_of(day) + dt.timedelta(hours=9)


def test_nobody_is_reminded_until_somebody_answers_for_the_role(behind, now):
    assert sweeps.reminders(clock.day_of(now)) == []


def test_who_answers_is_reminded_and_it_shows_beside_the_occurrence(
    behind, client, alva, per, love, now
):
    actions.name_responsible("office", alva.pk, by=cast.actor(love), at=now)
    assert digest(at=monday(now), told=[sweeps.reminders]) == 1
    cast.sign_in(client, per)
    missed = next(r for r in queries.stand(now).rows if r.standing.value == "missed")
    said = client.get(f"/en/planen/ataganden/{missed.commitment.id}/").content.decode()
    assert "Reminded" in said


def test_who_has_stopped_answering_is_not_reminded(behind, alva, love, now):
    actions.name_responsible("office", alva.pk, by=cast.actor(love), at=now)
    actions.end_responsible("office", alva.pk, by=cast.actor(love), at=now)
    assert sweeps.reminders(clock.day_of(now)) == []


def test_what_was_missed_and_explained_is_left_in_peace(behind, alva, love, now):
    actions.name_responsible("office", alva.pk, by=cast.actor(love), at=now)
    before = {due.about for due in sweeps.reminders(clock.day_of(now))}
    missed = [r for r in queries.stand(now).rows if r.standing.value == "missed"]
    actions.explain(missed[0], reason="x", remedy="y", by=cast.actor(alva), at=now)
    after = {due.about for due in sweeps.reminders(clock.day_of(now))}
    assert len(before - after) == 1


# ── calendars ─────────────────────────────────────────────────────────────────────────────────
def test_a_role_s_due_days_can_be_subscribed_to_and_the_address_is_shown_once(
    behind, client, inside, now
):
    said = inside.post("/en/planen/kalender/", {"role": "office"}).content.decode()
    secret = said.split("/kalender/")[-1].split(".ics")[0].split("/")[-1]
    address = said[said.index("http://testserver/kalender/") :].split("<")[0].strip()
    assert secret
    client.logout()
    got = client.get(address)
    read = Calendar.from_ical(got.content)
    days = [event.decoded("dtstart") for event in read.walk("VEVENT")]
    assert len(days) == 12
    assert dt.date(2025, 10, 14) in days
    assert not Feed.unscoped.filter(secret=address.split("/")[-1][:-4]).exists()
    cast.sign_in(client, cast.an_account("Rut Ö", "plan_owner"))
    assert address not in client.get("/en/planen/kalender/").content.decode()


def test_a_revoked_address_and_an_invented_one_answer_alike(behind, client, per, now):
    secret = actions.make_feed("office", by=cast.actor(per), at=now)
    address = reverse("feed", args=[secret])
    assert client.get(address).status_code == 200
    actions.revoke_feed(Feed.unscoped.get().pk, by=cast.actor(per), at=now)
    gone, never = client.get(address), client.get(reverse("feed", args=["x" * 32]))
    assert gone.status_code == never.status_code == 404
    assert gone.content == never.content


def test_nobody_revokes_somebody_else_s_address(behind, per, love, now):
    actions.make_feed("office", by=cast.actor(per), at=now)
    with pytest.raises(Forbidden):
        actions.revoke_feed(Feed.unscoped.get().pk, by=cast.actor(love), at=now)
    assert Feed.unscoped.get().revoked_at is None


def test_an_official_makes_no_calendar(behind, folke, now):
    with pytest.raises(Forbidden):
        actions.make_feed("office", by=cast.actor(folke), at=now)


def test_an_address_dies_with_its_owner_s_right_to_read(behind, client, per, now):
    secret = actions.make_feed("office", by=cast.actor(per), at=now)
    assert client.get(reverse("feed", args=[secret])).status_code == 200
    cast.lock(per)
    assert client.get(reverse("feed", args=[secret])).status_code == 404


# ── the register ──────────────────────────────────────────────────────────────────────────────
def test_whoever_keeps_the_register_is_reminded_when_nobody_has_vouched_for_it(
    follow, town, berit, now
):
    follow()
    told = {due.about for due in sweeps.reminders(clock.day_of(now))}
    assert "register:vouched" not in told, "the town has gone through its register"
    Vouching.unscoped.all().delete()
    (due,) = [one for one in sweeps.reminders(clock.day_of(now)) if one.about == "register:vouched"]
    assert berit.pk in due.accounts
    people.vouch(by=cast.actor(berit), at=now)
    assert "register:vouched" not in {one.about for one in sweeps.reminders(clock.day_of(now))}
