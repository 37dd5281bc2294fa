"""How an occurrence stands follows from what was done and the day, and from nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import ELECTION, commitment, loaded
from varna.plan.rules.calendar import Occurrence, occurrences
from varna.plan.rules.standings import Proof, Standing, standings


def day(text):
    return dt.date.fromisoformat(text)


START = day("2026-10-15")
QUOTA = [
    one
    for one in occurrences(
        loaded(commitment('form = "quota", count = 4, spread = "mandate-year"')), ELECTION
    )
    if one.commitment == "one"
]
TRAINING = occurrences(loaded(), ELECTION)
days = st.dates(dt.date(2026, 1, 1), dt.date(2031, 12, 31))
proofs = st.lists(st.builds(Proof, days, st.sampled_from("abcdefgh")), max_size=12)


def stand(made, done, today, started=START):
    evidence = [Proof(day(on), on) for on in done]
    return [one.standing.value for one in standings(made, evidence, day(today), started)]


@pytest.mark.parametrize(
    ("done", "today", "first", "second"),
    [
        ([], "2026-10-14", "upcoming", "upcoming"),
        ([], "2026-10-15", "open", "upcoming"),
        ([], "2027-08-15", "due-soon", "upcoming"),
        ([], "2027-10-14", "due-soon", "upcoming"),
        ([], "2027-10-15", "overdue", "open"),
        ([], "2030-10-14", "overdue", "overdue"),
        ([], "2030-10-15", "missed", "missed"),
        (["2027-10-14"], "2027-10-15", "kept", "open"),
        (["2027-10-15"], "2027-10-15", "kept-late", "open"),
        (["2027-10-15", "2027-10-16"], "2027-10-16", "kept-late", "kept"),
        (["2026-11-01", "2026-11-02"], "2027-10-15", "kept", "open"),
        (["2027-01-02"], "2027-01-01", "open", "upcoming"),
    ],
)
def test_a_quota_stands_as_the_day_and_the_meetings_say(done, today, first, second):
    assert stand(QUOTA, done, today)[:2] == [first, second]


def test_a_window_that_closed_before_the_beginning_is_unknown_and_not_missed():
    found = stand(TRAINING, [], "2028-01-01", started=day("2027-06-01"))
    assert found[:3] == ["unknown", "missed", "open"]


def test_what_was_entered_from_before_the_beginning_counts():
    assert stand(TRAINING, ["2027-03-01"], "2028-01-01", started=day("2027-06-01"))[0] == "kept"


def test_without_its_event_it_waits():
    made = [Occurrence("one", 1, awaiting="boards-elected")]
    assert stand(made, ["2027-01-01"], "2027-02-01") == ["awaiting-event"]


def test_a_window_that_does_not_open_waits_and_nothing_is_proved_in_it():
    made = [Occurrence("one", 1, None, day("2027-06-01"), day("2027-06-01"))]
    assert stand(made, [], "2027-02-01") == ["awaiting-event"]
    assert stand(made, ["2027-01-01"], "2027-02-01") == ["awaiting-event"]


@pytest.mark.parametrize(
    ("done", "stands"),
    [("2026-12-31", "missed"), ("2027-01-01", "kept"), ("2027-06-30", "kept-late"),
     ("2027-07-01", "missed")],
)  # fmt: skip
def test_both_edge_days_of_a_window_belong_to_it(done, stands):
    made = [Occurrence("one", 1, day("2027-01-01"), day("2027-03-31"), day("2027-06-30"))]
    assert stand(made, [done], "2027-08-01") == [stands]


def test_a_warning_day_of_its_own_counts_before_the_sixty_days():
    made = [Occurrence("one", 1, START, day("2030-10-14"), day("2030-10-14"), day("2027-10-14"))]
    assert stand(made, [], "2027-10-13") == ["open"]
    assert stand(made, [], "2027-10-14") == ["due-soon"]


@given(st.sampled_from([QUOTA, TRAINING]), proofs, st.randoms(), days, days)
def test_the_order_of_the_evidence_says_nothing(made, evidence, chance, today, started):
    mixed = list(evidence)
    chance.shuffle(mixed)
    assert standings(made, evidence, today, started) == standings(made, mixed, today, started)


@given(st.sampled_from([QUOTA, TRAINING]), proofs, days, days)
def test_nothing_is_kept_without_its_own_evidence(made, evidence, today, started):
    found = standings(made, evidence, today, started)
    used = [one.proof.reference for one in found if one.proof]
    assert len(used) == len(set(used))
    for one in found:
        assert (one.standing in {Standing.KEPT, Standing.KEPT_LATE}) == (one.proof is not None)
        if one.proof:
            assert one.proof in evidence
            assert one.proof.on <= today


@given(st.sampled_from([QUOTA, TRAINING]), proofs, days, days)
def test_nothing_from_before_the_beginning_is_missed(made, evidence, today, started):
    for one in standings(made, evidence, today, started):
        if one.standing is Standing.MISSED:
            assert started <= one.occurrence.closes_on < today
