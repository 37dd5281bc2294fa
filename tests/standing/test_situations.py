"""Situations in which a plan's page could say more than it knows, or cry wolf: the shipped plan,
row by row, in a small municipality.
"""

import dataclasses

import pytest

from varna.plan.queries import plan_in
from varna.plan.rules.history import Version
from varna.plan.rules.terms import Assignment, Does, Unit
from varna.standing.rules import facts
from varna.standing.rules.facts import AdoptionFact, CaseFact, Happened, Lack, Register, Whom
from worlds import KEPT, day, elected, figures, life, noon, offer, one, rows, stands, unit


PLAN = plan_in("vasteras-2018")
ELECTED = ("boards-elected", "2026-11-26")
HUNDRED = [elected(number) for number in range(1, 101)]
ALL = dict.fromkeys(range(1, 101), "2027-01-15")
A_PARTY, ANOTHER = one(501), one(502)
PARTIES = [
    facts.PartyFact(A_PARTY, "A", (life("2022-10-15"),)),
    facts.PartyFact(ANOTHER, "B", (life("2022-10-15"),)),
]


def standing(name, today, **known):
    return stands(PLAN, today, name=name, **known)


def figure(name, today, **known):
    return figures(PLAN, today, name=name, **known)


def said(name, on, said_on=None, **more):
    return facts.StatementFact(
        f"statement:{name}", name, day(on), said_on=day(said_on or on), **more
    )


def without(register, **lacks):
    """The registers, but nobody has vouched for one of them; or something is missing in it."""
    rest = [fact for fact in KEPT if fact.register is not register]
    if not lacks:
        return rest
    whole = next(fact for fact in KEPT if fact.register is register)
    found = {Lack(name): day(since) for name, since in lacks.items()}
    return [*rest, dataclasses.replace(whole, lacks=found)]


# ── training ──────────────────────────────────────────────────────────────────────────────────
NEARLY = offer("2027-03-01", {n: on for n, on in ALL.items() if n != 100})
WHOLE = offer("2027-03-01", ALL)


def test_1_ninety_nine_of_a_hundred_is_missed():
    known = {"members": HUNDRED, "offers": [NEARLY]}
    assert standing("training", "2027-04-15", **known)[0] == "missed"
    assert figure("training", "2027-04-15", **known)[0] == (99, 100)


@pytest.mark.parametrize("on", ["2027-03-02", "2027-04-20"])
def test_2_and_3_a_word_changes_nothing_where_varna_counts(on):
    known = {"members": HUNDRED, "offers": [NEARLY]}
    word = said("training", on, "2027-11-24")
    row = rows(PLAN, "2027-11-25", name="training", statements=[word], **known)[0]
    assert (row.standing.value, row.figure.done, row.proof) == ("missed", 99, None)


def test_11_a_newcomer_after_the_due_day_reopens_nothing():
    known = {"offers": [WHOLE], "events": [ELECTED], "name": "first-training"}
    assert stands(PLAN, "2028-11-24", members=HUNDRED, **known) == ["kept"]
    late = [*HUNDRED, elected(200, since="2028-11-24")]
    assert stands(PLAN, "2028-11-24", members=late, **known) == ["kept"]
    course = offer("2028-12-01", {200: "2028-11-25"}, course=True)
    known["offers"] = [WHOLE, course]
    assert stands(PLAN, "2028-12-24", members=late, **known) == ["kept"]


def test_12_whoever_came_and_left_is_not_waited_for():
    brief = [*HUNDRED, elected(200, since="2026-12-20", until="2026-12-30")]
    for name in ("training", "first-training"):
        known = {"members": brief, "offers": [WHOLE], "events": [ELECTED]}
        assert standing(name, "2027-04-15", **known)[0] == "kept"


def test_whoever_stays_must_be_offered_it():
    stays = [*HUNDRED, elected(200, since="2026-12-20")]
    assert standing("training", "2027-04-15", members=stays, offers=[WHOLE])[0] == "missed"


