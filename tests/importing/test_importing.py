"""A file changes the register as the preview said: every row accounted for, twice is once."""

import collections
import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

import registers
from varna.foundation.accounts.rules import system
from varna.foundation.audit.models import Event
from varna.importing.actions import imports
from varna.importing.models import Import
from varna.importing.rules.cells import Reason, read_row
from varna.importing.rules.columns import guess
from varna.importing.rules.matching import Someone
from varna.importing.rules.plan import Known, Outcome, Says, plan
from varna.organisation.actions import people
from varna.organisation.models import Assignment, Body, Party, Person
from varna.organisation.queries import groups_on
from varna.organisation.rules.roles import BodyKind, Group


BY = system("tests")
AT = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
DAY = AT.date()
ASA = ["Åsa", "Berg", "asa@x.example", "070-174 06 05", "Mittenlistan", "Valnämnden", "Ledamot"]
BO = ["Bo", "Ek", "", "", "-", "Valnämnden", "Ersättare"]
DAYS = ["2027-01-01", "2030-12-31", ""]


def apply(rows, *, at=AT, headers=registers.HEADERS):
    content = registers.csv_of(rows, headers=headers)
    table = imports.read_table(content)
    return imports.apply_content(content, imports.choose(table), by=BY, at=at)


def everything():
    """The register as it stands, without what time has nothing to do with."""
    return (
        sorted(Person.unscoped.values_list(), key=str),
        sorted(Assignment.unscoped.values_list(), key=str),
        sorted(Body.unscoped.values_list(), key=str),
        sorted(Party.unscoped.values_list(), key=str),
    )


def said(made):
    return {Outcome(name): count for name, count in made.outcomes.items() if count}


def whys(made):
    return [(refused.line, refused.reason) for refused in made.refused]


# ── a real shape ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_a_register_of_a_real_shape_has_every_row_accounted_for():
    rows = registers.a_real_shape()
    made = apply(rows)
    assert made.rows == len(rows) == 1800 + 40 + 3
    assert sum(made.outcomes.values()) == made.rows
    assert made.outcomes[Outcome.REFUSED] == 0, made.refused[:5]
    assert made.outcomes[Outcome.DUPLICATE] == 2
    assert Person.unscoped.count() == 1001
    assert Assignment.unscoped.count() == 1801
    assert Person.unscoped.filter(protected=True).exists()
    assert Assignment.unscoped.filter(group="").count() > 100  # kept, and in no group
    assert Assignment.unscoped.filter(party=None).exists()


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing():
    rows = registers.a_real_shape(people=200, assignments=360)
    apply(rows)
    before = everything()
    again = apply(rows)
    assert again.changes_nothing
    assert set(said(again)) <= {Outcome.UNCHANGED, Outcome.DUPLICATE}
    assert everything() == before


@pytest.mark.django_db
def test_the_order_of_the_lines_decides_nothing():
    rows = registers.a_real_shape(people=120, assignments=200)
    apply(rows)
    before = everything()
    apply(sorted(rows))
    assert everything() == before


# ── who is gone ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_who_is_gone_has_the_assignment_ended_and_never_deleted():
    apply([[*ASA, "2026-01-01", "", ""], [*BO, "2026-01-01", "2026-12-31", ""]])
    made = apply([[*ASA, "2026-01-01", "", ""]])
    assert len(made.ended) == 1
    bo = Assignment.unscoped.get(person__family="Ek")
    assert bo.ends_on == DAY
    assert apply([[*ASA, "2026-01-01", "", ""]]).changes_nothing


@pytest.mark.django_db
def test_an_assignment_that_had_not_begun_is_taken_back():
    apply([[*ASA, *DAYS], [*BO, *DAYS]])
    apply([[*ASA, *DAYS]])
    bo = Assignment.unscoped.get(person__family="Ek")
    assert bo.ends_on == dt.date(2026, 12, 31)
    assert not Assignment.unscoped.in_office(dt.date(2027, 1, 1)).filter(pk=bo.pk).exists()
    assert apply([[*ASA, *DAYS]]).changes_nothing


@pytest.mark.django_db
def test_a_file_about_one_board_ends_nothing_in_another():
    apply([[*ASA, "", "", ""], [*BO[:5], "Kulturnämnden", "Ledamot", "", "", ""]])
    assert not apply([[*ASA, "", "", ""]]).ended


