"""The plan's pages: from an empty installation to a mandate that can be followed and explained."""

import datetime as dt
import io
import json
import threading

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client

import pytest

import cast
from plans import PLAN, commitment
from varna.following import actions, queries
from varna.following.gathering import gathered
from varna.following.models import Deviation, Statement
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.audit.models import Event as Line
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.vault.files import stored_files
from varna.plan import actions as plans
from varna.plan.models import Adoption, Edition
from varna.plan.queries import followed, shipped, text_in
from varna.plan.rules.history import WhyNotAdopt
from varna.training import demonstration as training
from worlds import day, noon


pytestmark = pytest.mark.django_db
EN = "/en/planen/"


def at_a_browser(account):
    return cast.sign_in(Client(), account)


def text(response):
    return response.content.decode()


# ── reading and adopting ──────────────────────────────────────────────────────────────────────
def test_without_a_plan_the_page_says_how_to_begin(inside):
    said = text(inside.get(EN))
    assert "No plan is followed yet" in said
    assert "/planen/versioner/las-in/" in said


def test_a_shipped_plan_is_read_compared_and_followed(inside, now):
    read = inside.post(f"{EN}versioner/las-in/", {"shipped": "vasteras-2018"}, follow=True)
    page = read.redirect_chain[-1][0]
    assert "Training is offered every half-year" in text(read)
    assert "Who adopted the plan?" in text(read)
    assert followed(clock.day_of(now)) is None, "nothing is followed before somebody has decided so"
    inside.post(page, {"from_on": "2018-06-20", "decision": "KS § 112"})
    assert followed(clock.day_of(now)).now.plan.version == "2018-06-20"
    assert Adoption.unscoped.get().decision == "KS § 112"
    assert "The mandate as a picture" in text(inside.get(EN))


def test_a_broken_file_is_refused_with_words_that_lead_to_the_fault(inside):
    broken = PLAN.replace('by = "office"', 'by = "nobody"').replace("months = 6", "months = 0")
    file = SimpleUploadedFile("plan.toml", broken.encode())
    before = list(stored_files())
    said = text(inside.post(f"{EN}versioner/las-in/", {"file": file}))
    assert "Nothing was loaded" in said
    assert "by: No role is declared with the name nobody." in said
    assert "commitments[1] (training)" in said
    assert "months" in said
    assert not Edition.unscoped.exists()
    assert list(stored_files()) == before


@pytest.mark.parametrize("sent", [{"shipped": ""}, {"shipped": "no-such-plan"}])
def test_a_form_without_a_file_says_so(inside, sent):
    said = text(inside.post(f"{EN}versioner/las-in/", sent))
    assert "errorlist" in said
    assert not Edition.unscoped.exists()


def test_a_new_version_shows_what_it_changes_and_cannot_reach_back(inside, follow, now):
    follow(PLAN)
    newer = PLAN.replace('version = "1"', 'version = "2"').replace("months = 6", "months = 12")
    edition = plans.read_plan(newer.encode(), by=system("tests"), at=now)
    page = f"{EN}versioner/{edition.pk}/"
    assert "how often" in text(inside.get(page))
    refused = text(inside.post(page, {"from_on": "2020-01-01"}))
    assert "cannot begin before today" in refused
    assert Adoption.unscoped.count() == 1


def test_the_same_text_is_read_once_and_followed_once(follow, now):
    follow(PLAN)
    with pytest.raises(WhyNot) as refusal:
        follow(PLAN)
    assert refusal.value.reason is WhyNotAdopt.SAME
    assert Edition.unscoped.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the file takes turns by itself")
def test_two_editions_adopted_at_once_take_turns(now):
    by, on, said = system("tests"), day("2018-06-20"), []
    contents = [PLAN, PLAN.replace('version = "1"', 'version = "2"')]
    first, second = (plans.read_plan(one.encode(), by=by, at=now) for one in contents)

    def other():
        try:
            plans.adopt_plan(second.pk, from_on=on, by=by, at=now)
        except WhyNot as refused:
            said.append(refused.reason)
        finally:
            connections.close_all()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        plans.adopt_plan(first.pk, from_on=on, by=by, at=now)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "it waits"
    thread.join()
    assert said == [WhyNotAdopt.BACKWARDS]
    assert Adoption.unscoped.get().edition == first