def test_17_an_event_that_nobody_enters_falls_due_when_the_boards_sit():
    known = {"members": HUNDRED}
    assert standing("first-training", "2026-12-31", **known) == ["awaiting-event"]
    row = rows(PLAN, "2027-05-01", name="first-training", **known)[0]
    assert (row.standing.value, row.occurrence.presumed) == ("overdue", True)
    assert row.occurrence.due_on == day("2027-04-14")
    # The boards' own periods tell it, where the register has them.
    early = rows(
        PLAN, "2026-12-20", name="first-training", boards_sit_from=[day("2026-12-15")], **known
    )[0]
    assert (early.occurrence.opens_on, early.occurrence.presumed) == (day("2026-12-15"), True)


def test_16_an_extra_election_erases_no_row():
    extra = ("boards-elected", "2028-05-10")
    known = {"members": HUNDRED, "offers": [WHOLE], "events": [ELECTED, extra]}
    assert standing("first-training", "2028-06-01", **known) == ["kept", "open"]
    again = offer("2028-06-01", dict.fromkeys(range(1, 101), "2028-05-20"))
    known["offers"] = [WHOLE, again]
    assert standing("first-training", "2028-06-02", **known) == ["kept", "kept"]


def test_an_event_entered_anew_within_days_is_a_correction():
    events = [ELECTED, ("boards-elected", "2026-11-27")]
    found = rows(PLAN, "2026-12-24", name="first-training", members=HUNDRED, events=events)
    assert [row.occurrence.opens_on for row in found] == [day("2026-11-27")]


def test_a_training_has_the_subject_that_the_plan_asks_for():
    handle = [one if one.id != "training" else dataclasses.replace(one, subject=SUBJECTS)
              for one in PLAN.commitments]  # fmt: skip
    asking = dataclasses.replace(PLAN, commitments=tuple(handle))
    about = dataclasses.replace(WHOLE, subjects=frozenset(SUBJECTS))
    for offered, found in ((WHOLE, "missed"), (about, "kept")):
        known = {"name": "training", "members": HUNDRED, "offers": [offered]}
        assert stands(asking, "2027-04-15", **known)[0] == found


SUBJECTS = (facts.Subject.DETECT, facts.Subject.HANDLE)


def test_training_is_planned_by_the_sessions_that_are_planned():
    planned = dataclasses.replace(WHOLE, planned_on=day("2026-11-10"))
    late = dataclasses.replace(WHOLE, planned_on=day("2026-11-20"))
    word = said("training-planned", "2026-11-01")
    for offers, found in (([planned], "kept"), ([late], "open"), ([], "open")):
        known = {"offers": offers, "statements": [word]}
        assert standing("training-planned", "2027-01-01", **known)[0] == found


# ── cooperation ───────────────────────────────────────────────────────────────────────────────
POLICE = facts.PartnerFact(one(7), "police", life())
SAPO = facts.PartnerFact(one(8), "security-service", life())
OF_A = facts.PartnerFact(one(9), "party-security", life(), party=A_PARTY)
OF_B = facts.PartnerFact(one(10), "party-security", life(), party=ANOTHER)


def met(*partners):
    return facts.MeetingFact(
        "meeting:1", day("2027-09-01"), {p.id: day("2027-08-01") for p in partners}
    )


def meetings(partners, parties=PARTIES, invited=None):
    known = {"members": HUNDRED, "partners": partners, "parties": parties}
    held = met(*(partners if invited is None else invited))
    row = rows(PLAN, "2027-09-02", name="cooperation-meetings", meetings=[held], **known)[0]
    return row.standing.value, row.figure.done, row.figure.of


def test_4_without_the_security_service_it_is_not_kept():
    assert meetings([POLICE, OF_A, OF_B]) == ("due-soon", 3, 4)