@pytest.mark.django_db
def test_who_stands_on_a_refused_row_has_nothing_ended():
    apply([[*ASA, "", "", ""], [*BO, "", "", ""]])
    made = apply([[*ASA, "", "", ""], [*BO, "någon dag", "", ""]])
    assert whys(made) == [(3, Reason.BAD_DATE)]
    assert not made.ended


@pytest.mark.django_db
def test_a_row_that_names_nobody_keeps_its_whole_body_from_ending():
    apply([[*ASA, "", "", ""], [*BO, "", "", ""]])
    made = apply([[*ASA, "", "", ""], ["", "", *BO[2:], "", "", ""]])
    assert whys(made) == [(3, Reason.NO_NAME)]
    assert not made.ended


@pytest.mark.django_db
def test_who_comes_back_is_in_office_again():
    apply([[*ASA, "", "", ""], [*BO, "", "", ""]])
    apply([[*ASA, "", "", ""]])
    made = apply([[*ASA, "", "", ""], [*BO, "", "", ""]])
    assert said(made) == {Outcome.UNCHANGED: 1, Outcome.CHANGED: 1}
    assert Assignment.unscoped.get(person__family="Ek").ends_on is None


# ── refusals ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_refused_rows_have_their_own_lines_though_fields_go_on_over_several():
    rows = [
        ["Ida\nMaria", "Ask", *ASA[2:5], "Valnämnden", "Ledamot\noch\nordförande", "", "", ""],
        [*BO, "2026-13-01", "", ""],
        ["", "", "", "", "", "", "", "", "", ""],
        [*BO[:5], "Valnämnden", "", "", "", ""],
    ]
    made = apply(rows)
    assert whys(made) == [(6, Reason.BAD_DATE), (8, Reason.NO_ROLE)]
    assert said(made) == {Outcome.NEW: 1, Outcome.REFUSED: 2}
    assert Person.unscoped.get().given == "Ida Maria"


@pytest.mark.django_db
@pytest.mark.proves("D3")
def test_two_people_of_one_name_are_never_merged():
    one = ["Anna", "Berg", "anna@x.example", *ASA[3:]]
    other = ["Anna", "Berg", "anna.berg@x.example", *ASA[3:]]
    nobody = ["Anna", "Berg", "", *BO[3:]]
    made = apply([[*one, *DAYS], [*other, *DAYS], [*nobody, *DAYS]])
    assert whys(made) == [(4, Reason.AMBIGUOUS_NAME)]
    assert Person.unscoped.count() == 2


@pytest.mark.django_db
def test_one_address_with_two_names_is_refused_on_every_line():
    shared = "kansli@x.example"
    made = apply(
        [
            ["Anna", "Berg", shared, *ASA[3:], *DAYS],
            ["Bo", "Berg", shared, *ASA[3:], *DAYS],
            ["Anna", "Berg", shared, *BO[3:], *DAYS],
        ]
    )
    assert whys(made) == [(n, Reason.SHARED_EMAIL) for n in (2, 3, 4)]
    assert not Person.unscoped.exists()


@pytest.mark.django_db
def test_a_row_that_contradicts_an_earlier_one_is_refused():
    made = apply([[*ASA, "2026-01-01", "", ""], [*ASA, "2026-01-01", "2026-12-31", ""]])
    assert whys(made) == [(3, Reason.CONTRADICTS)]
    assert Assignment.unscoped.get().ends_on is None


def test_an_id_keeps_people_of_one_name_apart(db):
    headers = ["Id", *registers.HEADERS]
    rows = [
        ["17", "Anna", "Berg", "", "", "-", "Valnämnden", "Ledamot", *DAYS],
        ["18", "Anna", "Berg", "", "", "-", "Valnämnden", "Ledamot", *DAYS],
        ["17", "Anna", "Berg", "", "", "-", "Kulturnämnden", "Ledamot", *DAYS],
    ]
    made = apply(rows, headers=headers)
    assert not made.refused
    assert Person.unscoped.count() == 2
    assert apply(rows, headers=headers).changes_nothing


def test_an_id_that_stands_beside_two_names_is_refused(db):
    headers = ["Id", "Namn"]
    made = apply([["17", "Anna Berg"], ["17", "Bo Ek"]], headers=headers)
    assert whys(made) == [(2, Reason.SHARED_ID), (3, Reason.SHARED_ID)]