def test_a_handler_may_look_and_not_adopt(client, alva, follow, now):
    follow(PLAN)
    cast.sign_in(client, alva)
    assert client.get(EN).status_code == 200
    assert client.get(f"{EN}versioner/las-in/").status_code == 404
    assert client.post(f"{EN}handelser/", {"name": "x", "on": "2027-01-01"}).status_code == 404
    with pytest.raises(Forbidden):
        plans.note_event("x", on=clock.day_of(now), by=cast.actor(alva), at=now)


def test_an_official_sees_nothing_of_it(client, folke, follow):
    follow(PLAN)
    cast.sign_in(client, folke)
    assert client.get(EN).status_code == 404


# ── events ────────────────────────────────────────────────────────────────────────────────────
def test_the_election_of_boards_gives_the_first_training_its_days(inside, follow):
    follow()
    assert "awaits its event" in text(inside.get(f"{EN}ataganden/first-training/"))
    inside.post(f"{EN}handelser/", {"name": "boards-elected", "on": "2026-11-16"})
    assert "14 April 2027" in text(inside.get(f"{EN}ataganden/first-training/?val=2026-09-13"))


def test_an_event_taken_back_counts_no_more(inside, follow, per, now):
    follow()
    event = plans.note_event("boards-elected", on=day("2026-11-16"), by=cast.actor(per), at=now)
    inside.post(f"{EN}handelser/{event.pk}/ta-tillbaka/")
    assert not followed(clock.day_of(now)).noted


@pytest.mark.parametrize(
    ("name", "on"), [("election", "2026-11-16"), ("Å", "2026-11-16"), ("x", "i går")]
)
def test_an_event_that_is_none_gets_a_clear_answer(inside, follow, name, on):
    follow()
    assert "errorlist" in text(inside.post(f"{EN}handelser/", {"name": name, "on": on}))


# ── saying something ──────────────────────────────────────────────────────────────────────────
def test_a_statement_turns_an_open_promise_kept_and_is_marked(inside, follow, now):
    follow()
    page = f"{EN}ataganden/proactive/"
    row = next(r for r in queries.stand(now).rows if r.commitment.id == "proactive")
    key = f"{row.occurrence.turn}_{row.occurrence.due_on}_"
    inside.post(f"{page}{key}/intyga/", {"on": clock.day_of(now).isoformat(), "reason": "Gjort."})
    said = text(inside.get(page))
    assert "About 24 November 2026, said 24 November 2026" in said
    assert "Per Vik" in said
    assert Statement.unscoped.get().reason == "Gjort."
    line = Line.unscoped.filter(act="plan.stated").get()
    assert "Gjort" not in line.body


def test_a_statement_is_taken_back_by_its_author_or_an_owner(inside, alva, follow, per, now):
    follow()
    row = next(r for r in queries.stand(now).rows if r.commitment.id == "proactive")
    by = cast.actor(per)
    stated = actions.state(row, on=clock.day_of(now), reason="Gjort.", by=by, at=now)
    page = f"{EN}ataganden/proactive/"
    back = f"{page}intyganden/{stated.pk}/ta-tillbaka/"
    assert back in text(inside.get(page))
    assert back not in text(at_a_browser(alva).get(page))
    assert at_a_browser(alva).post(back).status_code == 404
    assert inside.post(back.replace("proactive", "training")).status_code == 404
    assert inside.get(back).status_code == 405
    assert inside.post(back).status_code == 302
    said = text(inside.get(page))
    assert "taken back" in said
    assert back not in said
    assert Statement.unscoped.get().taken_back_at is not None
    assert inside.post(back).status_code == 404


def test_a_handler_takes_back_what_the_handler_said(alva, follow, per, now):
    follow()
    row = next(r for r in queries.stand(now).rows if r.commitment.id == "proactive")
    actions.name_responsible(row.commitment.by, alva.pk, by=cast.actor(per), at=now)
    actions.state(row, on=clock.day_of(now), reason="Gjort.", by=cast.actor(alva), at=now)
    page = f"{EN}ataganden/proactive/"
    back = f"{page}intyganden/{Statement.unscoped.get().pk}/ta-tillbaka/"
    assert back in text(at_a_browser(alva).get(page))
    assert at_a_browser(alva).post(back).status_code == 302
    assert Statement.unscoped.get().taken_back_at is not None


