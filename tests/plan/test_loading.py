"""A plan's file is read whole or refused with every fault, by table and key."""

import contextlib

from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import PLAN, commitment, faults_of, loaded
from varna.plan import words
from varna.plan.rules.cadences import Every, Start
from varna.plan.rules.faults import PlanRefusedError, Reason
from varna.plan.rules.loading import MOST_BYTES, load
from varna.plan.rules.questions import Question
from varna.plan.rules.terms import SWEDISH_MANDATE


FIRST = "commitments[1] (training)"
SCALE = f"{FIRST}.cadence"
# What is replaced in the small plan, by what, and the fault it gives: table, key, reason.
BROKEN = [
    ("format = 1", "format = 2", "", "format", Reason.WRONG_FORMAT),
    ("format = 1", "format = true", "", "format", Reason.WRONG_FORMAT),
    ("format = 1", "", "", "format", Reason.MISSING),
    ("format = 1", "format = 1\nfrom = 2", "", "from", Reason.UNKNOWN_KEY),
    ('reference = "KS 1"', "", "plan", "reference", Reason.MISSING),
    ('reference = "KS 1"', "reference = 7", "plan", "reference", Reason.NOT_TEXT),
    ('reference = "KS 1"', 'reference = " "', "plan", "reference", Reason.NOT_TEXT),
    ('"KS 1"', '"KS 1"\nsource-sha256 = "ab"', "plan", "source-sha256", Reason.NOT_SHA256),
    ('"KS 1"', '"KS 1"\nsummary = "x"', "plan", "summary", Reason.UNKNOWN_KEY),
    ('"test/plan"', '"Test plan"', "plan", "id", Reason.NOT_ID),
    ("2026-01-31", '"2026-01-31"', "plan", "adopted-on", Reason.NOT_A_DAY),
    ("2026-01-31", "2026-01-31T10:00:00", "plan", "adopted-on", Reason.NOT_A_DAY),
    ('adopted-by = "board"', 'adopted-by = "x"', "plan", "adopted-by", Reason.NO_SUCH_ROLE),
    ('owner = "office"', 'owner = "nobody"', "plan", "owner", Reason.NO_SUCH_ROLE),
    ('sv = "Plan", ', "", "plan.title", "sv", Reason.MISSING),
    ('sv = "Plan"', 'de = "Plan", sv = "Plan"', "plan.title", "de", Reason.UNKNOWN_KEY),
    ('{ sv = "Plan", en = "Plan" }', '"Plan"', "plan", "title", Reason.NOT_TABLE),
    ("month = 9", "month = 13", "mandate.elections", "month", Reason.NOT_WHOLE),
    ("nth = 2", "nth = 5", "mandate.elections", "nth", Reason.NOT_WHOLE),
    ('"sunday"', '"söndag"', "mandate.elections", "weekday", Reason.NOT_ONE_OF),
    ("2026-09-13", "2026-09-14", "mandate.elections", "known", Reason.NOT_ELECTION_DAY),
    ('"10-15"', '"02-29"', "mandate", "council-from", Reason.NOT_MONTH_AND_DAY),
    ('"10-15"', '"09-01"', "mandate", "council-from", Reason.COUNCIL_BEFORE_ELECTION),
    ('boards-from = "01-01"', "", "mandate", "boards-from", Reason.MISSING),
    ("[roles.board]", "[roles.Board]", "roles", "Board", Reason.NOT_ID),
    ('part-of = "office"', 'part-of = "x"', "roles.board", "part-of", Reason.NO_SUCH_ROLE),
    ('part-of = "office"', 'part-of = "board"', "roles.board", "part-of", Reason.RING),
    ('part-of = "office"', 'each = "shop"', "roles.board", "each", Reason.NOT_ONE_OF),
    ('part-of = "office"', 'head = "x"', "roles.board", "head", Reason.UNKNOWN_KEY),
    ('["elected"]', '["king"]', "groups.people", "assignments", Reason.NOT_ONE_OF),
    ('["elected"]', "[1]", "groups.people", "assignments", Reason.NOT_ONE_OF),
    ('["elected"]', '"elected"', "groups.people", "assignments", Reason.NOT_LIST),
    ('["elected"]', "[]", "groups.people", "assignments", Reason.NOT_LIST),
    ('["elected"]', '["elected", "elected"]', "groups.people", "assignments", Reason.TWICE),
    ('assignments = ["elected"]', "", "groups.people", "assignments", Reason.EMPTY_GROUP),
    ('["police"]', '["The police"]', "groups.partners", "organisations", Reason.NOT_ID),
    ('anchor = "A"', "", FIRST, "anchor", Reason.MISSING),
    ('anchor = "A"', 'anchor = "A"\nhow = "x"', FIRST, "how", Reason.UNKNOWN_KEY),
    ('by = "office"', 'by = "x"', FIRST, "by", Reason.NO_SUCH_ROLE),
    ('for = "people"', 'for = "x"', FIRST, "for", Reason.NO_SUCH_GROUP),
    ('for = "people"', "", FIRST, "for", Reason.MISSING),
    ('for = "people"', 'for = "partners"', FIRST, "for", Reason.WRONG_GROUP),
    ('for = "people"', 'for = "people"\nwith = "people"', FIRST, "with", Reason.WRONG_GROUP),
    ('"shall"', '"must"', FIRST, "modal", Reason.NOT_ONE_OF),
    ('"offer-training"', '"train"', FIRST, "does", Reason.NOT_ONE_OF),
    ('"offer-training"', '"revise-document"', FIRST, "what", Reason.MISSING),
    ('"offer-training"', '"invite-partners"', FIRST, "with", Reason.MISSING),
    ('"offer-training"', '"make-known"', FIRST, "what", Reason.MISSING),
    ('basis = "plan"', 'basis = "law"', FIRST, "law", Reason.LAW_MISSING),
    ('basis = "plan"', 'basis = "plan"\nlaw = "KL"', FIRST, "law", Reason.LAW_WITHOUT_BASIS),
    ('basis = "plan"', 'basis = "plan"\nnote = "x"', FIRST, "note", Reason.NOT_TABLE),
    ('basis = "plan"', 'basis = "plan"\nwhat = "X y"', FIRST, "what", Reason.NOT_ID),
    ("months = 6", "months = 0", SCALE, "months", Reason.NOT_WHOLE),
    ("months = 6", "months = true", SCALE, "months", Reason.NOT_WHOLE),
    ("months = 6", "months = 6.0", SCALE, "months", Reason.NOT_WHOLE),
    ("months = 6", 'months = 5, from = "calendar"', SCALE, "months", Reason.NOT_DIVISOR),
    ("months = 6", 'months = 6, from = "x"', SCALE, "from", Reason.NOT_ONE_OF),
    ("months = 6", "months = 6, count = 2", SCALE, "count", Reason.UNKNOWN_KEY),
    ('{ form = "every", months = 6 }', '"often"', FIRST, "cadence", Reason.NOT_TABLE),
    ('cadence = { form = "every", months = 6 }', "", FIRST, "cadence", Reason.MISSING),
]  # fmt: skip
LONG = "a" * 101
BROKEN += [
    ('version = "1"', f'version = "{LONG}"', "plan", "version", Reason.TOO_LONG),
    ('"test/plan"', f'"{LONG}{LONG}"', "plan", "id", Reason.TOO_LONG),
    ('"KS 1"', f'"{LONG}{LONG}"', "plan", "reference", Reason.TOO_LONG),
    ("[roles.board]", f"[roles.{LONG}]", "roles", LONG, Reason.TOO_LONG),
    ("[groups.people]", f"[groups.{LONG}]", "groups", LONG, Reason.TOO_LONG),
    ('id = "training"', f'id = "{LONG}"', f"commitments[1] ({LONG})", "id", Reason.TOO_LONG),
]
ONE, NOT_ONE = Reason.EXACTLY_ONE, Reason.NOT_ONE_OF
BROKEN_CADENCES = [
    ('form = "sometimes"', "form", Reason.NOT_ONE_OF),
    ("months = 6", "form", Reason.MISSING),
    ('form = "quota", count = 3, spread = "mandate-year"', "count", Reason.NOT_THE_YEARS),
    ('form = "quota", count = 3', "spread", Reason.MISSING),
    ('form = "quota", count = 3, spread = "any", last-before = 1', "last-before", NOT_ONE),
    ('form = "anchored", to = "boards-elected"', "within-months", Reason.EXACTLY_ONE),
    ('form = "anchored", to = "x", within-days = 3, within-months = 1', "within-days", ONE),
    ('form = "anchored", to = "x", counts-in = "nothing"', "counts-in", Reason.NO_SUCH_COMMITMENT),
    ('form = "anchored", to = "x", counts-in = "one"', "counts-in", Reason.NOT_EVERY),
    ('form = "anchored", to = "X Y", within-days = 3', "to", Reason.NOT_ID),
    ('form = "deadline", before = "summer", by = "day-before"', "before", Reason.NOT_ONE_OF),
    ('form = "deadline", before = "election"', "by", Reason.MISSING),
    ('form = "continuous"', "max-age-months", Reason.AT_LEAST_ONE),
    ('form = "continuous", coverage = 1.5', "coverage", Reason.NOT_SHARE),
    ('form = "continuous", coverage = nan', "coverage", Reason.NOT_SHARE),
    ('form = "continuous", coverage = 0', "coverage", Reason.NOT_SHARE),
    ('form = "on-event", event = "rain", within-days = 3', "event", Reason.NOT_ONE_OF),
    ('form = "on-event", event = "case-closed"', "within-hours", Reason.EXACTLY_ONE),
]  # fmt: skip