def test_5_one_is_expected_for_each_party_in_the_council():
    assert meetings([POLICE, SAPO, OF_A]) == ("due-soon", 3, 4)
    assert meetings([POLICE, SAPO, OF_A, OF_B]) == ("kept", 4, 4)
    has_none = [PARTIES[0], dataclasses.replace(PARTIES[1], without=(life("2027-01-01"),))]
    assert meetings([POLICE, SAPO, OF_A], has_none) == ("kept", 3, 3)
    said_later = [PARTIES[0], dataclasses.replace(PARTIES[1], without=(life("2027-09-02"),))]
    assert meetings([POLICE, SAPO, OF_A], said_later) == ("due-soon", 3, 4)


def test_where_nobody_knows_which_parties_there_are_nothing_is_kept():
    known = {
        "members": HUNDRED,
        "partners": [POLICE, SAPO, OF_A],
        "meetings": [met(POLICE, SAPO, OF_A)],
    }
    lacking = without(Register.PARTNERS, no_parties="2026-10-15")
    assert (
        standing("cooperation-meetings", "2027-09-02", registers=lacking, **known)[0] == "unknown"
    )


# ── the guideline ─────────────────────────────────────────────────────────────────────────────
GUIDELINE = AdoptionFact(
    "version:1", one(50), "guideline", day("2026-12-01"), "board", True, life("2026-12-01")
)
TOLD = [facts.KnownFact(one(50), one(number), day("2027-01-15")) for number in range(1, 101)]


def test_6_bodies_alone_do_not_make_it_known():
    party = unit(300, Unit.PARTY_GROUP)
    told = [facts.KnownFact(one(50), one(300), day("2027-01-15"))]
    known = {"members": HUNDRED, "units": [party], "adoptions": [GUIDELINE], "known": told}
    assert standing("guideline-known", "2027-05-31", **known) == ["overdue"]
    assert figure("guideline-known", "2027-05-31", **known) == [(1, 101)]


def test_10_a_newcomer_has_sixty_days():
    known = {"adoptions": [GUIDELINE], "known": TOLD, "name": "guideline-known"}
    assert stands(PLAN, "2027-05-31", members=HUNDRED, **known) == ["kept"]
    new = [*HUNDRED, elected(200, since="2027-06-01")]
    assert stands(PLAN, "2027-06-01", members=new, **known) == ["open"]
    assert stands(PLAN, "2027-07-31", members=new, **known) == ["open"]
    assert stands(PLAN, "2027-08-01", members=new, **known) == ["overdue"]
    # Who moves between groups or is elected again is no newcomer.
    again = [*HUNDRED, elected(200, until="2027-05-31"), elected(200, since="2027-06-01")]
    assert stands(PLAN, "2027-06-01", members=again, **known) == ["overdue"]


def test_asked_and_confirmed_are_two_figures():
    asked = [facts.KnownFact(one(50), one(number), day("2026-12-10")) for number in range(1, 91)]
    row = rows(PLAN, "2027-01-20", name="guideline-known", members=HUNDRED, adoptions=[GUIDELINE],
               asked=asked, known=TOLD[:40])[0]  # fmt: skip
    assert (row.figure.done, row.figure.of) == (40, 100)
    assert (row.reached.done, row.reached.of) == (90, 100)


def test_13_a_version_that_replaces_another_gives_sixty_days_anew():
    old = dataclasses.replace(GUIDELINE, life=life("2026-12-01", "2027-05-31"))
    new = AdoptionFact(
        "version:2", one(51), "guideline", day("2027-06-01"), "b", True, life("2027-06-01")
    )
    known = {"members": HUNDRED, "adoptions": [old, new], "known": TOLD, "name": "guideline-known"}
    assert stands(PLAN, "2027-06-01", **known) == ["open"]
    assert stands(PLAN, "2027-08-01", **known) == ["overdue"]


def test_nobody_knew_of_a_version_before_it_was_adopted():
    early = [dataclasses.replace(fact, on=day("2026-11-30")) for fact in TOLD]
    known = {"members": HUNDRED, "adoptions": [GUIDELINE], "known": early}
    assert figure("guideline-known", "2027-01-20", **known) == [(0, 100)]


