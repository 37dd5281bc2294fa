"""The x-ray finds what the rows rest on: each finding seen, each gone when it is mended."""

import datetime as dt
import io
import json

from django.core.management import call_command

import pytest

import cast
from varna.documents.demonstration import fill as the_documents
from varna.following import actions, queries
from varna.following.rules.xray import Finding, look_through
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.organisation.models import Vouching


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
