"""What proves what: each deed by its own work, never by a word too many."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import commitment
from varna.plan.rules.history import Version
from varna.plan.rules.terms import Assignment, Does, Unit
from varna.standing.rules import facts
from varna.standing.rules.facts import AdoptionFact, CaseFact, Happened, PartnerFact
from varna.standing.rules.proofs import PROOFS
from worlds import day, elected, figures, life, noon, offer, one, plan, rows, stands, unit


TRAINING = plan()
ALL = [elected(1), elected(2)]


# ── training ──────────────────────────────────────────────────────────────────────────────────
def training(today, *offers, members=ALL):
    row = rows(TRAINING, today, members=members, offers=offers)[0]
    return row.standing.value, row.figure.done, row.figure.of


def test_training_is_kept_when_everybody_was_invited_to_a_session_that_was_held():
    held = offer("2027-03-01", {1: "2027-02-01", 2: "2027-02-01"})
    assert training("2027-03-01", held) == ("kept", 2, 2)


def test_an_invitation_to_a_session_that_is_not_held_yet_proves_nothing():
    held = offer("2027-03-01", {1: "2027-02-01", 2: "2027-02-01"})
    assert training("2027-02-28", held)[0] == "due-soon"


def test_a_session_on_the_window_s_first_day_is_in_it_and_on_the_day_before_is_not():
    first = rows(TRAINING, "2027-04-15", members=ALL)[0].occurrence.opens_on
    sent = (first - dt.timedelta(days=20)).isoformat()
    for held, found in ((first, "kept"), (first - dt.timedelta(days=1), "missed")):
        session = offer(held.isoformat(), {1: sent, 2: sent})
        assert training("2027-04-15", session)[0] == found


def test_one_person_without_an_invitation_is_enough_to_miss_it():
    held = offer("2027-03-01", {1: "2027-02-01"})
    assert training("2027-04-15", held) == ("missed", 1, 2)


def test_two_sessions_that_together_reach_everybody_prove_it():
    first, second = offer("2027-03-01", {1: "2027-02-01"}), offer("2027-04-01", {2: "2027-03-01"})
    assert training("2027-04-01", first, second) == ("kept", 2, 2)


@pytest.mark.parametrize(("joined", "of"), [("2027-03-15", 3), ("2027-03-16", 2)])
def test_who_joined_thirty_days_before_the_window_s_end_must_be_offered_too(joined, of):
    held = offer("2027-03-01", {1: "2027-02-01", 2: "2027-02-01"})
    late = [*ALL, elected(3, since=joined)]
    assert training("2027-04-15", held, members=late) == ("kept" if of == 2 else "missed", 2, of)


def test_a_late_joiner_s_offer_is_one_more_invitation_to_a_course():
    held = offer("2027-03-01", {1: "2027-02-01", 2: "2027-02-01"})
    course = offer("2027-02-01", {3: "2027-03-20"}, course=True)
    late = [*ALL, elected(3, since="2027-03-10")]
    assert training("2027-04-14", held, course, members=late) == ("kept", 3, 3)


@pytest.mark.parametrize(
    ("held", "sent"), [("2026-12-01", "2026-12-20"), ("2026-10-01", "2026-10-20")]
)
def test_an_invitation_to_what_has_been_held_already_is_none(held, sent):
    late = offer(held, {1: sent, 2: sent})
    assert training("2027-04-15", late) == ("missed", 0, 2)


def test_who_left_before_the_invitations_went_out_is_not_counted():
    held = offer("2027-03-01", {1: "2027-02-01"})
    gone = [elected(1), elected(2, until="2027-01-31")]
    assert training("2027-03-01", held, members=gone) == ("kept", 1, 1)


def test_a_session_in_one_half_year_proves_nothing_about_the_next():
    held = offer("2027-03-01", {1: "2027-02-01", 2: "2027-02-01"})
    assert stands(TRAINING, "2027-10-15", members=ALL, offers=[held])[:2] == ["kept", "missed"]


def test_nobody_to_offer_to_proves_nothing():
    assert training("2027-04-15", offer("2027-03-01", {}), members=[])[0] == "unknown"


def test_the_first_training_counts_for_both():
    made = plan(
        commitment(
            'form = "anchored", to = "boards-elected", counts-in = "training"',
            "first",
            '"offer-training"\nfor = "people"',
        )
    )
    held = offer("2027-03-01", {1: "2027-02-01", 2: "2027-02-01"})
    known = {"members": ALL, "offers": [held], "events": [("boards-elected", "2026-11-26")]}
    assert stands(made, "2027-03-01", name="first", **known) == ["kept"]
    assert stands(made, "2027-03-01", name="training", **known)[0] == "kept"
    assert stands(made, "2026-12-31", name="first", members=ALL) == ["awaiting-event"]


@given(
    st.lists(
        st.tuples(
            st.dates(dt.date(2026, 10, 15), dt.date(2027, 10, 14)),
            st.sets(st.integers(1, 4), max_size=4),
        ),
        max_size=6,
    ),
    st.randoms(),
)
def test_the_order_of_sessions_says_nothing_and_kept_means_everybody(sessions, dice):
    offers = [
        dataclasses.replace(offer(str(on), {n: str(on) for n in who}), reference=f"session:{n}")
        for n, (on, who) in enumerate(sessions)
    ]
    members = [elected(1), elected(2), elected(3, since="2027-01-10")]
    found = rows(TRAINING, "2027-10-15", members=members, offers=offers)
    mixed = dice.sample(offers, len(offers))
    assert rows(TRAINING, "2027-10-15", members=members, offers=mixed) == found
    for row in found[:2]:
        whole = row.figure.of > 0 and row.figure.done == row.figure.of
        assert (row.standing.value == "kept") is whole
        assert 0 <= row.figure.done <= row.figure.of


# ── meetings ──────────────────────────────────────────────────────────────────────────────────
MEETINGS = plan(
    commitment(
        'form = "quota", count = 4, spread = "mandate-year"',
        does='"invite-partners"\nwith = "partners"',
    )
)
POLICE = PartnerFact(one(7), "police", life())


def met(held_on, sent_on=None):
    sent = {one(7): day(sent_on or held_on)} if sent_on != "" else {}
    return facts.MeetingFact(f"meeting:{held_on}", day(held_on), sent)


def meetings(today, *held, partners=(POLICE,)):
    return stands(MEETINGS, today, name="one", meetings=held, partners=partners)


def test_four_meetings_over_a_mandate_kept_late_overdue_and_missed():
    held = [met("2027-09-01"), met("2028-11-01")]
    assert meetings("2029-10-15", *held) == ["kept", "kept-late", "overdue", "open"]
    assert meetings("2030-10-15", *held) == ["kept", "kept-late", "missed", "missed"]


def test_a_meeting_that_a_partner_was_not_invited_to_does_not_count():
    assert meetings("2027-10-15", met("2027-09-01", ""))[0] == "overdue"
    other = PartnerFact(one(8), "police", life())
    assert meetings("2027-10-15", met("2027-09-01"), partners=(POLICE, other))[0] == "overdue"


def test_a_kind_of_partner_that_nobody_has_entered_is_one_that_is_missing():
    assert meetings("2027-10-15", met("2027-09-01"), partners=())[0] == "overdue"


def test_an_invitation_sent_after_the_meeting_is_none():
    assert meetings("2027-10-14", met("2027-09-01", "2027-09-02"))[0] == "due-soon"


# ── documents ─────────────────────────────────────────────────────────────────────────────────
def adoption(on, by="board", decided=True, document="guideline", version=50):
    return AdoptionFact(f"version:{on}", one(version), document, day(on), by, decided, life(on))


ADOPTS = plan(
    commitment(
        'form = "deadline", before = "mandate-end", by = "on-the-day"',
        does='"adopt-document"\nwhat = "guideline"',
    ).replace('by = "office"', 'by = "board"')
)


@pytest.mark.parametrize(
    ("made", "stands_as"),
    [
        (adoption("2027-06-01"), "kept"),
        (adoption("2027-06-01", by="styrelse "), "kept"),
        (adoption("2027-06-01", by="office"), "open"),
        (adoption("2027-06-01", decided=False), "open"),
        (adoption("2027-06-01", document="plan"), "open"),
        (adoption("2026-06-01"), "open"),
        (adoption("2028-06-01"), "open"),
    ],
)
def test_a_document_is_adopted_by_whom_it_was_promised_with_its_decision(made, stands_as):
    assert stands(ADOPTS, "2027-07-01", name="one", adoptions=[made]) == [stands_as]


KNOWN = plan(
    commitment(
        'form = "continuous", coverage = 1.0',
        does='"make-known"\nwhat = "guideline"\nfor = "people"',
    )
)


def known(today, *told, members=ALL):
    return rows(
        KNOWN,
        today,
        name="one",
        members=members,
        adoptions=[adoption("2027-01-10")],
        known=[facts.KnownFact(one(50), one(n), day(on)) for n, on in told],
        started="2027-01-01",
    )[0]


def test_known_by_all_is_kept_and_by_half_is_not():
    whole = known("2027-02-01", (1, "2027-01-15"), (2, "2027-01-20"))
    assert (whole.standing.value, whole.figure.done, whole.figure.of) == ("kept", 2, 2)
    half = known("2027-02-01", (1, "2027-01-15"))
    assert (half.standing.value, half.figure.done, half.figure.of) == ("open", 1, 2)
    assert known("2027-04-01", (1, "2027-01-15")).standing.value == "overdue"


def test_a_new_office_holder_makes_it_not_known_until_asked():
    late = [*ALL, elected(3, since="2027-02-02")]
    told = [(1, "2027-01-15"), (2, "2027-01-20")]
    assert known("2027-02-01", *told, members=late).standing.value == "kept"
    assert known("2027-02-02", *told, members=late).standing.value == "open"


def test_to_know_another_version_is_not_to_know_this_one():
    """Asked of each: the version in force, and not the one before it."""
    old = [facts.KnownFact(one(51), one(n), day("2027-01-15")) for n in (1, 2)]
    found = rows(KNOWN, "2027-02-01", name="one", members=ALL, known=old,
                 adoptions=[adoption("2027-01-10")], started="2027-01-01")[0]  # fmt: skip
    assert (found.standing.value, found.figure.done) == ("open", 0)


# ── contacts ──────────────────────────────────────────────────────────────────────────────────
CONTACTS = plan(
    '[roles.each]\ntitle = { sv = "F", en = "A" }\neach = "administration"\n'.join(["", ""])
    + commitment('form = "continuous", max-age-months = 12', does='"name-contact"').replace(
        'by = "office"', 'by = "each"'
    )
)


def contact(unit_number, *verified):
    return facts.ContactFact("contact:x", one(unit_number), "", life(), tuple(map(day, verified)))


def test_each_administration_has_a_row_of_its_own():
    units = [unit(1, Unit.ADMINISTRATION, name="A"), unit(2, Unit.ADMINISTRATION, name="B")]
    found = rows(
        CONTACTS, "2027-06-01", name="one", units=units, contacts=[contact(1, "2027-01-01")]
    )
    assert [(row.unit.name, row.standing.value) for row in found] == [
        ("A", "kept"),
        ("B", "overdue"),
    ]


def test_a_contact_that_nobody_has_verified_for_a_year_is_overdue():
    units = [unit(1, Unit.ADMINISTRATION)]
    known_ = {"name": "one", "units": units, "contacts": [contact(1, "2027-01-01")]}
    assert stands(CONTACTS, "2027-12-15", **known_) == ["due-soon"]
    assert stands(CONTACTS, "2028-01-01", **known_) == ["due-soon"]
    assert stands(CONTACTS, "2028-01-02", **known_) == ["overdue"]


def test_a_contact_for_every_board_counts_the_boards():
    made = plan(
        '\n[groups.boards]\ntitle = { sv = "N", en = "B" }\nunits = ["board"]\n'
        + commitment(
            'form = "continuous", max-age-months = 12', does='"name-contact"\nfor = "boards"'
        )
    )
    boards = [unit(1, served_by=8), unit(2, served_by=9)]
    known_ = {"name": "one", "units": boards}
    assert figures(made, "2027-06-01", contacts=[contact(1, "2027-01-01")], **known_) == [(1, 2)]
    both = [contact(1, "2027-01-01"), contact(2, "2027-01-01")]
    assert stands(made, "2027-06-01", contacts=both, **known_) == ["kept"]


@pytest.mark.parametrize(
    ("other", "owes"),
    [
        (unit(2, Unit.BOARD, served_by=1), False),
        (unit(2, Unit.BOARD), True),
        (unit(2, Unit.ADMINISTRATION, since="2099-01-01"), False),
        (unit(2, Unit.ADMINISTRATION, until="2020-01-01"), False),
        (unit(2, Unit.ADMINISTRATION, since="2026-01-01", until="2030-01-01"), True),
    ],
)
def test_only_units_of_the_role_s_kind_that_there_are_in_the_period_owe(other, owes):
    found = rows(CONTACTS, "2027-06-01", name="one", units=[unit(1, Unit.ADMINISTRATION), other])
    assert [row.unit.id for row in found] == [one(1), one(2)][: 2 if owes else 1]


def test_a_unit_owes_until_its_last_day():
    leaving = [unit(1, Unit.ADMINISTRATION, until="2027-12-31")]
    assert stands(CONTACTS, "2027-06-01", name="one", units=leaving) == ["overdue"]


def test_what_always_holds_is_judged_on_the_last_day_of_a_period_that_is_over():
    units = [unit(1, Unit.ADMINISTRATION)]
    fresh, old = contact(1, "2030-06-01"), contact(1, "2027-06-01")
    known_ = {"name": "one", "units": units}
    assert stands(CONTACTS, "2032-01-01", contacts=[fresh], **known_) == ["kept"]
    assert stands(CONTACTS, "2032-01-01", contacts=[old], **known_) == ["missed"]


def test_a_body_that_is_dissolved_owes_nothing_any_more():
    gone = [unit(1, Unit.ADMINISTRATION, until="2027-05-01"), unit(2, Unit.ADMINISTRATION)]
    found = rows(CONTACTS, "2027-06-01", name="one", units=gone)
    assert [row.unit.id for row in found] == [one(2)]


PARTNERS = plan(
    commitment('form = "continuous", max-age-months = 6', does='"keep-contact"\nwith = "partners"')
)


@pytest.mark.parametrize(
    ("verified", "contacted", "standing"),
    [
        (["2027-05-01"], ["2027-05-02"], "kept"),
        (["2027-05-01"], ["2026-05-02"], "overdue"),
        (["2027-05-01"], [], "overdue"),
        ([], [], "overdue"),
    ],
)
def test_a_partner_must_be_both_verified_and_spoken_with(verified, contacted, standing):
    police = PartnerFact(
        one(7), "police", life(), tuple(map(day, verified)), tuple(map(day, contacted))
    )
    assert stands(PARTNERS, "2027-06-01", name="one", partners=[police]) == [standing]


# ── cases ─────────────────────────────────────────────────────────────────────────────────────
ASSESSED = plan(
    commitment('form = "on-event", event = "case-opened", within-workdays = 2', does='"assess"')
)


def case(opened, assessed=None, measured=None):
    return CaseFact(
        noon(opened),
        assessed_at=assessed and noon(assessed),
        measured_at=measured and noon(measured),
    )


@pytest.mark.parametrize(
    ("assessed", "measured", "today", "standing"),
    [
        ("2027-03-09", None, "2027-03-09", "kept"),  # opened on a Friday: Tuesday is the second
        ("2027-03-10", None, "2027-03-10", "kept-late"),
        (None, None, "2027-03-09", "due-soon"),
        (None, None, "2027-03-10", "overdue"),
        (None, None, "2030-10-15", "missed"),
        ("2027-03-09", "2027-03-08", "2027-03-10", "overdue"),
    ],
)
def test_an_assessment_is_written_in_time_and_before_the_first_measure(
    assessed, measured, today, standing
):
    found = stands(ASSESSED, today, name="one", cases=[case("2027-03-05", assessed, measured)])
    assert found == [standing]


def test_a_figure_about_few_cases_is_hidden_and_a_large_one_is_shown():
    few = rows(ASSESSED, "2027-06-01", name="one", cases=[case("2027-03-05", "2027-03-05")] * 4)
    many = rows(ASSESSED, "2027-06-01", name="one", cases=[case("2027-03-05", "2027-03-05")] * 5)
    assert [few[0].hidden, many[0].hidden] == [True, False]
    assert (many[0].figure.done, many[0].figure.of) == (5, 5)


def test_before_the_first_case_the_promise_awaits_its_event():
    row = rows(ASSESSED, "2027-06-01", name="one")[0]
    assert (row.standing.value, row.occurrence.awaiting) == ("awaiting-event", "case-opened")


def test_cases_from_before_the_beginning_are_unknown_and_not_late():
    found = stands(
        ASSESSED, "2028-06-01", name="one", cases=[case("2027-03-05")], started="2028-01-01"
    )
    assert found == ["unknown"]


ANSWERS = plan(
    commitment(
        'form = "on-event", event = "support-requested", within-hours = 4', does='"answer-request"'
    )
)


def test_a_limit_in_hours_is_counted_from_the_moment():
    asked = noon("2027-03-05")
    in_time = Happened(asked, asked.replace(hour=15))
    late = Happened(asked, asked.replace(hour=16))
    assert stands(ANSWERS, "2027-03-05", name="one", requests=[in_time]) == ["kept"]
    assert stands(ANSWERS, "2027-03-05", name="one", requests=[in_time, late]) == ["kept-late"]


PROTECTED = plan(
    '\n[groups.full]\ntitle = { sv = "H", en = "F" }\nassignments = ["full-time"]\n'
    + commitment(
        'form = "on-event", event = "assignment-started", within-days = 60',
        does='"attest"\nfor = "full"',
    )
)


@pytest.mark.parametrize(
    ("what", "standing"),
    [(["competence", "risk"], "kept"), (["competence"], "overdue"), ([], "overdue")],
)
def test_full_time_officials_need_both_competence_and_a_risk_assessment(what, standing):
    found = stands(
        PROTECTED,
        "2027-03-01",
        name="one",
        members=[elected(1, since="2026-10-15", kind=Assignment.FULL_TIME)],
        confirmed=[facts.ConfirmedFact(one(1), name, day("2026-11-15")) for name in what],
    )
    assert found == [standing]


def protected(today, *starts, confirmed=()):
    members = [
        elected(1, since=since, until=until, kind=Assignment.FULL_TIME) for since, until in starts
    ]
    seen = [facts.ConfirmedFact(one(1), what, day(on)) for what, on in confirmed]
    return stands(PROTECTED, today, name="one", members=members, confirmed=seen)


def test_who_is_elected_again_is_seen_to_again():
    terms = [("2022-10-15", "2026-10-14"), ("2026-10-15", None)]
    long_ago = [("competence", "2022-11-01"), ("risk", "2022-11-01")]
    assert protected("2027-03-01", *terms, confirmed=long_ago) == ["overdue"]
    lately = [("competence", "2026-05-01"), ("risk", "2026-11-01")]
    assert protected("2027-03-01", *terms, confirmed=lately) == ["kept"]


def test_who_has_left_is_not_waited_for_and_of_nobody_nothing_is_kept():
    assert protected("2027-03-01", ("2026-10-15", "2026-10-20")) == ["unknown"]


def test_a_word_can_answer_what_follows_on_an_event():
    made = plan(commitment('form = "on-event", event = "case-closed", within-days = 30'))
    closed = CaseFact(noon("2027-01-01"), closed_at=noon("2027-02-01"))
    word = facts.StatementFact("statement:1", "one", day("2027-02-10"))
    assert stands(made, "2027-05-01", name="one", cases=[closed]) == ["overdue"]
    assert stands(made, "2027-05-01", name="one", cases=[closed], statements=[word]) == ["stated"]


# ── versions ──────────────────────────────────────────────────────────────────────────────────
def second(made, from_on):
    return Version(dataclasses.replace(made, version="2"), day(from_on))


def test_one_meeting_proves_one_turn_also_over_a_change_of_version():
    held = {"meetings": [met("2028-03-01")], "partners": [POLICE], "name": "one"}
    alone = stands(MEETINGS, "2028-04-01", **held)
    changed = stands(MEETINGS, "2028-04-01", later=[second(MEETINGS, "2028-01-01")], **held)
    assert alone == changed == ["kept-late", "open", "upcoming", "upcoming"]


def test_an_event_is_judged_by_the_version_that_ruled_when_it_happened():
    slower = plan(
        commitment(
            'form = "on-event", event = "support-requested", within-workdays = 20',
            does='"answer-request"',
        )
    )
    asked = Happened(noon("2027-03-01"), noon("2027-03-15"))
    found = stands(
        ANSWERS, "2028-06-01", name="one", requests=[asked], later=[second(slower, "2028-01-01")]
    )
    assert found == ["kept-late", "awaiting-event"]


def test_a_version_that_is_to_come_takes_nothing_from_the_one_that_rules():
    units = {"units": [unit(1, Unit.ADMINISTRATION)], "name": "one"}
    bare = second(plan(), "2029-01-01")
    assert stands(CONTACTS, "2027-06-01", later=[bare], **units) == ["overdue"]
    assert stands(CONTACTS, "2029-06-01", later=[bare], **units) == ["withdrawn"]


def test_known_every_year_is_proved_every_year_by_those_of_that_year():
    made = plan(
        commitment(
            'form = "every", months = 12', does='"make-known"\nwhat = "guideline"\nfor = "people"'
        )
    )
    told = [facts.KnownFact(one(50), one(n), day("2027-01-15")) for n in (1, 2)]
    late = [*ALL, elected(3, since="2028-10-20")]
    found = stands(
        made,
        "2028-11-01",
        name="one",
        members=late,
        adoptions=[adoption("2027-01-10")],
        known=told,
    )
    assert found[:3] == ["kept", "kept", "open"]


# ── words ─────────────────────────────────────────────────────────────────────────────────────
ATTESTED = plan(commitment('form = "every", months = 12'))


def said(on, **other):
    return facts.StatementFact(f"statement:{on}", "one", day(on), **other)


def test_a_statement_is_never_more_than_stated():
    row = rows(ATTESTED, "2027-06-01", name="one", statements=[said("2027-05-01")])[0]
    assert (row.standing.value, row.stated) == ("stated", True)


@pytest.mark.parametrize(
    "word",
    [
        facts.StatementFact("statement:1", "another", day("2027-05-01")),
        said("2027-05-01", unit=one(9)),
        said("2027-06-02"),
        said("2027-05-01", said_on=day("2027-06-02")),
        said("2027-05-01", survey=True),
    ],
    ids=["another promise", "another unit", "a day to come", "said later", "a survey elsewhere"],
)
def test_a_statement_about_something_else_says_nothing(word):
    row = rows(ATTESTED, "2027-06-01", name="one", statements=[word])[0]
    assert (row.standing.value, row.stated) == ("open", False)


def test_the_work_itself_is_not_marked_as_a_statement():
    held = offer("2027-03-01", {1: "2027-02-01", 2: "2027-02-01"})
    assert not rows(TRAINING, "2027-03-01", members=ALL, offers=[held])[0].stated


def test_a_survey_is_proved_by_a_survey_and_not_by_words_alone():
    measured = plan(commitment('form = "every", months = 12', does='"measure"'))
    known = {"name": "one", "today": "2027-06-01"}
    assert stands(measured, statements=[said("2027-05-01", survey=True)], **known)[0] == "stated"
    assert stands(measured, statements=[said("2027-05-01")], **known)[0] == "open"


def test_lessons_must_have_been_weighed_in_the_new_version():
    learns = plan(
        commitment(
            'form = "deadline", before = "election", by = "end-of-previous-year"',
            does='"learn"\nwhat = "plan"',
        )
    )
    new = adoption("2029-06-01", document="plan", version=60)
    weighed = facts.LessonFact(day("2028-01-01"), frozenset({one(60)}))
    left = dataclasses.replace(weighed, considered_in=frozenset())
    after = facts.LessonFact(day("2029-07-01"))

    closed = CaseFact(
        noon("2027-12-01"), closed_at=noon("2028-01-01"), weighed_at=noon("2028-01-01")
    )
    silent = dataclasses.replace(closed, weighed_at=None)
    later = dataclasses.replace(silent, closed_at=noon("2029-07-01"))

    def standing(*lessons, cases=(closed,)):
        known_ = {"name": "one", "adoptions": [new], "lessons": lessons, "cases": cases}
        return stands(learns, "2029-08-01", **known_)

    assert standing(weighed, after) == ["kept"]
    assert standing(weighed, cases=(closed, later)) == ["kept"]
    assert standing(weighed, left, cases=(closed, later)) == ["open"]
    assert standing(weighed, cases=(closed, silent, later)) == ["open"]
    assert standing(cases=()) == ["unknown"]


def test_everything_that_a_plan_can_promise_has_its_one_entry():
    assert list(PROOFS) == list(Does)