@pytest.mark.parametrize("turned", [False, True])
def test_an_address_does_not_give_one_persons_seat_to_another(db, turned):
    headers = ["Id", "Namn", "E-post", "Organ", "Roll"]
    rows = [
        ["1", "Bo Ek", "bo@x.example", "Valnämnden", "Ledamot"],
        ["1", "Bo Ek", "kansli@x.example", "Kulturnämnden", "Ledamot"],
        ["", "Anna Berg", "kansli@x.example", "Valnämnden", "Ersättare"],
    ]
    made = apply(rows[::-1] if turned else rows, headers=headers)
    assert [refused.reason for refused in made.refused] == [Reason.SHARED_EMAIL]
    assert [p.name for p in Person.unscoped.all()] == ["Bo Ek"]


# ── what changes ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_a_new_name_with_the_same_address_is_the_same_person():
    apply([[*ASA, *DAYS]])
    made = apply([["Åsa", "Lund", *ASA[2:], *DAYS]])
    assert said(made) == {Outcome.CHANGED: 1}
    assert [p.name for p in Person.unscoped.all()] == ["Åsa Lund"]


@pytest.mark.django_db
def test_a_person_known_by_name_gets_an_address():
    apply([[*BO, *DAYS]])
    made = apply([["Bo", "Ek", "bo@x.example", *BO[3:], *DAYS]])
    assert said(made) == {Outcome.CHANGED: 1}
    assert Person.unscoped.count() == 1


@pytest.mark.django_db
def test_contact_details_are_sealed_and_one_that_is_left_blank_stays():
    apply([[*ASA, *DAYS]])
    person = Person.unscoped.get()
    assert b"asa@" not in bytes(person.contact)
    apply([[*ASA[:3], "070-174 06 99", *ASA[4:], *DAYS]])
    apply([[*ASA[:3], " ", *ASA[4:], *DAYS]])
    found = people.read_contact(person.pk, by=BY, at=AT)
    assert (found.email, found.phone) == ("asa@x.example", "070-174 06 99")


@pytest.mark.django_db
def test_a_file_gives_protection_and_never_takes_it():
    apply([[*ASA, *DAYS[:2], "Ja"]])
    apply([[*ASA, *DAYS[:2], "Nej"]])
    assert Person.unscoped.get().protected


@pytest.mark.django_db
def test_another_party_and_another_last_day_are_changes():
    apply([[*ASA, *DAYS]])
    made = apply([[*ASA[:4], "Fria väljare", *ASA[5:], "2027-01-01", "2028-02-29", ""]])
    assert said(made) == {Outcome.CHANGED: 1}
    held = Assignment.unscoped.select_related("party").get()
    assert (held.party.name, held.ends_on) == ("Fria väljare", dt.date(2028, 2, 29))


@pytest.mark.django_db
def test_without_columns_for_days_what_is_there_stays():
    apply([[*ASA, *DAYS]])
    made = apply([ASA], headers=registers.HEADERS[:7])
    assert made.changes_nothing
    assert Assignment.unscoped.get().ends_on == dt.date(2030, 12, 31)


@pytest.mark.django_db
def test_an_import_leaves_one_line_with_counts_and_no_names():
    apply([[*ASA, *DAYS], [*BO, *DAYS]])
    line = Event.unscoped.get(act="register.imported")
    assert '"new":2' in line.body
    assert "Berg" not in line.body
    assert Import.unscoped.get().counts["rows"] == 2


@pytest.mark.django_db
def test_groups_are_counted_by_person_on_the_day():
    apply(
        [
            [*ASA, "2026-01-01", "2026-12-31", ""],
            [*ASA[:5], "Kulturnämnden", "Ledamot", "2026-01-01", "", ""],
            [*BO, "2027-01-01", "", ""],
        ]
    )
    assert (groups_on(DAY)[Group.ELECTED], groups_on(DAY)[Group.DEPUTY]) == (1, 0)
    assert groups_on(dt.date(2027, 1, 1))[Group.DEPUTY] == 1


@pytest.mark.django_db
def test_a_corrected_kind_moves_its_members_to_their_group():
    apply([[*ASA[:5], "Exempelstads Hamn", "Ledamot", "", "", ""]])
    body = Body.unscoped.get()
    assert (body.kind, groups_on(DAY)[Group.ELECTED]) == (BodyKind.OTHER, 0)
    people.keep_body(body.pk, kind=BodyKind.BOARD, administration="", by=BY, at=AT)
    assert groups_on(DAY)[Group.ELECTED] == 1
    people.keep_body(body.pk, kind=BodyKind.COMPANY, administration="Hamnkontoret", by=BY, at=AT)
    assert groups_on(DAY)[Group.ELECTED] == 0
    assert groups_on(DAY)[Group.COMPANY_BOARD] == 1