# ── boards and their contacts ─────────────────────────────────────────────────────────────────
OFFICE = unit(400, Unit.ADMINISTRATION, name="Kontoret")
NAMED = facts.ContactFact("contact:1", one(400), "", life(), (day("2027-01-10"),))


def test_7_a_board_whose_administration_has_no_contact_is_red():
    board = unit(401, served_by=400)
    known = {"units": [OFFICE, board], "name": "board-contacts"}
    assert stands(PLAN, "2027-06-01", **known) == ["overdue"]
    assert stands(PLAN, "2027-06-01", contacts=[NAMED], **known) == ["kept"]


def test_8_a_board_that_nobody_serves_is_a_red_row():
    served, alone = unit(401, served_by=400), unit(402, name="Idrottsnämnden")
    own = dataclasses.replace(NAMED, reference="contact:2", unit=one(402))
    known = {"units": [OFFICE, served, alone], "contacts": [NAMED, own]}
    found = rows(PLAN, "2027-06-01", name="board-contacts", **known)
    assert {row.unit.name: row.standing.value for row in found} == {
        "Nämnden": "kept",
        "Idrottsnämnden": "overdue",
    }


def test_9_without_any_board_the_row_stands_and_is_unknown():
    assert standing("board-contacts", "2027-06-01") == ["unknown"]
    assert standing("plan-known", "2027-06-01") == ["unknown"]


# ── versions ──────────────────────────────────────────────────────────────────────────────────
def _renamed(cadence, names):
    around = getattr(cadence, "counts_in", None)
    return dataclasses.replace(cadence, counts_in=names[around]) if around in names else cadence


def later(from_on, drop=(), rename=()):
    names = dict(rename)
    kept = tuple(
        dataclasses.replace(c, id=names.get(c.id, c.id), cadence=_renamed(c.cadence, names))
        for c in PLAN.commitments
        if c.id not in drop
    )
    made = dataclasses.replace(PLAN, version="2", commitments=kept)
    return [Version(made, day(from_on))]


def test_14_a_duty_that_is_withdrawn_before_its_day_stands_as_withdrawn():
    known = {"members": HUNDRED, "name": "training"}
    dropped = later("2027-04-10", drop=("training", "first-training"))
    found = rows(PLAN, "2027-05-01", later=dropped, **known)
    assert [(row.standing.value, row.occurrence.due_on) for row in found] == [
        ("withdrawn", day("2027-04-14"))
    ]
    assert found[0].withdrawn_by.from_on == day("2027-04-10")
    done = rows(PLAN, "2027-05-01", later=dropped, offers=[WHOLE], **known)
    assert [row.standing.value for row in done] == ["kept"]


def test_what_has_no_day_stands_as_withdrawn_from_the_day_it_was_taken_away():
    dropped = later("2027-04-10", drop=("guideline-known",))
    known = {"members": HUNDRED, "adoptions": [GUIDELINE], "known": TOLD}
    assert stands(PLAN, "2027-04-09", name="guideline-known", later=dropped, **known) == ["kept"]
    assert stands(PLAN, "2027-05-01", name="guideline-known", later=dropped, **known) == [
        "withdrawn"
    ]


def test_15_a_renamed_duty_leaves_its_trace_and_goes_on():
    moved = later("2027-02-01", rename=[("training", "courses"), ("first-training", "first")])
    known = {"members": HUNDRED, "offers": [WHOLE], "events": [ELECTED], "later": moved}
    assert stands(PLAN, "2027-04-15", name="training", **known) == ["withdrawn"]
    assert stands(PLAN, "2027-04-15", name="courses", **known)[0] == "kept"


# ── the law ───────────────────────────────────────────────────────────────────────────────────
def full_time(number):
    return elected(number, since="2018-10-15", kind=Assignment.FULL_TIME)


def confirmed(number, on="2027-01-10"):
    return [facts.ConfirmedFact(one(number), what, day(on)) for what in ("competence", "risk")]