def test_a_statement_about_tomorrow_is_refused_and_keeps_what_was_written(inside, follow, now):
    follow()
    row = next(r for r in queries.stand(now).rows if r.commitment.id == "proactive")
    key = f"{row.occurrence.turn}_{row.occurrence.due_on}_"
    later = (clock.day_of(now) + dt.timedelta(days=3)).isoformat()
    said = text(
        inside.post(f"{EN}ataganden/proactive/{key}/intyga/", {"on": later, "reason": "Långt."})
    )
    assert "The day has not come yet" in said
    assert "Långt." in said
    assert not Statement.unscoped.exists()


def an_overdue(now):
    """A meeting that should have been held: a plan followed since before it fell due."""
    return next(r for r in queries.stand(now).rows if r.standing.value in {"overdue", "missed"})


OLD = PLAN.replace("known = 2026-09-13", "known = 2024-09-08") + commitment(
    'form = "quota", count = 4, spread = "mandate-year"'
)


def test_what_was_missed_asks_for_reason_and_plan_and_both_stay(inside, follow, now):
    follow(OLD, at=noon("2024-10-20"))
    row = an_overdue(now)
    page = f"{EN}ataganden/{row.commitment.id}/"
    assert "Explain and plan" in text(inside.get(page))
    key = f"{row.occurrence.turn}_{row.occurrence.due_on}_"
    empty = text(inside.post(f"{page}{key}/forklara/", {"reason": "Sjukdom.", "remedy": ""}))
    assert "Sjukdom." in empty
    assert not Deviation.unscoped.exists()
    inside.post(f"{page}{key}/forklara/", {"reason": "Sjukdom.", "remedy": "Två ersättare."})
    said = text(inside.get(page))
    assert "Sjukdom." in said
    assert "Två ersättare." in said


def test_somebody_who_answers_for_the_role_may_explain_and_others_may_not(
    client, alva, love, follow, now
):
    follow(OLD, at=noon("2024-10-20"))
    row = an_overdue(now)
    with pytest.raises(Forbidden):
        actions.explain(row, reason="x", remedy="y", by=cast.actor(alva), at=now)
    actions.name_responsible("office", alva.pk, by=cast.actor(love), at=now)
    actions.explain(row, reason="x", remedy="y", by=cast.actor(alva), at=now)
    assert Deviation.unscoped.get().by == alva.pk


def test_an_address_that_names_no_occurrence_is_not_found(inside, follow):
    follow()
    assert inside.get(f"{EN}ataganden/proactive/99__/forklara/").status_code == 404
    assert inside.get(f"{EN}ataganden/no-such/").status_code == 404
    assert inside.get(f"{EN}?val=2027-01-01").status_code == 404
    assert inside.get(f"{EN}?val=x").status_code == 404


# ── the public page, and the many ─────────────────────────────────────────────────────────────
def test_the_public_page_is_there_only_when_it_is_switched_on(client, inside, follow, per, now):
    follow()
    client.logout()
    assert client.get("/en/ataganden/").status_code == 404
    actions.publish(on=True, by=cast.actor(per), at=now)
    said = text(client.get("/en/ataganden/"))
    assert "Training is offered every half-year" in said
    assert "Per Vik" not in said
    assert said.count("Shown when there are enough cases") == 4
    actions.publish(on=False, by=cast.actor(per), at=now)
    assert client.get("/en/ataganden/").status_code == 404