def is_told(faults, table, key, reason):
    assert (table, key, reason) in {(f.table, f.key, f.reason) for f in faults}, faults
    for fault in faults:
        assert words.fault(fault).startswith(f"[{fault.table or 'top level'}] {fault.key}: ")
        assert "%s" not in words.fault(fault)


@pytest.mark.parametrize(("old", "new", "table", "key", "reason"), BROKEN)
def test_what_is_wrong_is_told_by_table_and_key(old, new, table, key, reason):
    assert old in PLAN
    with translation.override("en"):
        is_told(faults_of(PLAN.replace(old, new, 1)), table, key, reason)


@pytest.mark.parametrize(("cadence", "key", "reason"), BROKEN_CADENCES)
def test_an_impossible_cadence_is_told(cadence, key, reason):
    with translation.override("en"):
        found = faults_of(PLAN + commitment(cadence))
        is_told(found, "commitments[2] (one).cadence", key, reason)


def test_a_warning_is_counted_in_one_thing():
    cadence = 'form = "deadline", before = "election", by = "day-before", warn = { %s }'
    place = "commitments[2] (one).cadence.warn"
    with translation.override("en"):
        for warn in ("", "months = 2, days = 3"):
            found = faults_of(PLAN + commitment(cadence % warn))
            assert {(f.table, f.reason) for f in found} == {(place, Reason.EXACTLY_ONE)}


