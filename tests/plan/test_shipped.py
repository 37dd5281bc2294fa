"""The plans that come with Värna: they are whole, and Västerås' gives its days."""

import io
import json
import re

from django.core.management import CommandError, call_command
from django.utils import translation

import pytest

from plans import ELECTION, PLAN
from varna.plan.queries import plan_in, shipped
from varna.plan.rules.calendar import occurrences
from varna.plan.rules.questions import Question, ask


HALF_YEARS = [
    ("2026-10-15", "2027-04-14"), ("2027-04-15", "2027-10-14"), ("2027-10-15", "2028-04-14"),
    ("2028-04-15", "2028-10-14"), ("2028-10-15", "2029-04-14"), ("2029-04-15", "2029-10-14"),
    ("2029-10-15", "2030-04-14"), ("2030-04-15", "2030-10-14"),
]  # fmt: skip
YEARS = [(f"{year}-10-15", f"{year + 1}-10-14") for year in range(2026, 2030)]
YEARLY = [
    "plan-complied-with", "prevent-handle-evaluate", "proactive", "records-law",
    "survey-officials", "training-planned", "treated-as-employees",
]  # fmt: skip
WHOLE = "2026-10-15"
DAYS = {
    "training": HALF_YEARS,
    "first-training": [("2026-11-26", "2027-04-14")],
    "cooperation-meetings": [*YEARS[:3], ("2029-10-15", "2030-09-07")],
    "plan-revised": [(WHOLE, "2029-12-31")],
    "plan-adopted": [(WHOLE, "2029-12-31")],
    "lessons-considered": [(WHOLE, "2029-12-31")],
    "guideline-adopted": [(WHOLE, "2030-10-14")],
    "survey-willingness": [(WHOLE, "2030-09-07")],
} | dict.fromkeys(YEARLY, YEARS)
WARNINGS = {
    "plan-revised": "2029-09-08", "plan-adopted": "2029-09-08", "guideline-adopted": "2027-10-14",
}  # fmt: skip
WITHOUT_DAYS = {
    "support-function": "name-contact", "cases-evaluated": "evaluate", "plan-known": "make-known",
    "support-offered": "offer-support", "support-assessed": "assess",
    "occupational-health-offered": "offer-occupational-health",
    "support-responsible": "name-contact", "board-contacts": "name-contact",
    "help-answered": "answer-request", "cooperation-kept": "keep-contact",
    "guideline-known": "make-known", "full-time-protected": "confirm-each",
}  # fmt: skip


REGION = ["calendar", "region", "--election", "2026-09-13"]
CHOSEN = ["--boards-elected", "2026-11-26"]


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    with translation.override("en"):
        call_command("plan", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def calendar(*words):
    told, _ = run("calendar", "vasteras-2018", "--election", "2026-09-13", *words, "--json")
    return json.loads(told)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_plan_has_no_fault_and_a_calendar(name):
    told, _ = run("check", name)
    assert "No faults." in told
    assert occurrences(plan_in(name), ELECTION)


def test_three_plans_are_shipped():
    assert set(shipped()) == {"vasteras-2018", "kommun-dar-partiet-ansvarar", "region"}


def test_vasteras_gives_its_days_and_no_others():
    found, warnings = {}, {}
    for row in calendar("--boards-elected", "2026-11-26"):
        found.setdefault(row["commitment"], []).append((row["opens_on"], row["due_on"]))
        if row["warn_on"]:
            warnings[row["commitment"]] = row["warn_on"]
    assert found == DAYS
    assert warnings == WARNINGS


def test_every_commitment_of_vasteras_has_days_or_is_known_to_have_none():
    plan = plan_in("vasteras-2018")
    assert len(plan.commitments) == 27
    without = {c.id: c.does.value for c in plan.commitments if c.id not in DAYS}
    assert without == WITHOUT_DAYS
    assert {c.id for c in plan.commitments if c.basis == "law"} == {
        "full-time-protected",
        "records-law",
    }


def test_the_first_training_waits_for_the_boards():
    last = calendar()[-1]
    assert last == dict.fromkeys(last) | {
        "commitment": "first-training",
        "turn": 1,
        "awaiting": "boards-elected",
    }


def test_the_calendar_is_in_order():
    rows = calendar("--boards-elected", "2026-11-26")
    keys = [(row["due_on"], row["commitment"], row["turn"]) for row in rows]
    assert keys == sorted(keys)


def test_the_table_shows_the_same_days():
    told, _ = run("calendar", "vasteras-2018", "--election", "2026-09-13")
    assert re.search(r"2029-12-31 +2026-10-15 +2029-09-08 +plan-revised +1 ", told)
    assert re.search(r"awaits +– +– +first-training +1 +after the election of the boards", told)
    assert "Always: support-function, plan-known" in told


def test_vasteras_is_asked_all_seven_questions():
    asked = {one.question: one.about for one in ask(plan_in("vasteras-2018"))}
    assert set(asked) == set(Question)
    assert asked[Question.TRAINED_NOT_TARGETED] == ("board-secretary",)
    assert asked[Question.NOBODY_EVALUATES] == ("cases-evaluated",)
    assert asked[Question.COOPERATION_WITHOUT_MEASURE] == ("cooperation-kept",)
    assert "support-offered" in asked[Question.SUPPORT_WITHOUT_LIMIT]


def test_a_fault_is_told_with_its_file_and_nothing_is_loaded(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text(PLAN.replace("months = 6", "months = 0"))
    err = io.StringIO()
    with translation.override("en"), pytest.raises(CommandError, match="Nothing is loaded"):
        call_command("plan", "check", str(path), stderr=err)
    assert f"{path}: [commitments[1] (training).cadence] months: " in err.getvalue()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "no-such-plan"], "cannot be opened"),
        (["check", "../region"], "cannot be opened"),
        (["check", "."], "cannot be opened"),
        (["calendar", "region", "--election", "2026-09-14"], "2026-09-13"),
        (["calendar", "region", "--election", "yesterday"], "is no day"),
        (["calendar", "region", "--election", "9998-09-13"], "too far|no ordinary"),
        (["calendar", "region", "--election", "2026-09-13", "--event", "x"], "NAME=YYYY-MM-DD"),
        (
            ["calendar", "region", "--election", "2026-09-13", "--event", "election=2026-09-13"],
            "follows from",
        ),
        (
            [*REGION, *CHOSEN, "--event", "boards-elected=2026-11-27"],
            "two different days",
        ),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(words, said):
    with pytest.raises(CommandError, match=said):
        run(*words)


def test_an_event_that_nothing_waits_for_is_told_and_harmless():
    told, warned = run(
        "calendar", "region", "--election", "2026-09-13", "--event", "new-head=2027-01-01"
    )
    assert "No commitment waits for new-head." in warned
    assert "plan-adopted" in told
