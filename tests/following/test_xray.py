"""The x-ray finds what the rows rest on: each finding seen, each gone when it is mended."""

import datetime as dt
import io
import json

from django.core.management import call_command

import pytest

import cast
from varna.documents import queries as documents
from varna.documents.actions import writing
from varna.documents.demonstration import fill as the_documents
from varna.documents.models import Document, Version
from varna.following import actions, queries
from varna.following.rules.xray import Finding, look_through
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.organisation.models import Vouching
from varna.plan import actions as deeds
from varna.plan import queries as plans
from varna.plan.queries import text_in


pytestmark = pytest.mark.django_db


def found(now):
    return look_through(queries.programme(queries.stand(now)))


def about(now, finding):
    return {one.about for one in found(now) if one.finding is finding}


def test_a_register_that_nobody_vouches_for_is_found_once_for_each_commitment(follow, town, now):
    follow()
    assert not about(now, Finding.OF_UNVERIFIED)
    Vouching.unscoped.all().delete()
    lines = [one for one in found(now) if one.finding is Finding.OF_UNVERIFIED]
    assert "training" in {one.about for one in lines}
    assert len(lines) == len(set(lines)) == len({one.about for one in lines})


def test_a_word_is_found_and_the_word_of_one_until_another_agrees(follow, per, alva, now):
    follow()
    assert not about(now, Finding.WORD_ONLY)
    row = next(r for r in queries.stand(now).rows if r.commitment.id == "proactive")
    said = actions.state(row, on=clock.day_of(now), reason="Så är det.", by=cast.actor(per), at=now)
    assert about(now, Finding.WORD_ONLY) == about(now, Finding.ONE_PERSON) == {"proactive"}
    actions.confirm_statement(said.pk, by=cast.actor(alva), at=now)
    assert about(now, Finding.WORD_ONLY) == {"proactive"}
    assert not about(now, Finding.ONE_PERSON)


def test_what_is_late_without_a_reason_is_found_until_it_is_explained(follow, town, per, now):
    follow()
    later = now + dt.timedelta(days=200)
    late = next(r for r in queries.stand(later).rows if r.standing.value == "overdue")
    key = (late.commitment.id, late.unit.name if late.unit else "")

    def left():
        lines = [one for one in found(later) if one.finding is Finding.UNEXPLAINED]
        return {(one.about, one.unit) for one in lines}

    assert key in left()
    actions.explain(late, reason="Sjukdom", remedy="I mars", by=cast.actor(per), at=later)
    assert key not in left()


def test_a_plan_that_is_newer_than_the_one_followed_is_found(follow, now):
    follow()
    assert "" not in about(now, Finding.EDITION_OLDER)
    the_documents(by=system("tests"), at=now)
    assert about(now, Finding.EDITION_OLDER) == {""}


def tie(now, per, version=None):
    """Say that what is followed is a reading of a version; else of the latest plan."""
    adopted = [one for one in documents.adoptions() if one.document == "plan"]
    one = next(one for one in adopted if version in {None, one.version_id})
    adoption = plans.adoption_behind(queries.stand(now).followed.now)
    deeds.tie_text(adoption.pk, one.version_id, one.sha256, "", by=cast.actor(per), at=now)
    return one


TEXT = (Finding.EDITION_OLDER, Finding.EDITION_UNTIED, Finding.EDITION_OTHER)


def asked(now):
    return {one.finding for one in found(now) if one.finding in TEXT}


def test_it_is_asked_until_somebody_has_said_which_text_it_is(follow, per, now):
    follow()
    the_documents(by=system("tests"), at=now)
    one = tie(now, per)
    assert asked(now) == set()
    Version.unscoped.filter(pk=one.version_id).update(sha256="0" * 64)
    assert asked(now) == {Finding.EDITION_OTHER}, "the document is not what it was"


def test_a_text_that_is_adopted_after_the_tie_is_asked_about(follow, per, now):
    follow()
    the_documents(by=system("tests"), at=now)
    tie(now, per)
    document = Document.unscoped.get(code="plan")
    by = system("tests")
    draft = writing.draft(document, number="3.0", text="Nya ord.", by=by, at=now)
    decided = writing.Decision(clock.day_of(now), "KS", clock.day_of(now), "§ 9", "KS 1")
    writing.adopt(draft.pk, decided, by=by, at=now)
    assert asked(now) == {Finding.EDITION_OLDER}


def test_an_older_text_than_the_plan_s_own_day_is_asked_about_too(follow, now):
    day = "adopted-on = "
    text = text_in("vasteras-2018").decode().replace(f"{day}2018-06-20", f"{day}2026-11-20")
    follow(text)
    the_documents(by=system("tests"), at=now)
    assert asked(now) == {Finding.EDITION_UNTIED}


def test_the_owner_ties_them_on_the_page_and_nobody_else_does(inside, follow, client, now):
    follow()
    assert 'class="empty"' in inside.get("/planen/texten/").content.decode()
    the_documents(by=system("tests"), at=now)
    assert "/planen/texten/" in inside.get("/planen/").content.decode()
    page = inside.get("/planen/texten/")
    assert 'value="" selected' in page.content.decode(), (
        "nothing that states a fact is chosen already"
    )
    assert inside.post("/planen/texten/", {"document": ""}).status_code == 422
    one = next(one for one in documents.adoptions() if one.document == "plan")
    assert inside.post("/planen/texten/", {"document": str(one.version_id)}).status_code == 302
    assert one.sha256 in inside.get("/planen/texten/").content.decode()
    assert "/planen/texten/" not in inside.get("/planen/").content.decode()


def test_a_file_that_names_another_text_s_hash_cannot_be_tied_to_it(inside, follow, now):
    text = (
        text_in("vasteras-2018")
        .decode()
        .replace("[plan]\n", f'[plan]\nsource-sha256 = "{"0" * 64}"\n', 1)
    )
    follow(text)
    the_documents(by=system("tests"), at=now)
    one = next(one for one in documents.adoptions() if one.document == "plan")
    page = inside.post("/planen/texten/", {"document": str(one.version_id)})
    assert page.status_code == 422
    assert "id_document_error" in page.content.decode()
    assert asked(now) == {Finding.EDITION_OLDER}


def test_a_role_that_nobody_answers_for_is_found(follow, per, now):
    follow()
    assert "safety-process" in about(now, Finding.NOBODY_ANSWERS)
    actions.name_responsible("safety-process", per.pk, by=cast.actor(per), at=now)
    assert "safety-process" not in about(now, Finding.NOBODY_ANSWERS)


def test_the_page_says_what_where_and_how(inside, follow, town, now):
    assert "No plan" in inside.get("/en/planen/rontgen/").content.decode()
    follow()
    shown = inside.get("/en/planen/rontgen/").content.decode()
    assert "Nobody answers for the role" in shown
    assert "Name somebody under Who answers for what" in shown
    assert "/en/planen/ansvariga/" in shown


def test_the_command_tells_the_same(follow, town, now):
    follow()
    out = io.StringIO()
    call_command("plan", "xray", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert [row["finding"] for row in told] == [one.finding.value for one in found(now)]
    out = io.StringIO()
    call_command("plan", "xray", stdout=out)
    assert "- safety-process" in out.getvalue()