@pytest.mark.django_db
def test_choices_of_columns_are_remembered_for_the_same_headers():
    headers = ["Vem", "Var", "Vad"]
    content = registers.csv_of([["Bo Ek", "Valnämnden", "Ledamot"]], headers=headers)
    table = imports.read_table(content)
    assert imports.choose(table) == {}
    choice = {column: n for n, column in enumerate(guess(["Namn", "Organ", "Roll"]))}
    imports.apply_content(content, choice, by=BY, at=AT)
    assert imports.choose(table) == choice


# ── whatever the file ─────────────────────────────────────────────────────────────────────────
cells = st.tuples(
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["Anna Berg", "Bo Ek", "Anna Ek", ""]),
    st.sampled_from(["", "a@x.se", "b@x.se", "c@"]),
    st.sampled_from(["-", "M", "F"]),
    st.sampled_from(["Valnämnden", "Kulturnämnden", ""]),
    st.sampled_from(["Ledamot", "Ersättare", ""]),
    st.sampled_from(["", "2026-01-01", "2027-01-01"]),
    st.sampled_from(["", "2026-06-30", "2028-02-29"]),
)
HEADS = ["Id", "Namn", "E-post", "Parti", "Organ", "Roll", "Från", "Till"]


class Register:
    """A register in memory, written as the database's is."""

    def __init__(self):
        self.people, self.bodies, self.parties, self.held = {}, {}, {}, {}

    def plan(self, rows):
        mapping = guess(HEADS)
        read = [read_row(n, list(row), mapping, 8) for n, row in enumerate(rows, start=2)]
        known = Known(
            [self._copy(person) for person in self.people.values()],
            dict(self.bodies),
            dict(self.parties),
            [self._held(held) for held in self.held.values()],
        )
        return plan(read, known, day=DAY, says=Says(), token=lambda text: f"t:{text}")

    def _copy(self, person):
        kept = {name: getattr(person, name) for name in Someone.__slots__[:8]}
        return Someone(**kept)

    def _held(self, held):
        return type(held)(**{name: getattr(held, name) for name in held.__slots__})

    def write(self, made):
        for person in [*made.people_new, *made.people_changed]:
            self.people[person.id] = person
        for pk, (name, kind) in made.bodies_new.items():
            self.bodies[name.casefold()] = (pk, kind)
        for pk, name in made.parties_new.items():
            self.parties[name.casefold()] = pk
        for held in [*made.new, *made.changed, *made.ended]:
            self.held[held.id] = held


@given(st.lists(cells, max_size=8), st.lists(cells, max_size=8))
def test_whatever_the_files_every_row_has_one_outcome_and_twice_is_once(first, second):
    register = Register()
    for rows in (first, second):
        made = register.plan(rows)
        assert sum(made.outcomes.values()) == made.rows == len(rows)
        assert made.outcomes[Outcome.REFUSED] == len(made.refused)
        kept = set(register.held)
        register.write(made)
        assert kept <= set(register.held)  # ended, never deleted
        again = register.plan(rows)
        assert again.changes_nothing, (said(again), again.ended)
        assert not again.people_new
        assert whys(again) == whys(made)


@given(st.lists(cells, max_size=8), st.randoms(use_true_random=False))
@pytest.mark.proves("D3")
def test_nobody_is_merged_by_the_order_of_the_lines(rows, dice):
    """Shuffled, the file makes as many people and bodies as before."""
    shuffled = list(rows)
    dice.shuffle(shuffled)
    one, other = Register().plan(rows), Register().plan(shuffled)
    assert len(one.people_new) == len(other.people_new)
    assert len(one.bodies_new) == len(other.bodies_new)
    assert _who_is_refused(one) == _who_is_refused(other)


def _who_is_refused(made):
    """Of two rows that contradict each other the first counts: that, and only that, is order."""
    whys = (refused.reason for refused in made.refused)
    return collections.Counter(why for why in whys if why is not Reason.CONTRADICTS)


def test_ids_are_made_for_whoever_is_new():
    made = Register().plan([("", "Bo Ek", "", "-", "", "", "", "")])
    assert isinstance(made.people_new[0].id, uuid.UUID)