def test_an_id_stands_once():
    more = commitment('form = "every", months = 1', "training")
    (fault,) = faults_of(PLAN + more)
    assert (fault.table, fault.key, fault.reason) == (
        "commitments[2] (training)",
        "id",
        Reason.TWICE,
    )


def test_all_faults_are_told_at_once():
    broken = PLAN.replace("2026-01-31", "1").replace("months = 6", "months = 0")
    assert {fault.key for fault in faults_of(broken)} == {"adopted-on", "months"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"format = 1 \xff", Reason.NOT_UTF8),
        (b"format = ", Reason.NOT_TOML),
        (b"format = 1\nformat = 1", Reason.NOT_TOML),
        (b"day = 2026-02-30", Reason.NOT_TOML),
        (b"x = " + b"[" * 100_000, Reason.NOT_TOML),
        (b"x = " + b"9" * 5000, Reason.NOT_TOML),
        (b" " * (MOST_BYTES + 1), Reason.TOO_LARGE),
    ],
)
def test_what_is_no_toml_at_all_is_told(content, reason):
    (fault,) = faults_of(content)
    assert fault.reason is reason


@pytest.mark.parametrize("text", ["", "plan = 1", "roles = []", "commitments = [1]", "groups = 3"])
def test_what_is_no_plan_is_refused_and_never_falls_over(text):
    assert faults_of(text)


@given(st.integers(0, len(PLAN)), st.integers(0, 60), st.text(max_size=5))
def test_a_damaged_file_is_refused_or_loaded_and_never_falls_over(at, length, other):
    damaged = (PLAN[:at] + other + PLAN[at + length :]).encode(errors="replace")
    with contextlib.suppress(PlanRefusedError):
        assert load(damaged).commitments


def test_without_a_mandate_the_swedish_one_counts():
    start, end = PLAN.index("[mandate]"), PLAN.index("[roles.office]")
    assert load((PLAN[:start] + PLAN[end:]).encode()).mandate == SWEDISH_MANDATE


def test_what_is_said_is_what_is_loaded():
    plan = loaded(commitment('form = "every", months = 12, from = "calendar"'))
    assert plan.commitments[0].cadence == Every(6)
    assert plan.commitments[1].cadence == Every(12, Start.CALENDAR)
    assert plan.roles["board"].part_of == "office"


def test_ten_thousand_commitments_are_loaded_and_as_many_faults_told():
    many = "".join(commitment('form = "every", months = 3', f"c{n}") for n in range(10_000))
    assert len(loaded(many).commitments) == 10_001
    assert len(faults_of(PLAN + many.replace("months = 3", "months = 0"))) == 10_000


def test_every_reason_and_question_has_words():
    assert set(words.REASONS) == set(Reason)
    assert set(words.QUESTIONS) == set(Question)


def test_a_file_cannot_steer_the_terminal():
    (fault,) = faults_of(PLAN.replace('"test/plan"', r'"\u001b[2J"'))
    assert "\x1b" not in words.fault(fault)