def test_18_everybody_on_full_time_counts_also_from_before_varna():
    known = {"members": [full_time(n) for n in range(1, 8)], "started": "2026-11-01"}
    some = {"confirmed": confirmed(7), "name": "full-time-protected"}
    assert figures(PLAN, "2027-02-01", **known, **some) == [(1, 7)]
    assert stands(PLAN, "2027-02-01", **known, **some) == ["overdue"]
    whole = [fact for n in range(1, 8) for fact in confirmed(n)]
    assert standing("full-time-protected", "2027-02-01", confirmed=whole, **known) == ["kept"]
    assert standing("full-time-protected", "2028-02-01", confirmed=whole, **known) == ["overdue"]


# ── documents ─────────────────────────────────────────────────────────────────────────────────
def test_19_the_same_plan_adopted_again_without_lessons_proves_no_revision():
    same = AdoptionFact(
        "version:9",
        one(59),
        "plan",
        day("2027-03-04"),
        "executive-board",
        True,
        life("2027-03-04"),
        revised=False,
    )
    known = {"adoptions": [same]}
    assert standing("plan-revised", "2027-06-01", **known) == ["open"]
    assert standing("lessons-considered", "2027-06-01", **known) == ["unknown"]
    assert standing("plan-adopted", "2027-06-01", **known) == ["kept"]


# ── cases ─────────────────────────────────────────────────────────────────────────────────────
CASE = CaseFact(noon("2027-03-01"), received_at=noon("2027-03-01"), whom=Whom.TARGET)


def test_20_a_report_that_lies_unopened_is_late():
    lies = Happened(noon("2027-01-04"), None)
    helped = dataclasses.replace(CASE, supported_at=noon("2027-03-02"))
    assert standing("support-offered", "2027-03-05", cases=[helped]) == ["kept"]
    assert standing("support-offered", "2027-03-05", cases=[helped], reports=[lies]) == ["overdue"]
    old = dataclasses.replace(helped, received_at=noon("2027-01-04"))
    assert standing("support-offered", "2027-03-05", cases=[old]) == ["kept-late"]


def test_21_a_case_about_nobody_owes_no_support_and_proves_none():
    wall = dataclasses.replace(CASE, whom=Whom.NOBODY)
    for name in ("support-offered", "support-assessed", "occupational-health-offered"):
        assert standing(name, "2027-06-01", cases=[wall]) == ["awaiting-event"]
        painted = dataclasses.replace(wall, supported_at=noon("2027-03-02"))
        assert figure(name, "2027-06-01", cases=[painted, CASE]) == [(0, 1)]


def test_while_nobody_has_said_whom_a_case_is_about_somebody_may_be_waiting():
    silent = dataclasses.replace(CASE, whom=None)
    assert standing("support-offered", "2027-06-01", cases=[silent]) == ["overdue"]


def test_what_may_be_done_is_never_overdue():
    assert standing("occupational-health-offered", "2027-06-01", cases=[CASE]) == ["open"]
    offered = dataclasses.replace(CASE, health_at=noon("2027-05-01"))
    assert standing("occupational-health-offered", "2027-06-01", cases=[offered]) == ["kept-late"]


def test_an_evaluation_is_the_check_afterwards_too():
    closed = dataclasses.replace(CASE, closed_at=noon("2027-03-10"))
    assert standing("cases-evaluated", "2027-06-01", cases=[closed]) == ["due-soon"]
    assert standing("cases-evaluated", "2027-07-08", cases=[closed]) == ["due-soon"]
    assert standing("cases-evaluated", "2027-07-09", cases=[closed]) == ["overdue"]


def test_22_whoever_moves_between_boards_is_counted_once():
    moved = [elected(1, until="2026-12-31"), elected(1, since="2027-01-01"), elected(2)]
    both = offer("2027-03-01", {1: "2027-01-15", 2: "2027-01-15"})
    assert figure("training", "2027-04-15", members=moved, offers=[both])[0] == (2, 2)