@pytest.mark.proves("M9")
def test_how_it_stands_is_worked_out_for_everybody_once_a_minute(
    client, follow, per, now, time_machine, monkeypatch, django_assert_max_num_queries
):
    follow()
    client.logout()
    actions.publish(on=True, by=cast.actor(per), at=now)
    moment = noon(clock.today())
    time_machine.move_to(moment, tick=False)
    worked_out, stand = [], queries.stand

    def counted(at):
        worked_out.append(at)
        return stand(at)

    monkeypatch.setattr(queries, "stand", counted)
    client.get("/en/ataganden/")
    with django_assert_max_num_queries(3):  # whether it is switched on, each
        for query in ("", "?sida=1", "?sida=x"):
            assert "offered every half-year" in text(client.get(f"/en/ataganden/{query}"))
    time_machine.shift(61)
    for _ in range(3):
        client.get("/en/ataganden/")
    assert len(worked_out) == 2


def test_while_one_works_it_out_the_others_have_what_there_is(now, monkeypatch):
    """Nobody waits for what everybody asks for, but the first."""
    lately, asked = queries.Lately(), []

    def slow(at):
        asked.append(at)
        return lately.stand(at) if len(asked) == 2 else f"stand {len(asked)}"

    monkeypatch.setattr(queries, "stand", slow)
    assert lately.stand(now) == "stand 1"
    later = now + dt.timedelta(seconds=90)
    assert lately.stand(later) == "stand 1", "asked while it was worked out"
    assert len(asked) == 2


def test_a_plan_of_ten_thousand_commitments_is_shown_page_by_page(inside, follow):
    many = PLAN + "".join(
        commitment('form = "every", months = 12', f"c{number}") for number in range(9_999)
    )
    follow(many)
    said = text(inside.get(EN))
    assert "Page 1 of 167" in said
    assert len(said) < 500_000


# ── the command ───────────────────────────────────────────────────────────────────────────────
def run(*words):
    out = io.StringIO()
    call_command("plan", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_status_tells_every_row_with_standing_figure_and_evidence(follow, town):
    follow(at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    told = json.loads(run("status", "--on", "2027-05-01", "--json"))
    training = [row for row in told if row["commitment"] == "training"]
    assert [row["standing"] for row in training][:2] == ["missed", "open"]
    assert training[0]["done"] == 0
    assert training[0]["of"] > 250
    assert {row["commitment"] for row in told} >= {"cooperation-kept", "support-assessed"}
    assert set(told[0]) == {
        "commitment", "turn", "opens_on", "due_on", "closes_on", "warn_on", "awaiting",
        "standing", "done", "of", "evidence", "of_source", "said_on",
    }  # fmt: skip
    dues = [row["due_on"] for row in told]
    assert dues == sorted([d for d in dues if d]) + [None] * dues.count(None)


def test_status_without_a_plan_says_so():
    from django.core.management.base import CommandError

    with pytest.raises(CommandError, match="No plan is followed"):
        run("status")


def test_the_calendar_s_rows_are_the_same_with_and_without_the_database(follow, now):
    follow()
    by_file = json.loads(run("calendar", "vasteras-2018", "--election", "2026-09-13", "--json"))
    told = json.loads(run("status", "--json"))
    keys = ("commitment", "turn", "opens_on", "due_on", "closes_on", "warn_on")
    dated = [tuple(row[key] for key in keys) for row in told if row["due_on"]]
    assert dated == [tuple(row[key] for key in keys) for row in by_file if row["due_on"]]
    assert text_in("vasteras-2018")


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_plan_stands_somehow_in_a_town(inside, follow, town, now, name):
    """Boards with a duty each, parties with the main responsibility: no plan is a special case."""
    follow(text_in(name).decode())
    found = queries.stand(now)
    plan = found.followed.now.plan
    assert {row.commitment.id for row in found.rows} == {
        one.id for one in plan.commitments if not _for_units_that_are_missing(plan, one)
    }
    assert inside.get(EN).status_code == 200
    for one in {row.commitment.id for row in found.rows}:
        assert inside.get(f"{EN}ataganden/{one}/").status_code == 200, one


def _for_units_that_are_missing(plan, one):
    each = plan.roles[one.by].each
    return each is not None and each not in {unit.kind for unit in gathered(clock.today()).units}


def test_who_came_stands_beside_the_offer(inside, follow, town, now):
    training.fill(by=system("tests"), at=now)
    follow(OLD, at=noon("2024-10-20"))
    said = text(inside.get(f"{EN}ataganden/training/"))
    assert "attended" in said
