"""What a file leaves open is asked before it is applied: bodies, namesakes, and a wrong file."""

import datetime as dt

import pytest

import registers
from varna.foundation.accounts.rules import system
from varna.importing.actions import answering, imports
from varna.importing.models import Import
from varna.importing.rules.cells import Reason
from varna.importing.rules.columns import guess
from varna.importing.rules.questions import Doubt, Namesakes, Size, doubts, of_name
from varna.organisation.models import Assignment, Body, Person
from varna.organisation.queries import token, unanswered
from varna.organisation.rules.roles import BodyKind


pytestmark = pytest.mark.django_db
BY = system("tests")
AT = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
BARE = ["Namn", "Parti", "Organ", "Befattning"]
S, M = "Mittenlistan", "Framåtpartiet"


def apply(*rows, answers=None):
    content = registers.csv_of(rows, headers=BARE)
    choice = imports.choose(imports.read_table(content))
    return imports.apply_content(content, choice, by=BY, at=AT, answers=answers)


def refused(made):
    return [(one.line, one.reason) for one in made.refused]


def said(name, answer):
    return {"names": {of_name(token(), name): answer.value}}


# ── namesakes ─────────────────────────────────────────────────────────────────────────────────
ANNAS = [
    ["Anna Berg", S, "Valnämnden", "Ledamot"],
    ["Anna Berg", M, "Kulturnämnden", "Ledamot"],
    ["Anna Berg", M, "Äldrenämnden", "Ersättare"],
]


@pytest.mark.parametrize("turn", [1, -1])
def test_two_parties_of_one_name_are_asked_about_whatever_their_order(turn):
    made = apply(*ANNAS[::turn])
    assert refused(made) == [(line, Reason.NAMESAKE) for line in (2, 3, 4)]
    assert made.open_names == [[2, 3, 4]]
    assert not Person.unscoped.exists()


def test_several_people_are_one_for_each_party_and_are_known_again():
    several = said("anna berg", Namesakes.SEVERAL)
    assert not apply(*ANNAS, answers=several).refused
    assert sorted(
        Assignment.unscoped.filter(person=one).count() for one in Person.unscoped.all()
    ) == [1, 2]
    again = apply(*ANNAS)
    assert again.changes_nothing
    assert not again.refused, "the same file does not ask anew"


def test_one_person_who_has_changed_party_is_one_when_somebody_says_so():
    apply(ANNAS[0])
    moved = ["Anna Berg", M, "Valnämnden", "Ledamot"]
    assert refused(apply(moved)) == [(2, Reason.NAMESAKE)]
    apply(moved, answers=said("anna berg", Namesakes.ONE))
    assert Person.unscoped.count() == 1


def test_a_namesake_of_another_party_does_not_take_an_address_to_somebody_known_by_name():
    apply(ANNAS[0])
    content = registers.csv_of(
        [["Anna Berg", M, "Kulturnämnden", "Ledamot", "anna@x.example"]],
        headers=[*BARE, "E-post"],
    )
    made = imports.apply_content(content, imports.choose(imports.read_table(content)), by=BY, at=AT)
    assert refused(made) == [(2, Reason.NAMESAKE)]
    assert not Person.unscoped.get().email_token


def test_nobody_is_member_and_deputy_of_one_body_at_once():
    rows = [["Anna Berg", S, "Valnämnden", role] for role in ("Ledamot", "Ersättare")]
    assert refused(apply(*rows)) == [(2, Reason.NAMESAKE), (3, Reason.NAMESAKE)]


def test_what_was_taken_as_one_is_told():
    made = apply(ANNAS[1], ANNAS[2], ["Bo Ek", S, "Valnämnden", "Ledamot"])
    assert made.taken_as_one == [[2, 3]]
    assert Person.unscoped.count() == 2


# ── bodies ────────────────────────────────────────────────────────────────────────────────────
def test_bodies_that_nobody_has_answered_for_are_guesses_and_the_source_says_so():
    made = apply(*ANNAS[1:])
    assert made.open_bodies == [2, 3]
    assert unanswered(AT.date()) == 2


def test_what_somebody_said_of_a_body_counts_and_is_said(db):
    upload = registers.csv_of([["Bo Ek", S, "Hamnen", "Ledamot"]], headers=BARE)
    table = imports.read_table(upload)
    reading = imports.read(table, imports.choose(table))
    made = imports.preview(reading, day=AT.date())
    answers = answering.guesses(reading, made)
    assert list(answers["kinds"].values()) == [BodyKind.OTHER]
    apply(["Bo Ek", S, "Hamnen", "Ledamot"], answers=answers)
    body = Body.unscoped.get()
    assert (body.kind, bool(body.said_on), body.said_by) == (BodyKind.OTHER, True, BY.reference)
    assert Assignment.unscoped.get().group == ""


def test_what_is_kept_of_questions_and_answers_names_nobody():
    table = imports.read_table(registers.csv_of(ANNAS, headers=BARE))
    reading = imports.read(table, imports.choose(table))
    asked = answering.asked(reading, imports.preview(reading, day=AT.date()))
    kept = repr((asked, said("anna berg", Namesakes.ONE))).casefold()
    assert "anna" not in kept
    assert "berg" not in kept


# ── the wrong file ────────────────────────────────────────────────────────────────────────────
HEADERS = ("Namn", "Organ", "Befattning")


@pytest.mark.parametrize(
    ("headers", "size", "found"),
    [
        (HEADERS, Size(900, 960, 20, 160, 150), []),
        (HEADERS, Size(0, 960, 960, 0, 0), []),
        (HEADERS, Size(900, 960, 900, 160, 3), [Doubt.MOSTLY_NEW]),
        (HEADERS, Size(900, 960, 10, 160, 0), [Doubt.ELSEWHERE]),
        (("Namn", "Parti"), Size(0, 10, 10, 0, 0), [Doubt.NO_BODIES]),
        (("Valtyp", "Partikod", "Namn"), Size(0, 10, 10, 0, 0),
         [Doubt.CANDIDATES, Doubt.NO_BODIES]),
    ],
)  # fmt: skip
def test_a_file_that_may_be_the_wrong_one_is_asked_about(headers, size, found):
    assert doubts(headers, guess(headers), size) == found


def test_an_odd_file_is_not_applied_before_somebody_says_that_it_is_right():
    job = Import(asked={"doubts": ["mostly_new"]})
    assert answering.why_not_apply(job, sure=False)
    assert answering.why_not_apply(job, sure=True) is None
    job.asked["bodies"] = [2]
    assert answering.why_not_apply(job, sure=True), "what a body is must be said all the same"