# ── what only people say ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("on", "said_on"), [("2027-03-02", "2027-03-02"), ("2027-03-02", "2029-01-01")]
)
def test_a_word_is_a_word_whenever_it_was_said(on, said_on):
    word = said("prevent-handle-evaluate", on, said_on)
    row = rows(PLAN, "2029-01-02", name="prevent-handle-evaluate", statements=[word])[0]
    assert (row.standing.value, row.said_on) == ("stated", day(said_on))


def test_a_word_that_has_not_been_said_yet_says_nothing():
    word = said("prevent-handle-evaluate", "2027-03-02", "2029-01-01")
    known = {"statements": [word]}
    assert standing("prevent-handle-evaluate", "2028-01-02", **known)[0] == "missed"


def test_the_year_s_report_is_proved_by_its_delivery():
    word = said("plan-complied-with", "2027-03-02")
    assert standing("plan-complied-with", "2027-10-01", statements=[word])[0] == "due-soon"
    sent = facts.DeedFact(Does.REPORT, "report:1", day("2027-09-01"))
    assert standing("plan-complied-with", "2027-10-01", deeds=[sent])[0] == "kept"
    other = facts.DeedFact(Does.KEEP_RECORDS, "check:1", day("2027-09-01"))
    assert standing("plan-complied-with", "2027-10-01", deeds=[other])[0] == "due-soon"
    assert standing("records-law", "2027-10-01", deeds=[other])[0] == "kept"


# ── where the "of" comes from ─────────────────────────────────────────────────────────────────
COUNTED = {
    "training": {"members": HUNDRED, "offers": [WHOLE]},
    "guideline-known": {"members": HUNDRED, "adoptions": [GUIDELINE], "known": TOLD},
    "full-time-protected": {"members": [full_time(1)], "confirmed": confirmed(1)},
    "board-contacts": {"units": [OFFICE, unit(401, served_by=400)], "contacts": [NAMED]},
}


@pytest.mark.parametrize("name", COUNTED)
def test_kept_is_never_said_of_a_register_that_nobody_vouches_for(name):
    known = COUNTED[name]
    assert standing(name, "2027-04-01", **known)[0] == "kept"
    register = Register.BODIES if name == "board-contacts" else Register.PEOPLE
    assert standing(name, "2027-04-01", registers=without(register), **known)[0] == "unknown"
    old = [dataclasses.replace(fact, verified=(day("2026-09-30"),)) for fact in KEPT]
    row = rows(PLAN, "2027-04-01", name=name, registers=old, **known)[0]
    assert (row.standing.value, Lack.OLD in row.source.lacks) == ("unknown", True)
    assert row.source.verified_on == day("2026-09-30")


def test_a_register_that_nobody_keeps_hides_no_fault():
    known = {"members": HUNDRED, "offers": [NEARLY], "registers": without(Register.PEOPLE)}
    assert standing("training", "2027-04-15", **known)[0] == "missed"


def test_what_a_register_lacks_since_later_changes_nothing_that_was_proved():
    known = {"members": HUNDRED, "offers": [WHOLE]}
    after = without(Register.BODIES, unanswered="2027-04-15")
    before = without(Register.BODIES, unanswered="2027-04-14")
    assert standing("training", "2027-06-01", registers=after, **known)[0] == "kept"
    assert standing("training", "2027-06-01", registers=before, **known)[0] == "unknown"


def test_every_row_says_where_its_of_comes_from():
    for row in rows(PLAN, "2027-04-15", members=HUNDRED):
        assert row.source.registers, row.commitment.id


def test_what_was_before_varna_and_is_not_done_is_not_left_out_of_the_figure():
    old = dataclasses.replace(CASE, received_at=noon("2026-12-01"), opened_at=noon("2026-12-01"))
    helped = dataclasses.replace(CASE, supported_at=noon("2027-03-02"))
    known = {"cases": [old, helped], "started": "2027-01-01"}
    assert figure("support-offered", "2027-03-05", **known) == [(1, 2)]
    assert standing("support-offered", "2027-03-05", **known) == ["unknown"]
